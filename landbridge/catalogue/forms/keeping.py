"""What people type about a record: one form for all kinds, which asks only what its kind has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django_countries import countries

from landbridge.catalogue import queries, rules
from landbridge.catalogue.forms.rows import Rows, as_typed
from landbridge.catalogue.models import Record
from landbridge.catalogue.states import FRESHNESS_NAMES, KIND_NAMES, NAME_OF, Kind
from landbridge.foundation.money import Money
from landbridge.foundation.ui.forms import DateField, Filters, Form, MoneyFormField
from landbridge.programmes.models import Incentive
from landbridge.programmes.states import S as PhaseState

MOST_COMPETENCES = 12
MOST_CODE = 40


class LinesField(forms.CharField):
    """Several short texts, one on each line or with commas or semicolons between them; gives a list."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = str(super().to_python(value) or "").replace(";", "\n").replace(",", "\n")
        return list(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))

    def run_validators(self, value: Any) -> None:
        super().run_validators("\n".join(value))


class DegreesField(forms.CharField):
    """A latitude or longitude in degrees, with five decimals, with point or comma; gives a text or None."""

    width = "short"

    def clean(self, value: Any) -> str | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            degrees = Decimal(text.replace(",", "."))
        except InvalidOperation as error:
            raise ValidationError(
                _("Write degrees in figures, for example 48.78."), code="no_degrees"
            ) from error
        if not degrees.is_finite() or abs(degrees) > 180:
            raise ValidationError(_("Degrees run from -180 to 180."), code="no_degrees")
        return f"{degrees:.5f}"


