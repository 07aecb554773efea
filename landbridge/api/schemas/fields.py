"""The fields of forms and of tables as JSON Schema, and whether a body fits one."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import models

from landbridge.foundation.fields import MoneyField
from landbridge.foundation.ui.forms import DateField, Form, MomentField, MoneyFormField, ReasonForm

Schema = dict[str, Any]

DAY = r"^\d{4}-\d{2}-\d{2}$"
WALL = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?$"
AMOUNT = r"^\d{1,13}(\.\d{1,2})?$"
NUMBER = r"^-?\d{1,20}(\.\d{1,10})?$"
KEY = r"^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$"
LONGEST_TEXT, MOST_CHOICES, LONGEST_CHOICE = 20_000, 500, 300
HIGHEST = 2**63 - 1
CHOICE: Schema = {"type": ["string", "integer"], "maxLength": LONGEST_CHOICE}

_ONE: list[tuple[type[forms.Field], Schema]] = [
    (forms.FileField, {"type": "string", "format": "binary"}),
    (MoneyFormField, {"type": "string", "pattern": AMOUNT, "examples": ["4000.00"]}),
    (MomentField, {"type": "string", "pattern": WALL, "examples": ["2026-05-25T11:00"]}),
    (DateField, {"type": "string", "pattern": DAY, "examples": ["2026-05-25"]}),
    (forms.DateField, {"type": "string", "pattern": DAY, "examples": ["2026-05-25"]}),
    (forms.NullBooleanField, {"type": ["boolean", "null"]}),
    (forms.BooleanField, {"type": "boolean"}),
    (forms.DecimalField, {"type": "string", "pattern": NUMBER, "examples": ["12.5"]}),
    (forms.FloatField, {"type": "string", "pattern": NUMBER, "examples": ["12.5"]}),
    (forms.UUIDField, {"type": "string", "pattern": KEY}),
]


def of_form(form: type[Form] | None) -> Schema:
    """What an operation takes: the fields of its form. Choices that depend on the object are any text or number."""
    if form is None:
        return {"type": "object", "properties": {}, "additionalProperties": False}
    if form is ReasonForm:
        reason = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
        return {
            "type": "object", "properties": {"reason": reason}, "required": ["reason"], "additionalProperties": False,
        }  # fmt: skip
    own = _own_source(form)
    fields: dict[str, forms.Field] = form.base_fields
    may_change = ".required" in own or ".fields.pop" in own or "del self.fields" in own
    schema: Schema = {
        "type": "object",
        "properties": {name: of_field(field, own=own) for name, field in fields.items()},
        "additionalProperties": adds_fields(form),
    }
    required = [name for name, field in fields.items() if field.required and not may_change]
    return schema | ({"required": required} if required else {})


def adds_fields(form: type[Form]) -> bool:
    """Whether a form gets fields of its object (the questions of a call), which only the object knows."""
    return bool(re.search(r"fields\[[^\]]+\]\s*(:[^=]+)?=|fields\.update|fields \|=", _own_source(form)))


def takes_files(form: type[Form] | None) -> bool:
    """Whether a form takes files, so that it is sent as multipart/form-data."""
    if form is None or form is ReasonForm:
        return False
    fields: dict[str, forms.Field] = form.base_fields
    return any(isinstance(field, forms.FileField) for field in fields.values())


def of_field(field: forms.Field, *, own: str = "") -> Schema:
    """One field of a form."""
    for kind, schema in _ONE:
        if isinstance(field, kind):
            return dict(schema)
    if isinstance(field, (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)):
        return {"type": "array", "items": _of_choice(field, own), "maxItems": MOST_CHOICES}
    if isinstance(field, forms.ChoiceField):
        return _of_choice(field, own)
    if isinstance(field, forms.IntegerField):
        bounds = {"minimum": field.min_value, "maximum": field.max_value}
        return {"type": "integer"} | {name: value for name, value in bounds.items() if isinstance(value, int)}
    longest = getattr(field, "max_length", None) or LONGEST_TEXT
    shape = {"format": "email"} if isinstance(field, forms.EmailField) else {}
    least = {"minLength": 1} if field.required else {}
    return {"type": "string", "maxLength": longest, **least, **shape}


def _of_choice(field: forms.ChoiceField, own: str) -> Schema:
    choices = getattr(field, "choices", ())
    if not isinstance(choices, list) or not choices or ".choices" in own or "offer(" in own:
        return dict(CHOICE)
    flat = [
        one
        for value, label in choices
        for one in (label if isinstance(label, (list, tuple)) else [(value, label)])
    ]
    values = [str(value) for value, _label in flat]
    return {
        "type": "string",
        "enum": list(dict.fromkeys(values if not field.required else [v for v in values if v])),
    }


@functools.cache
def _own_source(form: type[Form]) -> str:
    """The source of a form and its forerunners, as far as they are a word's own."""
    return "\n".join(
        inspect.getsource(kind)
        for kind in form.__mro__
        if kind.__module__.startswith("landbridge.") and kind.__module__ != "landbridge.foundation.ui.forms"
    )


