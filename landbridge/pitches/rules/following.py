"""After the session: when people are asked again what became of it."""

from __future__ import annotations

import calendar
from datetime import date

MONTHS = (3, 6, 12)


def due_months(*, closed_on: date, reminded: int, today: date) -> int:
    """The reminder that is due (3, 6 or 12 months after the session), or 0; missed ones are not made up for."""
    passed = [months for months in MONTHS if months_after(closed_on, months) <= today]
    due = max(passed, default=0)
    return due if due > reminded else 0


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