class RecordForm(Form):
    """A record as its keeper writes it. `values` are those of `queries.values_of`, and so is what it gives."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    name = forms.CharField(label=_l("Name"), max_length=200)
    summary = forms.CharField(
        label=_l("Summary"), max_length=300, required=False,
        help_text=_l("One sentence that says what a company gets here. It is shown in every list."),
    )  # fmt: skip
    town = forms.CharField(label=_l("Town"), max_length=80, required=False)
    country = forms.ChoiceField(label=_l("Country"), required=False)
    description = forms.CharField(
        label=_l("Description"), max_length=5000, required=False, widget=forms.Textarea,
        help_text=_l("Whole sentences: questions are matched with them. No addresses or telephone numbers."),
    )  # fmt: skip
    competences = LinesField(
        label=_l("Competences"), max_length=1500, required=False,
        help_text=_l("One on each line, in any spelling. A term that our list does not have is proposed to the office."),
    )  # fmt: skip
    techniques = LinesField(
        label=_l("Techniques and instruments"), max_length=2600, required=False,
        help_text=_l("One on each line, as specialists call them."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_l("Languages spoken with visitors"), required=False, widget=forms.CheckboxSelectMultiple
    )
    website = forms.URLField(label=_l("Website"), max_length=300, required=False, assume_scheme="https")
    parent = forms.TypedChoiceField(
        label=_l("Part of the facility"), required=False, coerce=int, empty_value=None
    )
    latitude = DegreesField(
        label=_l("Latitude"),
        max_length=12,
        required=False,
        help_text=_l("Such as 48.78; it puts it on the map."),
    )
    longitude = DegreesField(label=_l("Longitude"), max_length=12, required=False)
    contact_name = forms.CharField(
        label=_l("Contact"), max_length=120, required=False, help_text=_l("Never public: questions come through the desks.")
    )  # fmt: skip
    contact_email = forms.EmailField(label=_l("E-mail of the contact"), max_length=254, required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        kind: str,
        organisation_id: int,
        values: Mapping[str, Any],
        version: int = 0,
    ) -> None:
        shown = dict(values)
        shown["competences"] = queries.names_of_terms(values.get("competences") or [])
        super().__init__(data, initial={**shown, "version": version})
        self.kind, self.values_before = kind, values
        self.fields["country"].choices = [("", _("Choose one")), *countries]  # type: ignore[attr-defined]
        self._offer("languages", [(code, _(name)) for code, name in rules.LANGUAGES.items()])
        self._fit(organisation_id)
        if kind == Kind.SERVICE:
            self._ask_about_service(list(values.get("incentives") or []))
        if kind == Kind.EQUIPMENT:
            self._ask_about_equipment()
        self.proposals: list[str] = []
        self.rows = self._rows()

    def _offer(self, name: str, choices: Iterable[tuple[Any, str]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def _fit(self, organisation_id: int) -> None:
        """Leave out what this kind does not have, and say what it means for a person."""
        facilities = Record.objects.filter(organisation_id=organisation_id, kind=Kind.FACILITY).order_by(
            "name"
        )
        found = list(facilities.values_list("pk", "name")[:200])
        if self.kind in (Kind.ORGANISATION, Kind.FACILITY) or not found:
            del self.fields["parent"]
        else:
            self._offer("parent", [("", _("None")), *found])
        if self.kind == Kind.EXPERT:
            self.fields["contact_email"].help_text = _(
                "The person's own address: they are asked whether they agree, and are shown only then."
            )

    def _ask_about_service(self, chosen: list[int]) -> None:
        self.fields |= {
            "access_modes": forms.MultipleChoiceField(
                label=_("How a company gets it"), required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(mode, _(name)) for mode, name in rules.ACCESS_MODES.items()],
            ),
            "inputs": _text(_("What goes in"), 500, _("A sample, a file, a question.")),
            "outputs": _text(_("What comes out"), 500, _("A report, data, a part.")),
            "unit": _text(_("Unit of access"), MOST_CODE, _("Hour, day, sample.")),
            "lead_time_days": forms.IntegerField(
                label=_("Lead time in days"), min_value=0, max_value=1000, required=False
            ),
            "capacity": _text(_("Capacity"), 200, _("Such as two days a week.")),
            "is_full_until": DateField(label=_("No capacity before"), required=False),
            "biosafety_level": forms.IntegerField(
                label=_("Biosafety level"), min_value=1, max_value=4, required=False
            ),
            "restrictions": _text(_("Restrictions"), 500),
            "must_bring": _text(_("What the company must bring"), 500),
            "incentives": forms.TypedMultipleChoiceField(
                label=_("Vouchers that can pay for it"), required=False, coerce=int,
                widget=forms.CheckboxSelectMultiple,
                choices=_incentives(chosen),
            ),
        }  # fmt: skip
        full_until = self.fields["is_full_until"]
        self.initial["is_full_until"] = as_typed(full_until, self.initial.get("is_full_until"))

    def _ask_about_equipment(self) -> None:
        self.fields |= {
            "maker": _text(_("Maker"), 120),
            "model_name": _text(_("Model"), 120),
            "bought_in": forms.IntegerField(
                label=_("Year of purchase"), min_value=1900, max_value=2100, required=False
            ),
        }

    def _rows(self) -> dict[str, Rows]:
        rows = {}
        if self.kind == Kind.SERVICE:
            rows["prices"] = Rows("prices", self, _price, ("customer", "amount_eur", "unit"))
        if self.kind in (Kind.FACILITY, Kind.SERVICE, Kind.EQUIPMENT):
            rows["certificates"] = Rows("certificates", self, _certificate, ("scheme",))
        rows["identifiers"] = Rows("identifiers", self, _identifier, ("scheme", "value"))
        return rows

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings; the five that suffice come first."""
        groups = [
            (_("What everybody sees first"), ("name", "summary", "town", "country")),
            (_("What it is"), ("description", "competences", "techniques", "maker", "model_name", "bought_in", "parent")),
            (_("How a company gets it"), (
                "access_modes", "inputs", "outputs", "unit", "lead_time_days", "capacity", "is_full_until",
                "biosafety_level", "restrictions", "must_bring", "incentives",
            )),
            (_("Where, and in which language"), ("languages", "website", "latitude", "longitude")),
            (_("Who answers questions"), ("contact_name", "contact_email")),
        ]  # fmt: skip
        found = [(title, [self[name] for name in names if name in self.fields]) for title, names in groups]
        return [(title, fields) for title, fields in found if fields]

    def clean(self) -> dict[str, Any]:
        """Read terms into their keys, and rows into lists."""
        cleaned = self.cleaned_data
        typed = cleaned.get("competences") or []
        if len(typed) > MOST_COMPETENCES or any(len(name) > rules.LONGEST_TERM for name in typed):
            self.add_error("competences", _("At most twelve terms, each a name and not a description."))
        else:
            found = queries.terms_called(typed)
            cleaned["competences"] = sorted({term.key for term in found.values() if term.is_accepted})
            self.proposals = [name for name in typed if name not in found or not found[name].is_accepted]
        for name, rows in self.rows.items():
            cleaned[name] = [
                {part: _plain(value) for part, value in row.items()}
                for row in rows.cleaned(missing=_("Fill this in, or empty the whole line."))
            ]
        return cleaned

    def values(self, *, today: date) -> dict[str, Any]:
        """What was typed, in the form of `queries.values_of`; prices without a day hold for six months from today."""
        names = {name for name in self.fields if name.partition("_")[0] not in self.rows} | set(self.rows)
        values = {
            name: _plain(self.cleaned_data[name]) for name in names - {"version"} if name in self.cleaned_data
        }
        for price in values.get("prices", []):
            price["holds_until"] = price["holds_until"] or rules.prices_due_after(today).isoformat()
        return values

    def at_version(self, version: int) -> None:
        """After two people wrote at once: the next save counts as made in sight of the others' words."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a bound form's data can be copied
        data["version"] = str(version)
        self.data = data


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return str(value.decimal)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value


def _incentives(chosen: list[int]) -> list[tuple[int, str]]:
    """The incentives of running phases, and those that the service names already."""
    rows = Incentive.objects.filter(Q(phase__state=PhaseState.RUNNING) | Q(pk__in=chosen))
    rows = rows.select_related("phase__programme").order_by("phase__programme__name", "name", "pk")
    return [(one.pk, f"{one.name} ({one.phase.programme.name})") for one in rows[:50]]


def _text(label: str, longest: int, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=False, help_text=hint)


def _choice(label: str, names: Mapping[str, str]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[("", "–"), *((key, _(name)) for key, name in names.items())]
    )


def _price() -> dict[str, forms.Field]:
    return {
        "customer": _choice(_("For"), rules.CUSTOMERS),
        "amount_eur": MoneyFormField(label=_("Price without VAT"), most=Money.of(10_000_000)),
        "unit": _text(_("A unit"), MOST_CODE),
        "note": _text(_("Remark"), 200),
        "holds_until": DateField(label=_("Holds until")),
    }


def _certificate() -> dict[str, forms.Field]:
    return {
        "scheme": _choice(_("Certificate"), rules.CERTIFICATES),
        "scope": _text(_("Scope"), 300),
        "number": _text(_("Number"), 60),
        "expires_on": DateField(label=_("Expires on")),
    }


def _identifier() -> dict[str, forms.Field]:
    return {
        "scheme": _choice(_("Kind of identifier"), rules.IDENTIFIERS),
        "value": _text(_("Identifier"), 200),
    }


class BeginningForm(Form):
    """Which kind of record, and whose."""

    kind = forms.ChoiceField(label=_l("What do you offer?"), widget=forms.RadioSelect)
    organisation = forms.TypedChoiceField(label=_l("Organisation"), coerce=int)

    def __init__(self, *arguments: Any, organisations: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["kind"].choices = [(kind, _(name)) for kind, name in KIND_NAMES.items()]  # type: ignore[attr-defined]
        self.fields["organisation"].choices = organisations  # type: ignore[attr-defined]
        if len(organisations) == 1:
            self.fields["organisation"].initial = organisations[0][0]
            self.fields["organisation"].widget = forms.HiddenInput()


class KeptFilters(Filters):
    """Which of one's own records the list shows."""

    state = forms.ChoiceField(label=_l("State"), required=False)
    freshness = forms.ChoiceField(label=_l("Freshness"), required=False)
    kind = forms.ChoiceField(label=_l("Kind"), required=False)
    text = forms.CharField(label=_l("Name"), required=False, max_length=100)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("state", _("All"), [(state, _(name)) for state, name in NAME_OF.items()])
        self.offer("freshness", _("All"), [(one, _(name)) for one, name in FRESHNESS_NAMES.items()])
        self.offer("kind", _("All"), [(kind, _(name)) for kind, name in KIND_NAMES.items()])


class WithdrawalForm(Form):
    """Why a record ends, and where its readers are led."""

    reason = forms.CharField(
        label=_l("Reason"), max_length=rules.LONGEST_REASON, widget=forms.Textarea,
        help_text=_l("It stays on record."),
    )  # fmt: skip
    successor = forms.TypedChoiceField(
        label=_l("What takes its place"), required=False, coerce=int, empty_value=None,
        help_text=_l("Readers of the old page are led there. Only published records of the organisation."),
    )  # fmt: skip

    def __init__(self, *arguments: Any, record: Record, **options: Any) -> None:
        super().__init__(*arguments, **options)
        others = Record.objects.public().filter(organisation=record.organisation_id).exclude(pk=record.pk)
        found = others.order_by("name", "pk").values_list("pk", "name")[:200]
        self.fields["successor"].choices = [("", _("Nothing")), *found]  # type: ignore[attr-defined]
