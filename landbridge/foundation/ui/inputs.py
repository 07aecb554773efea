"""Fields that read what people type: amounts, days, moments, bank accounts, VAT numbers, files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from stdnum import iban
from stdnum.eu import vat
from stdnum.exceptions import ValidationError as NotANumber

from landbridge.foundation.money import Money
from landbridge.foundation.ui import formatting

# The zones in which things of the network take place
ZONES = sorted(
    zone for zone in available_timezones() if zone == "UTC" or zone.startswith(("Europe/", "Atlantic/"))
)
EARLIEST = dt.date(1900, 1, 1)
LATEST = dt.date(2100, 12, 31)
LARGEST = Money(10**13)


class MoneyFormField(forms.Field):
    """An amount typed with point or comma, between `least` and `most`; gives Money."""

    widget = forms.TextInput
    width = "short"

    def __init__(
        self, *, least: Money | None = None, most: Money | None = None, currency: str = "EUR", **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.currency = currency
        self.least = least if least is not None else Money(0, currency)
        self.most = most if most is not None else Money(LARGEST.cents, currency)
        self.prefix = formatting.SYMBOLS.get(currency, currency)
        self.widget.attrs |= {"inputmode": "decimal", "maxlength": "24", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """Money as it would be typed; what was typed stays as it was."""
        return formatting.money(value, cents=None).strip("€£ \u00a0") if isinstance(value, Money) else value

    def to_python(self, value: Any) -> Money | None:
        if value in self.empty_values:
            return None
        if isinstance(value, Money):
            return value
        try:
            return Money.parse(str(value)[:40], self.currency)
        except ValueError as error:
            text = _("Write the amount in figures, for example 4,000 or 4000.50.")
            raise ValidationError(text, code="no_amount") from error

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if value < self.least:
            text = _("The amount must be at least %(least)s.") % {"least": formatting.money(self.least)}
            raise ValidationError(text, code="too_small")
        if value > self.most:
            text = _("The amount must be %(most)s or less.") % {"most": formatting.money(self.most)}
            raise ValidationError(text, code="too_large")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class Parts(forms.MultiWidget):
    """Several short inputs under one legend, each with its own label."""

    template_name = "ui/widgets/parts.html"
    use_fieldset = True

    def __init__(self, parts: dict[str, forms.Widget], attrs: dict[str, Any] | None = None) -> None:
        super().__init__({**parts}, attrs)
        self.endings = [f"_{name}" for name in parts]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The described-by of the group stands on its fieldset, not on every part."""
        return super().get_context(
            name, value, {k: v for k, v in (attrs or {}).items() if k != "aria-describedby"}
        )


def _part(label: Any, *, width: str, length: int, **attrs: str) -> forms.TextInput:
    given = {
        "class": f"width-{width}",
        "title": label,
        "maxlength": str(length),
        "inputmode": "numeric",
        **attrs,
    }
    return forms.TextInput(attrs=given)


def _day_parts() -> dict[str, forms.Widget]:
    return {
        "day": _part(_l("Day"), width="two", length=2),
        "month": _part(_l("Month"), width="two", length=2),
        "year": _part(_l("Year"), width="year", length=4),
    }


