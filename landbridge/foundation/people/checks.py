"""What must hold before Landbridge starts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def second_factor_is_asked_for(**_: Any) -> list[CheckMessage]:
    """A second factor may be switched off in the demonstration alone."""
    if settings.LANDBRIDGE_SECOND_FACTOR not in ("required", "off"):
        return [
            Error(
                f"LANDBRIDGE_SECOND_FACTOR is 'required' or 'off', not {settings.LANDBRIDGE_SECOND_FACTOR!r}.",
                id="people.E001",
            )
        ]
    if settings.LANDBRIDGE_SECOND_FACTOR == "off" and not (
        settings.LANDBRIDGE_DEMONSTRATION or settings.DEBUG
    ):
        return [
            Error(
                "LANDBRIDGE_SECOND_FACTOR is off outside the demonstration.",
                hint="Whoever sees other people's data needs a second factor. Leave the variable out.",
                id="people.E002",
            )
        ]
    return []
