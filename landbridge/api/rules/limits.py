"""How often a program may ask."""

from __future__ import annotations

from datetime import datetime, timedelta

WINDOW = timedelta(minutes=1)


def begins_at(at: datetime) -> datetime:
    """The beginning of the window in which a moment lies."""
    return at.replace(second=0, microsecond=0)


def seconds_left(at: datetime) -> int:
    """Until the next window begins, at least one second."""
    return max(1, 60 - at.second)
