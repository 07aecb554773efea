"""When a baseline counts, and what one must say."""

from __future__ import annotations

from datetime import date


def counts(*, recorded_on: date, support_began: date | None) -> bool:
    """Only what was recorded before the day on which support began; before any support, everything does."""
    return support_began is None or recorded_on < support_began
