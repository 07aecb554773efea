"""Every text that a form of allauth takes is tidied and gets an upper bound, as in our own forms."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from landbridge.foundation.people.models import EMAIL_LENGTH
from landbridge.foundation.ui.forms import Form

TEXT_LENGTH = 200
JSON_LENGTH = 20_000


class CarefulDecoder(json.JSONDecoder):
    """Reads what a browser answers; what is too long, too deep or too large a number is simply wrong."""

    def decode(self, s: str, *args: Any) -> Any:
        if len(s) > JSON_LENGTH:
            raise json.JSONDecodeError("too long", "", 0)
        try:
            return super().decode(s, *args)
        except (ValueError, RecursionError) as error:
            raise json.JSONDecodeError(str(error), "", 0) from error


class Bounded(Form):
    """Stands before a form of allauth among the bases."""

    def _require_bounds(self) -> None:
        """Bound what came without, where our own forms would fail. Example texts inside fields go."""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            if not isinstance(field, forms.CharField):
                continue
            if isinstance(field, forms.JSONField):
                field.decoder, field.max_length = CarefulDecoder, JSON_LENGTH
                continue
            most = EMAIL_LENGTH if isinstance(field, forms.EmailField) else TEXT_LENGTH
            if field.max_length is None or field.max_length > most:
                field.max_length = most
                field.validators = [*field.validators, MaxLengthValidator(most)]
                field.widget.attrs["maxlength"] = str(most)