# ── Columns ──────────────────────────────────────────────────────────────────────────────────────────────────────────
_COLUMNS: list[tuple[type[models.Field[Any, Any]], Schema]] = [
    (models.BooleanField, {"type": "boolean"}),
    (models.DateTimeField, {"type": "string", "format": "date-time"}),
    (models.DateField, {"type": "string", "format": "date"}),
    (models.DecimalField, {"type": "string", "description": "A decimal number."}),
    (models.FloatField, {"type": "number"}),
    (models.JSONField, {}),
    (models.ForeignKey, {"type": "integer"}),
    (models.IntegerField, {"type": "integer"}),
    (models.AutoField, {"type": "integer"}),
]
MONEY: Schema = {
    "type": "object",
    "properties": {
        "amount": {"type": "string", "pattern": r"^-?\d+\.\d{2}$"},
        "currency": {"type": "string"},
    },
    "required": ["amount", "currency"],
    "additionalProperties": False,
}


def of_column(field: models.Field[Any, Any]) -> Schema:
    """One column as it is answered."""
    schema: Schema = {"type": "string"}
    if isinstance(field, MoneyField):
        schema = MONEY
    else:
        schema = next((dict(shape) for kind, shape in _COLUMNS if isinstance(field, kind)), schema)
    if field.null and schema:
        schema = {"anyOf": [schema, {"type": "null"}]}
    told = str(getattr(field, "help_text", "") or "")
    return {**schema, "description": told} if told and "description" not in schema else schema


# ── Whether a body fits ──────────────────────────────────────────────────────────────────────────────────────────────
_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,), "array": (list,),
    "object": (dict,), "null": (type(None),),
}  # fmt: skip


def misfits(value: Any, schema: Schema, *, at: str = "") -> Iterator[tuple[str, str]]:
    """Field and sentence for everything in a body that its schema does not allow."""
    kinds = schema.get("type", [])
    wanted = [kinds] if isinstance(kinds, str) else kinds
    if wanted and not any(_is(value, kind) for kind in wanted):
        yield at, f"This must be {' or '.join(wanted)}."
        return
    if "enum" in schema and value not in schema["enum"]:
        yield at, "This is not one of the values that are allowed here."
    if isinstance(value, str):
        yield from _text_misfits(value, schema, at)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        if value < schema.get("minimum", value) or value > schema.get("maximum", value):
            yield at, f"This must lie between {schema.get('minimum', '-')} and {schema.get('maximum', '-')}."
    elif isinstance(value, list):
        if len(value) > schema.get("maxItems", len(value)):
            yield at, f"At most {schema['maxItems']} entries."
        for one in value:
            yield from misfits(one, schema.get("items", {}), at=at)
    elif isinstance(value, dict):
        yield from _object_misfits(value, schema)


def _is(value: Any, kind: str) -> bool:
    if kind == "integer" and isinstance(value, float):
        return value.is_integer()
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _KINDS[kind])


def _text_misfits(value: str, schema: Schema, at: str) -> Iterator[tuple[str, str]]:
    if len(value) > schema.get("maxLength", len(value)):
        yield at, f"At most {schema['maxLength']} characters."
    if len(value) < schema.get("minLength", 0):
        yield at, "Fill this in."
    if "pattern" in schema and not re.search(schema["pattern"].replace("$", r"\Z"), value, re.ASCII):
        yield at, f"This must look like {schema['pattern']}."


def _object_misfits(value: dict[str, Any], schema: Schema) -> Iterator[tuple[str, str]]:
    properties = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield name, "Fill this in."
    for name, one in value.items():
        if name in properties:
            yield from misfits(one, properties[name], at=name)
        elif schema.get("additionalProperties") is False:
            yield name[:80], "There is no field of this name."
