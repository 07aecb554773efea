"""The form every page uses: keeps what was typed, refuses what cannot be stored, shows problems beside fields."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from landbridge.foundation import witness
from landbridge.foundation.problems import Problem, Refused
from landbridge.foundation.ui import formatting
from landbridge.foundation.ui.inputs import (
    ZONES,
    DateField,
    IbanField,
    MomentField,
    MoneyFormField,
    Parts,
    UploadField,
    VatField,
    in_zone,
)

__all__ = [
    "ZONES",
    "DateField",
    "Filters",
    "Form",
    "IbanField",
    "MomentField",
    "MoneyFormField",
    "ReasonForm",
    "UploadField",
    "VatField",
    "in_zone",
]

# Control characters, lone surrogates, characters that turn the direction of writing, and the mark of a wrong encoding.
UNSTORABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd\ufffe\uffff]"
)
SHORT_BY_NATURE = (forms.UUIDField, forms.GenericIPAddressField)
SPACES = re.compile(r"[\s\u00a0]+")


def _say_what_is_missing(field: forms.Field) -> None:
    """A cure instead of "This field is required.", unless the form has its own words."""
    if field.error_messages["required"] != forms.Field.default_error_messages["required"]:
        return
    if isinstance(field, forms.BooleanField):
        field.error_messages["required"] = _("Tick this box to go on.")
    elif isinstance(field, forms.FileField):
        field.error_messages["required"] = _("Choose a file.")
    elif isinstance(field, forms.ChoiceField):
        field.error_messages["required"] = _("Choose one of these.")
    else:
        field.error_messages["required"] = _("Fill this in.")


class Form(forms.Form):
    """Base of all forms. Every text needs `max_length`, every number `max_value`: unbounded ones fail at once."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused = False
        self._cleansed: set[str] = set()
        self._require_bounds()
        witness.saw_form(self)

    @property
    def http_status(self) -> int:
        """200 for a fresh or valid form, 422 for one that could not be read, 409 for one the rules refused."""
        if self.refused:
            return HTTPStatus.CONFLICT
        return HTTPStatus.UNPROCESSABLE_ENTITY if self.is_bound and self.errors else HTTPStatus.OK

    def refuse(self, refusal: Refused) -> None:
        """Put each problem of a refusal beside its field, or at the top where it names none."""
        self.refused = True
        for problem in refusal.problems:
            self.add_problem(problem)

    def add_problem(self, problem: Problem) -> None:
        """Put one problem, with its cure, beside its field."""
        text = " ".join(filter(None, (formatting.problem_text(problem), formatting.problem_cure(problem))))
        name = problem.field if problem.field in self.fields else None
        self.add_error(name, ValidationError(text, code=problem.code))

    def full_clean(self) -> None:
        """Tidy what was typed before it is read; name each field from which something had to be taken out."""
        if self.is_bound:
            self._require_bounds()
            for field in self.fields.values():
                _say_what_is_missing(field)
            self._tidy()
        super().full_clean()
        for name in sorted(self._cleansed):
            text = _(
                "This text held characters that cannot be stored; we took them out. Check it and send it again."
            )
            self.add_error(name, ValidationError(text, code="unstorable"))

    def _require_bounds(self) -> None:
        for name, field in self.fields.items():
            if isinstance(field, SHORT_BY_NATURE):
                continue
            limit = "max_value" if isinstance(field, forms.IntegerField) else "max_length"
            if isinstance(field, (forms.CharField, forms.IntegerField)) and getattr(field, limit) is None:
                raise AssertionError(f"{type(self).__name__}.{name} needs {limit}.")

    def _tidy(self) -> None:
        data = self.data.copy() if isinstance(self.data, QueryDict) else dict(self.data)
        for name, field in self.fields.items():
            if getattr(field, "strip", True) is False:
                continue
            keeps_lines = isinstance(field.widget, forms.Textarea)
            for key in self._keys_of(name, data):
                values = data.getlist(key) if isinstance(data, QueryDict) else [data[key]]
                tidied = [self._tidied(value, name=name, keeps_lines=keeps_lines) for value in values]
                if isinstance(data, QueryDict):
                    data.setlist(key, tidied)
                else:
                    data[key] = tidied[0]
        self.data = data

    def _keys_of(self, name: str, data: Mapping[str, Any]) -> list[str]:
        plain = self.add_prefix(name)
        widget = self.fields[name].widget
        parts = widget.endings if isinstance(widget, Parts) else []
        return [key for key in (plain, *(f"{plain}{part}" for part in parts)) if key in data]

    def _tidied(self, value: Any, *, name: str, keeps_lines: bool) -> Any:
        if not isinstance(value, str):
            return value
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        clean = UNSTORABLE.sub("", text)
        if clean != text:
            self._cleansed.add(name)
        clean = unicodedata.normalize("NFC", clean)
        if keeps_lines:
            return "\n".join(line.replace("\t", " ").rstrip() for line in clean.split("\n")).strip()
        return SPACES.sub(" ", clean).strip()


class ReasonForm(Form):
    """Why something ends, is refused or handed back: one text, as long as the word's rule allows.

    `read_by` says beneath it who will read it ("The applicant reads it.").
    """

    def __init__(self, *args: Any, longest: int, label: str = "", read_by: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = reason = forms.CharField(
            label=label or _("Reason"),
            help_text=read_by or _("It stays on record."),
            max_length=longest,
            widget=forms.Textarea,
        )
        _say_what_is_missing(reason)


class Filters(Form):
    """Base of what a list can be filtered by, read from its address; what makes no sense there filters nothing."""

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that could be read and are not empty, by their names: `queries.listed(rows, **filters.chosen)`."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}

    def offer(self, name: str, every: str, options: Iterable[tuple[str, str]]) -> None:
        """Give a choice its options, after the empty one that filters nothing (`every`: "All regions")."""
        field: Any = self.fields[name]
        field.choices = [("", every), *options]
