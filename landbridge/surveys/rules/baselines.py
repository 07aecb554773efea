"""When a baseline counts, and what one must say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from landbridge.foundation.problems import N_, Problem

HIGHEST_JOBS = Decimal(1_000_000)
HIGHEST_TURNOVER = 999_999_999_999
MOST_MARKETS = 250
LONGEST_EVIDENCE = 300


def counts(*, recorded_on: date, support_began: date | None) -> bool:
    """Only what was recorded before the day on which support began; before any support, everything does."""
    return support_began is None or recorded_on < support_began


def problems_with_baseline(*, on: date, today: date, has_something: bool) -> Iterator[Problem]:
    """It says something, of a day that is over."""
    if not has_something:
        yield Problem(
            code="says_nothing",
            message=N_("It says nothing yet."),
            cure=N_("Give at least one of jobs, turnover and markets; leave out what you do not know."),
            field="jobs",
        )
    if on > today:
        yield Problem(
            code="not_yet",
            message=N_("This day has not come yet."),
            cure=N_("Give the day for which the figures hold."),
            field="on",
        )
