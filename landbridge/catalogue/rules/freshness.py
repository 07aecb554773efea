"""How long a record counts as right: twelve months, prices six; then it is overdue, and hidden three months later.

Source: rules of the field, section 1 (records are confirmed each year; prices twice a year).
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from landbridge.catalogue.states import Freshness

RECORD_MONTHS = 12
PRICE_MONTHS = 6
MONTHS_UNTIL_HIDDEN = 3
# So many days before the day its contact is asked for the first time; then on the day, and 45 days after it.
DAYS_OF_NOTICE = 30
REMINDERS = (-DAYS_OF_NOTICE, 0, 45)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def due_after(confirmed_on: date) -> date:
    """By when a record confirmed on this day must be confirmed again."""
    return months_later(confirmed_on, RECORD_MONTHS)


def prices_due_after(confirmed_on: date) -> date:
    """Until when prices confirmed on this day hold."""
    return months_later(confirmed_on, PRICE_MONTHS)


def hidden_after(due_on: date) -> date:
    """The first day on which a record that nobody confirmed is no longer shown."""
    return months_later(due_on, MONTHS_UNTIL_HIDDEN)


def freshness(*, confirmed_on: date | None, due_on: date | None, today: date) -> Freshness:
    """Confirmed; due from thirty days before the day and on it; overdue after it, and where nobody ever confirmed."""
    if confirmed_on is None or due_on is None or today > due_on:
        return Freshness.OVERDUE
    return Freshness.DUE if today >= due_on - timedelta(days=DAYS_OF_NOTICE) else Freshness.FRESH


def is_to_be_hidden(*, due_on: date, today: date) -> bool:
    """Whether a published record has waited too long for its confirmation."""
    return today >= hidden_after(due_on)


def reminder_due(*, due_on: date, reminded_on: date | None, today: date) -> bool:
    """Whether its contact is asked today: thirty days before the day, on it, and 45 days later; each once.

    A day on which nobody looked is made up for on the next one.
    """
    due = [day for offset in REMINDERS if (day := due_on + timedelta(days=offset)) <= today]
    return bool(due) and (reminded_on is None or reminded_on < due[-1])
