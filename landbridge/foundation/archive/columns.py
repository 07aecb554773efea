"""How a column's value stands in an archive: natural JSON, the same whatever database it came from."""

from __future__ import annotations

import base64
import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.dateparse import parse_duration
from django.utils.duration import duration_iso_string

from landbridge.foundation.fields import MoneyField
from landbridge.foundation.money import Money


@dataclass(frozen=True, slots=True)
class Type:
    """A type of the format: its name, how a value is written as JSON, and how it is read. Reading raises ValueError."""

    name: str
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def type_of(field: models.Field[Any, Any]) -> Type:
    """The type of a column; a reference has that of the key it refers to. Raises TypeError where there is none."""
    kept: Any = field.target_field if isinstance(field, models.ForeignKey) else field
    for kinds, found in TYPES:
        if isinstance(kept, kinds):
            return found
    raise TypeError(f"{field} has a type that the archive does not know.")


def described(field: models.Field[Any, Any]) -> dict[str, Any]:
    """A column as the manifest describes it."""
    found: dict[str, Any] = {"name": field.attname, "type": type_of(field).name, "null": field.null}
    if field.primary_key:
        found["key"] = True
    if field.is_relation and field.related_model is not None:
        target: Any = field.related_model
        found["refers_to"] = target._meta.label_lower
    if field.help_text:
        found["about"] = str(field.help_text)
    return found


def written(field: models.Field[Any, Any], row: models.Model) -> Any:
    """The value of a row's column as JSON."""
    value = getattr(row, field.attname)
    return None if value is None else type_of(field).write(value)


def read(field: models.Field[Any, Any], plain: Any) -> Any:
    """The value that was written. Raises ValueError for anything that the column cannot hold."""
    if plain is None and not isinstance(field, models.JSONField):
        if not field.null:
            raise ValueError(f"{field.attname} may not be empty")
        return None
    value = type_of(field).read(plain)
    if isinstance(value, str) and field.max_length is not None and len(value) > field.max_length:
        raise ValueError(f"{field.attname} is longer than {field.max_length} characters")
    return value


def _same(value: Any) -> Any:
    return value


def _text(plain: Any) -> str:
    if not isinstance(plain, str) or "\x00" in plain:
        raise ValueError("a text was expected")
    return plain


def _whole(plain: Any) -> int:
    if not isinstance(plain, int) or isinstance(plain, bool) or not -(2**63) <= plain < 2**63:
        raise ValueError("a whole number was expected")
    return plain


def _number(plain: Any) -> float:
    if not isinstance(plain, int | float) or isinstance(plain, bool):
        raise ValueError("a number was expected")  # noqa: TRY004 - of JSON
    return float(plain)


def _truth(plain: Any) -> bool:
    if not isinstance(plain, bool):
        raise ValueError("true or false was expected")  # noqa: TRY004 - of JSON
    return plain


def _decimal(plain: Any) -> Decimal:
    try:
        found = Decimal(_text(plain))
    except ArithmeticError:
        found = Decimal("NaN")
    if not found.is_finite():
        raise ValueError("a decimal number was expected")
    return found


def _money(plain: Any) -> Money:
    if not isinstance(plain, dict) or set(plain) != {"amount", "currency"} or plain["currency"] != "EUR":
        raise ValueError("an amount and its currency were expected")
    cents = _decimal(plain["amount"]) * 100
    if cents != int(cents):
        raise ValueError("an amount has whole cents")
    return Money(_whole(int(cents)))


def _moment(plain: Any) -> dt.datetime:
    found = dt.datetime.fromisoformat(_text(plain))
    if found.tzinfo is None:
        raise ValueError("a moment has its zone")
    return found.astimezone(dt.UTC)


def _span(plain: Any) -> dt.timedelta:
    found = parse_duration(_text(plain))
    if found is None:
        raise ValueError("a length of time was expected")
    return found


def _utc(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


WHOLE = Type("integer", _same, _whole)
TEXT = Type("text", str, _text)
# The first that fits counts: money is kept as a whole number, and a moment is also a date.
TYPES: tuple[tuple[tuple[type[Any], ...], Type], ...] = (
    (
        (MoneyField,),
        Type("money", lambda one: {"amount": str(one.decimal), "currency": one.currency}, _money),
    ),
    ((models.IntegerField,), WHOLE),
    ((models.BooleanField,), Type("boolean", bool, _truth)),
    ((models.FloatField,), Type("number", float, _number)),
    ((models.DecimalField,), Type("decimal", str, _decimal)),
    ((models.DateTimeField,), Type("moment", _utc, _moment)),
    (
        (models.DateField,),
        Type("date", dt.date.isoformat, lambda plain: dt.date.fromisoformat(_text(plain))),
    ),
    (
        (models.TimeField,),
        Type("time", dt.time.isoformat, lambda plain: dt.time.fromisoformat(_text(plain))),
    ),
    ((models.DurationField,), Type("duration", duration_iso_string, _span)),
    ((models.JSONField,), Type("json", _same, _same)),
    ((models.UUIDField,), Type("uuid", str, lambda plain: uuid.UUID(_text(plain)))),
    (
        (models.BinaryField,),
        Type(
            "base64",
            lambda octets: base64.b64encode(bytes(octets)).decode(),
            lambda plain: base64.b64decode(_text(plain), validate=True),
        ),
    ),
    ((models.CharField, models.TextField, models.FileField, models.GenericIPAddressField), TEXT),
)
