"""Clocks about anything: tests let them run for a region, which every cast has."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from landbridge.clocks import actions
from landbridge.clocks.models import Clock
from landbridge.foundation.permissions.actor import SYSTEM
from tests.cast import Cast

STARTED = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)  # a Monday; Whit Monday follows on 25 May


def a_clock(cast: Cast, **changes: Any) -> Clock:
    """The duty to name a broker (5 working days, reminder after 3), held by Zealand's desk."""
    given: dict[str, Any] = {
        "duty": "enquiries.assign",
        "about": cast.danish_company,
        "region": cast.zealand,
        "by": SYSTEM,
        "at": STARTED,
    }
    return actions.start(**{**given, **changes})
