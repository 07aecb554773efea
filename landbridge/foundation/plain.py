"""Values on their way into a letter or a document: as the reader writes them, and as nothing but plain values."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise

from landbridge.foundation.money import Money
from landbridge.foundation.ui import formatting


def plain(values: Mapping[str, object]) -> Iterator[tuple[str, Any]]:
    """Each value as text, whole number, yes or no, list or dict; amounts and dates in the active language.

    A moment in a named zone keeps its zone. Raises TypeError for anything else: a text is given what it says, not
    objects to look around in.
    """
    for name, value in values.items():
        yield name, _plain(value, name=name)


def _plain(value: object, *, name: str) -> Any:
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, str):
        return str.__str__(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, dt.datetime):
        zone = value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else ""
        return formatting.moment(value, zone=zone)
    if isinstance(value, Money | dt.date | Decimal | float):
        return formatting.shown(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return {field.name: _plain(getattr(value, field.name), name=name) for field in fields}
    if isinstance(value, Mapping):
        return {str(key): _plain(part, name=name) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part, name=name) for part in value]
    raise TypeError(f"{name} cannot be written as {type(value).__name__}: hand over text, amounts and dates.")
