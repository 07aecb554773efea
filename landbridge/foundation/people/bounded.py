"""Every text that a form of allauth takes is tidied and gets an upper bound, as in our own forms."""

from __future__ import annotations

from django import forms
from django.core.validators import MaxLengthValidator

from landbridge.foundation.people.models import EMAIL_LENGTH
from landbridge.foundation.ui.forms import Form

TEXT_LENGTH = 200
JSON_LENGTH = 20_000


class Bounded(Form):
    """Stands before a form of allauth among the bases."""

    def _require_bounds(self) -> None:
        """Bound what came without, where our own forms would fail. Example texts inside fields go."""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            if not isinstance(field, forms.CharField):
                continue
            most = _most(field)
            if field.max_length is None or field.max_length > most:
                field.max_length = most
                field.validators = [*field.validators, MaxLengthValidator(most)]
                if not isinstance(field, forms.JSONField):
                    field.widget.attrs["maxlength"] = str(most)


def _most(field: forms.CharField) -> int:
    if isinstance(field, forms.EmailField):
        return EMAIL_LENGTH
    return JSON_LENGTH if isinstance(field, forms.JSONField) else TEXT_LENGTH
