"""Rows of a form that work without a script: those that are there, and one more; emptied ones disappear."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django import forms

from landbridge.foundation.ui.forms import DateField, Form

SPARE = 1
MOST_ROWS = 20


def as_typed(field: forms.Field, value: Any) -> Any:
    """A stored value as its field shows it: days are kept as ISO dates."""
    return date.fromisoformat(value) if isinstance(field, DateField) and value else value


class Rows:
    """One group of rows within a form: its fields are named `<group>_<number>_<part>`."""

    def __init__(
        self, group: str, form: Form, parts: Callable[[], Mapping[str, forms.Field]], needed: Iterable[str]
    ) -> None:
        self.group, self.form, self.needed = group, form, tuple(needed)
        self.parts = tuple(parts())
        stored = form.initial.get(group) or []
        numbers = (
            name.removeprefix(f"{group}_").partition("_")[0]
            for name in form.data
            if name.startswith(f"{group}_")
        )
        typed = max((int(number[:4]) + 1 for number in numbers if number.isdecimal()), default=0)
        self.count = min(max(len(stored) + SPARE, typed), MOST_ROWS)
        for number in range(self.count):
            row = stored[number] if number < len(stored) else {}
            for part, field in parts().items():
                name = self.name(number, part)
                field.required = False
                form.fields[name] = field
                form.initial[name] = as_typed(field, row.get(part))

    def name(self, number: int, part: str) -> str:
        return f"{self.group}_{number}_{part}"

    def __iter__(self) -> Iterator[list[forms.BoundField]]:
        """The fields of each row."""
        for number in range(self.count):
            yield [self.form[self.name(number, part)] for part in self.parts]

    def cleaned(self, *, missing: str) -> list[dict[str, Any]]:
        """The rows that were filled in; a row that lacks something needed gets `missing` beside the empty field."""
        rows = []
        for number in range(self.count):
            row = {part: self.form.cleaned_data.get(self.name(number, part)) for part in self.parts}
            wrong = any(self.name(number, part) in self.form.errors for part in self.parts)
            if not wrong and any(value not in (None, "") for value in row.values()):
                for part in self.needed:
                    if row[part] in (None, ""):
                        self.form.add_error(self.name(number, part), missing)
                rows.append(row)
        return rows
