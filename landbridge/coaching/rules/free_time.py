"""A coach's free time: stretches that never overlap, laid one by one or by a weekly pattern, safe when clocks change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from landbridge.foundation.problems import N_, Problem

LONGEST_STRETCH = timedelta(hours=12)
SHORTEST_STRETCH = timedelta(minutes=30)
FURTHEST = timedelta(days=366)
MOST_WEEKS = 26


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when until when, in UTC."""

    starts_at: datetime
    ends_at: datetime

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at


@dataclass(frozen=True, slots=True)
class Weekly:
    """The same hours, as the clock on the wall shows them, on some days of each week."""

    weekdays: frozenset[int]  # 0 is Monday
    begins: time
    ends: time
    first_day: date
    weeks: int


def overlap(one: Stretch, other: Stretch) -> bool:
    """Whether the two share a moment; what ends when the other begins does not."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def stretches_of(pattern: Weekly, *, zone: str) -> list[Stretch]:
    """The pattern's stretches in order, at the same time on the wall in summer and winter.

    A time that the clocks skip is the one an hour later; of a time that they show twice the first is meant. What is
    left without length on such a day is left out.
    """
    found = []
    for number in range(pattern.weeks * 7):
        day = pattern.first_day + timedelta(days=number)
        if day.weekday() in pattern.weekdays:
            stretch = Stretch(_moment(day, pattern.begins, zone), _moment(day, pattern.ends, zone))
            if stretch.length >= SHORTEST_STRETCH:
                found.append(stretch)
    return found


def left_of(stretch: Stretch, taken: Iterable[Stretch]) -> list[Stretch]:
    """What is left of a stretch once others have taken their part, in order."""
    left, begins = [], stretch.starts_at
    for one in sorted((one for one in taken if overlap(one, stretch)), key=lambda one: one.starts_at):
        if one.starts_at > begins:
            left.append(Stretch(begins, one.starts_at))
        begins = max(begins, one.ends_at)
    if begins < stretch.ends_at:
        left.append(Stretch(begins, stretch.ends_at))
    return left


def hours_of(stretches: Iterable[Stretch]) -> float:
    """How long they are together."""
    return sum((one.length for one in stretches), start=timedelta()) / timedelta(hours=1)


def problems_with_stretch(stretch: Stretch, *, others: Sequence[Stretch], at: datetime) -> Iterator[Problem]:
    """It lies ahead, within a year, has a sensible length, and shares no moment with another of the same coach."""
    if stretch.length < SHORTEST_STRETCH:
        yield Problem(
            code="stretch_too_short",
            message=N_("Free time is half an hour long at least."),
            cure=N_("Give an end that is later."),
            field="ends_at",
        )
    elif stretch.length > LONGEST_STRETCH:
        yield Problem(
            code="stretch_too_long",
            message=N_("Free time is twelve hours long at most."),
            cure=N_("Give each day its own."),
            field="ends_at",
        )
    if stretch.starts_at <= at:
        yield Problem(
            code="stretch_has_begun",
            message=N_("Free time is laid before it begins."),
            cure=N_("Give a moment that lies ahead."),
            field="starts_at",
        )
    elif stretch.starts_at > at + FURTHEST:
        yield Problem(
            code="stretch_too_far",
            message=N_("That is more than a year ahead."),
            cure=N_("Lay time for the coming months."),
            field="starts_at",
        )
    if any(overlap(stretch, other) for other in others):
        yield Problem(
            code="stretch_overlaps",
            message=N_("You are free in these hours already."),
            cure=N_("Free time never overlaps. Choose other hours, or take the former away first."),
            field="starts_at",
        )


def problems_with_pattern(pattern: Weekly, *, today: date) -> Iterator[Problem]:
    """It names days, has a sensible length, begins today or later, and ends within half a year."""
    if not pattern.weekdays:
        yield Problem(
            code="no_weekday",
            message=N_("No day of the week is ticked."),
            cure=N_("Tick the days on which you are free."),
            field="weekdays",
        )
    length = datetime.combine(today, pattern.ends) - datetime.combine(today, pattern.begins)
    if not SHORTEST_STRETCH <= length <= LONGEST_STRETCH:
        yield Problem(
            code="pattern_of_no_length",
            message=N_("Free time is between half an hour and twelve hours long, within one day."),
            cure=N_("Give an end that is later on the same day."),
            field="ends",
        )
    if not 1 <= pattern.weeks <= MOST_WEEKS:
        yield Problem(
            code="weeks_out_of_range",
            message=N_("A pattern lasts between 1 and %(most)s weeks."),
            cure=N_("Choose a number in between."),
            field="weeks",
            params={"most": MOST_WEEKS},
        )
    if not today <= pattern.first_day <= today + FURTHEST:
        yield Problem(
            code="pattern_not_ahead",
            message=N_("The first day is today or lies ahead, within a year."),
            cure=N_("Choose another first day."),
            field="first_day",
        )


def _moment(day: date, wall: time, zone: str) -> datetime:
    """The moment at which a clock in the zone shows this time; a skipped time moves on by what was skipped."""
    return datetime.combine(day, wall, tzinfo=ZoneInfo(zone)).astimezone(UTC)
