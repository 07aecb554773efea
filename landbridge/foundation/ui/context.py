"""What every page knows without asking: no queries here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - a context processor
    """Whether this is the demonstration (setting LANDBRIDGE_DEMONSTRATION)."""
    return {"is_demonstration": getattr(settings, "LANDBRIDGE_DEMONSTRATION", False)}
