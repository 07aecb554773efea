"""When a rule asks, when somebody is reminded, and who is left in peace."""

from __future__ import annotations

import calendar
import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from landbridge.foundation.problems import N_, Problem
from landbridge.surveys.states import Side, Trigger

# The hour, by the clock of the place, at which those who were there are asked on the same day.
EVENING = time(18)
# The hour at which a letter that is due some months later leaves.
MORNING = time(9)
# After the letter: once, and once more; never again.
REMINDED_AFTER = (timedelta(days=7), timedelta(days=21))
# One address gets one letter of surveys in this time, whoever asks.
BETWEEN_LETTERS = timedelta(days=7)
MOST_MONTHS = 60
MOST_HOURS = 720
FEWEST_DAYS, MOST_DAYS = 7, 180
GATHERINGS = (Trigger.EVENT_HELD, Trigger.WEBINAR_HELD)
OF_A_CALL = (Trigger.APPLICATION_SUBMITTED, Trigger.APPLICATION_REJECTED)
WITH_PROVIDER = (
    Trigger.VOUCHER_GRANTED,
    Trigger.VOUCHER_CLOSED,
    Trigger.INTRODUCTION_MADE,
    Trigger.ACCESS_DELIVERED,
)


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last of the month where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_at(trigger: str, happened_at: datetime, *, months: int, hours: int, zone: str) -> datetime:
    """When the letter may leave: months later in the morning, hours later, or the evening after a gathering."""
    local = happened_at.astimezone(ZoneInfo(zone))
    if months:
        day = months_after(local.date(), months)
        return datetime.combine(day, MORNING, tzinfo=ZoneInfo(zone)) + timedelta(hours=hours)
    if trigger in GATHERINGS and not hours:
        return max(happened_at, datetime.combine(local.date(), EVENING, tzinfo=ZoneInfo(zone)))
    return happened_at + timedelta(hours=hours)


def is_to_be_reminded(*, sent_at: datetime, reminders: int, closes_at: datetime, at: datetime) -> bool:
    """Twice at most, as long as an answer is taken."""
    return reminders < len(REMINDED_AFTER) and sent_at + REMINDED_AFTER[reminders] <= at < closes_at


def hash_of(address: str) -> str:
    """What is kept of an address that wants to be left in peace."""
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()


def problems_with_rule(*, trigger: str, side: str, has_call: bool) -> Iterator[Problem]:
    """Gatherings ask who was there, support its sides; a comparison group is that of one call."""
    if (trigger in GATHERINGS) != (side == Side.GUEST):
        yield Problem(
            code="wrong_side",
            message=N_("Nobody of this side is there to be asked."),
            cure=N_("After events and webinars ask who was there; otherwise the company or the provider."),
            field="side",
        )
    elif side == Side.PROVIDER and trigger not in WITH_PROVIDER:
        yield Problem(
            code="no_provider",
            message=N_("No provider has a part in this."),
            cure=N_("Ask the company."),
            field="side",
        )
    if has_call and trigger not in OF_A_CALL:
        yield Problem(
            code="needless_call",
            message=N_("Only applications belong to a call."),
            cure=N_("Leave the call empty, or choose another trigger."),
            field="call",
        )
    if trigger == Trigger.APPLICATION_REJECTED and not has_call:
        yield Problem(
            code="call_missing",
            message=N_("A comparison group is that of one call."),
            cure=N_("Choose the call."),
            field="call",
        )
