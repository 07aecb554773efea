"""How many of something, in all forms of events."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _l


class Count(forms.IntegerField):
    """How many of something: a short field that says which numbers it takes."""

    width = "short"

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for limit in self.validators:
            if isinstance(limit, MinValueValidator):
                limit.message = _l("Give a number of %(limit_value)s or more.")
            elif isinstance(limit, MaxValueValidator):
                limit.message = _l("Give a number up to %(limit_value)s.")
