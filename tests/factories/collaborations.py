"""Collaborations in the situations that tests need."""

from __future__ import annotations

from datetime import date
from typing import Any

from landbridge.collaborations import actions
from landbridge.collaborations.models import Collaboration
from landbridge.foundation.permissions.actor import SYSTEM
from tests.cast import Cast
from tests.factories.access import AT

SAID: dict[str, Any] = {
    "title": "Maps of tissue",
    "text": "They look for the marker together.",
    "instrument": "A contract",
    "since": date(2026, 5, 11),
}


def a_collaboration(cast: Cast, **changes: Any) -> Collaboration:
    """The Danish company works with the German institute; recorded by hand."""
    names = {"company": cast.danish_company.name, "provider": cast.german_institute.name}
    return actions.note(**{**names, **SAID, "by": SYSTEM, "at": AT, **changes})