class DayInput(Parts):
    """Day, month and year; a whole date (`2014-05-04`) under the plain name is read as well."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(_day_parts(), attrs)

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if isinstance(value, dt.date) else ["", "", ""]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Any]:
        if name in data and f"{name}_day" not in data:
            return list(reversed([*str(data[name])[:10].split("-"), "", "", ""][:3]))
        return list(super().value_from_datadict(data, files, name))


class DateField(forms.Field):
    """A calendar day in three parts, between `earliest` and `latest`; everything typed stays."""

    widget: type[forms.Widget] = DayInput

    def __init__(self, *, earliest: dt.date = EARLIEST, latest: dt.date = LATEST, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def clean(self, value: Any) -> dt.date | None:
        """The day. Raises ValidationError for a day that does not exist or lies outside the bounds."""
        found = self.to_python(value)
        self.validate(found)
        self.run_validators(found)
        return found

    def to_python(self, value: Any) -> dt.date | None:
        if value is None or isinstance(value, dt.date):
            return value
        parts = [str(part or "").strip() for part in value]
        if not any(parts):
            return None
        if not all(part.isascii() and part.isdigit() for part in parts):
            raise ValidationError(
                _("Write day, month and year in figures, for example 4 5 2014."), code="no_day"
            )
        day, month, year = (int(part[:5]) for part in parts)
        try:
            found = dt.date(year, month, day)
        except ValueError as error:
            raise ValidationError(
                _("This day does not exist. Check day, month and year."), code="no_day"
            ) from error
        return self._within(found)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True

    def _within(self, found: dt.date) -> dt.date:
        if not self.earliest <= found <= self.latest:
            bounds = {"earliest": formatting.day(self.earliest), "latest": formatting.day(self.latest)}
            raise ValidationError(
                _("The day must lie between %(earliest)s and %(latest)s.") % bounds, code="out_of_bounds"
            )
        return found


class MomentInput(Parts):
    """Day, month, year and a time of day."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        time = _part(_l("Time"), width="short", length=8, inputmode="text", placeholder="17:00")
        super().__init__({**_day_parts(), "time": time}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if not isinstance(value, dt.datetime):
            return ["", "", "", ""]
        return [value.day, value.month, value.year, value.strftime("%H:%M:%S" if value.second else "%H:%M")]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Any]:
        if name in data and f"{name}_day" not in data:
            day, _gap, time = str(data[name])[:19].replace("T", " ").partition(" ")
            return [*reversed([*day.split("-"), "", "", ""][:3]), time]
        return list(super().value_from_datadict(data, files, name))


class MomentField(DateField):
    """A day and a time of day as the clock on the wall shows it (naive): `in_zone` makes it a moment."""

    widget = MomentInput

    def to_python(self, value: Any) -> dt.datetime | None:
        if value is None or isinstance(value, dt.datetime):
            return value
        *day_parts, typed = value
        day = super().to_python(day_parts)
        typed = str(typed or "").strip()
        if day is None and not typed:
            return None
        if day is None:
            raise ValidationError(_("Write the day as well as the time."), code="no_day")
        for shape in ("%H:%M:%S", "%H:%M"):
            try:
                return dt.datetime.combine(day, dt.datetime.strptime(typed, shape).time())  # noqa: DTZ007 - naive
            except ValueError:
                continue
        raise ValidationError(_("Write the time with hours and minutes, for example 17:00."), code="no_time")


def in_zone(wall: dt.datetime, zone: str) -> dt.datetime:
    """The moment (UTC) at which a clock in the zone shows this time.

    Raises ValidationError for a time that is skipped, or comes twice, when the clocks change.
    """
    local = wall.replace(tzinfo=ZoneInfo(zone))
    moment = local.astimezone(dt.UTC)
    if moment.astimezone(local.tzinfo).replace(tzinfo=None) != wall:
        raise ValidationError(
            _("The clocks skip this time on that day. Choose another."), code="skipped_time"
        )
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise ValidationError(
            _("The clocks show this time twice on that day. Choose another."), code="doubled_time"
        )
    return moment


class IbanField(forms.CharField):
    """A bank account number, checked by its length for the country and its check digits; gives it without spaces."""

    width = "medium"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 42, **kwargs})
        self.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return str(iban.validate(text, check_country=False))
        except NotANumber as error:
            raise ValidationError(
                _("This is not a valid IBAN. Compare it with your bank statement."), code="no_iban"
            ) from error


class VatField(forms.CharField):
    """A VAT number of the Union or of Northern Ireland (XI), checked for its form only."""

    width = "medium"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 20, **kwargs})
        self.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return str(vat.validate(text))
        except NotANumber as error:
            text = _(
                "This is not a valid VAT number. It begins with the letters of the country, for example BE0403091220."
            )
            raise ValidationError(text, code="no_vat") from error


class UploadField(forms.FileField):
    """One file up to `most` octets; what it really is, `files.store` finds from its content."""

    def __init__(
        self, *, most: int = 10_000_000, accept: str = ".pdf,.png,.jpg,.jpeg", **kwargs: Any
    ) -> None:
        super().__init__(**{"max_length": 200, **kwargs})
        self.most = most
        self.widget.attrs["accept"] = accept

    def clean(self, data: Any, initial: Any = None) -> Any:
        found = super().clean(data, initial)
        if isinstance(found, UploadedFile) and (found.size or 0) > self.most:
            sizes = {"size": formatting.file_size(found.size or 0), "most": formatting.file_size(self.most)}
            raise ValidationError(_("The file has %(size)s; %(most)s are allowed.") % sizes, code="too_large")
        return found
