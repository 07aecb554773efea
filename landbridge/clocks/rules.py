"""When a clock is due, what is left of it, which reminder comes next, and what a duty or an absence may say.

Everything is reckoned in working days of the region that holds the duty.
Source: rules of the field, section 3, delay alerts of a large European scheme.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from landbridge.algorithms.working_days import WorkingCalendar
from landbridge.clocks.states import Urgency
from landbridge.foundation.problems import N_, Problem

LONGEST_DUTY = 250  # working days, about a year
MOST_REMINDERS = 5
LONGEST_ABSENCE = 366  # days
SOON = 2  # working days
# Letters about clocks are written within these hours of the desk, on its working days.
FIRST_HOUR, LAST_HOUR = 8, 18


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules want to know of a clock that runs."""

    due_at: datetime
    working_days: int
    remind_after: tuple[int, ...] = ()
    reminders_sent: int = 0
    tells_supervisor: bool = True
    is_supervisor_told: bool = False
    tells_client_after: int | None = None
    is_client_told: bool = False


def days_between(calendar: WorkingCalendar, first: date, last: date) -> int:
    """How many working days come after `first`, up to `last` and with it; 0 where `last` is not later."""
    return sum(calendar.is_working(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def day_of(calendar: WorkingCalendar, at: datetime) -> date:
    """The day that it is at the desk."""
    return at.astimezone(ZoneInfo(calendar.time_zone)).date()


def days_left(calendar: WorkingCalendar, *, due_at: datetime, at: datetime) -> int:
    """Working days that are left after today; 0 on the last day and when it is late."""
    return days_between(calendar, day_of(calendar, at), day_of(calendar, due_at))


def days_used(facts: Facts, calendar: WorkingCalendar, *, at: datetime) -> int:
    """Working days that the clock has run, pauses left out; beyond its length when it is late."""
    left = days_left(calendar, due_at=facts.due_at, at=at)
    late = days_between(calendar, day_of(calendar, facts.due_at), day_of(calendar, at))
    return max(facts.working_days - left, 0) + late


def due_after_pause(
    calendar: WorkingCalendar, *, due_at: datetime, days_left: int, paused_at: datetime, at: datetime
) -> datetime:
    """Until when a clock runs that goes on `at`: with the days it had left, and never earlier than before.

    What was late when it was paused stays late.
    """
    if is_overdue(due_at=due_at, at=paused_at):
        return due_at
    return max(due_at, calendar.deadline(at, working_days=days_left))


def is_overdue(*, due_at: datetime, at: datetime) -> bool:
    """Whether its last day has passed."""
    return at > due_at


def urgency(*, due_at: datetime, is_paused: bool, calendar: WorkingCalendar, at: datetime) -> Urgency:
    """How pressing it is."""
    if is_paused:
        return Urgency.PAUSED
    if is_overdue(due_at=due_at, at=at):
        return Urgency.LATE
    left = days_left(calendar, due_at=due_at, at=at)
    if left == 0:
        return Urgency.TODAY
    return Urgency.SOON if left <= SOON else Urgency.LATER


def is_time_to_write(calendar: WorkingCalendar, *, at: datetime) -> bool:
    """Whether the desk is at work now: letters about clocks are not written at night or on holidays."""
    local = at.astimezone(ZoneInfo(calendar.time_zone))
    return calendar.is_working(local.date()) and FIRST_HOUR <= local.hour < LAST_HOUR


def reminders_due(facts: Facts, calendar: WorkingCalendar, *, at: datetime) -> int:
    """How many reminders should have been written by now, if more than were; else 0.

    A day that was missed is made up for by one letter, not by several.
    """
    used = days_used(facts, calendar, at=at)
    due = sum(1 for after in facts.remind_after if after <= used)
    return due if due > facts.reminders_sent else 0


def supervisor_is_due(facts: Facts, *, at: datetime) -> bool:
    """Whether the office is to be told now that it is late."""
    return facts.tells_supervisor and not facts.is_supervisor_told and is_overdue(due_at=facts.due_at, at=at)


def client_is_due(facts: Facts, calendar: WorkingCalendar, *, at: datetime) -> bool:
    """Whether the client is to be told now; source: rules of the field, section 3 (on day 5 without an adviser)."""
    after = facts.tells_client_after
    return after is not None and not facts.is_client_told and days_used(facts, calendar, at=at) >= after


def problems_with_duty(
    *, working_days: int, remind_after: Sequence[int], tells_client_after: int | None
) -> Iterator[Problem]:
    """The length is sensible; reminders come in order and before the end; the client is told within a year."""
    if not 0 <= working_days <= LONGEST_DUTY:
        yield Problem(
            code="duty_out_of_range",
            message=N_("A duty takes between 0 and %(most)s working days."),
            cure=N_("Choose a number in between."),
            field="working_days",
            params={"most": LONGEST_DUTY},
        )
    if len(remind_after) > MOST_REMINDERS:
        yield Problem(
            code="too_many_reminders",
            message=N_("A duty has at most %(most)s reminders."),
            cure=N_("Who is reminded too often no longer reads; leave some out."),
            field="remind_after",
            params={"most": MOST_REMINDERS},
        )
    if list(remind_after) != sorted(set(remind_after)) or any(
        not 0 < after <= working_days for after in remind_after
    ):
        yield Problem(
            code="reminders_out_of_order",
            message=N_("Reminders come in order, each once, between the first and the last day of the duty."),
            cure=N_("Write for example 3, 5 for a duty of 5 working days."),
            field="remind_after",
        )
    if tells_client_after is not None and not 0 < tells_client_after <= LONGEST_DUTY:
        yield Problem(
            code="client_told_out_of_range",
            message=N_("The client is told between 1 and %(most)s working days after the start."),
            cure=N_("Choose a number in between, or leave it empty: never."),
            field="tells_client_after",
            params={"most": LONGEST_DUTY},
        )


@dataclass(frozen=True, slots=True)
class Away:
    """What the rules want to know of an absence before it is entered."""

    first_day: date
    last_day: date
    overlaps: bool
    is_at_this_desk: bool
    stand_in_is_at_this_desk: bool
    stand_in_is_oneself: bool
    stand_in_is_away: bool


def problems_with_absence(away: Away, *, today: date) -> Iterator[Problem]:
    """It lies ahead, is not absurdly long, is entered once, and its stand-in is a colleague who is there."""
    if not away.is_at_this_desk:
        yield Problem(
            code="not_at_this_desk",
            message=N_("Whoever is away works at this desk."),
            cure=N_("Choose one of the brokers of the desk."),
            field="membership_id",
        )
    if away.last_day < away.first_day:
        yield Problem(
            code="absence_ends_before_it_begins",
            message=N_("The last day comes before the first."),
            cure=N_("Choose a last day that is not earlier than the first."),
            field="last_day",
        )
    elif away.last_day < today:
        yield Problem(
            code="absence_is_over",
            message=N_("These days have passed."),
            cure=N_("Enter absences that last or lie ahead."),
            field="last_day",
        )
    elif (away.last_day - away.first_day).days > LONGEST_ABSENCE:
        yield Problem(
            code="absence_too_long",
            message=N_("That is longer than a year."),
            cure=N_("Give the cases to a colleague for good instead, and end the broker's role."),
            field="last_day",
        )
    if away.overlaps:
        yield Problem(
            code="absent_already",
            message=N_("An absence on some of these days stands there already."),
            cure=N_("Take that one out first, or choose other days."),
            field="first_day",
        )
    if away.stand_in_is_oneself or not away.stand_in_is_at_this_desk:
        yield Problem(
            code="stand_in_of_another_desk",
            message=N_("A stand-in is a colleague at the same desk."),
            cure=N_("Choose a colleague, or leave it to the desk."),
            field="stand_in_id",
        )
    elif away.stand_in_is_away:
        yield Problem(
            code="stand_in_is_away",
            message=N_("The stand-in is away on some of these days."),
            cure=N_("Choose another colleague, or leave it to the desk."),
            field="stand_in_id",
        )
