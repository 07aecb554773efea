"""Sessions: booked in a coach's free time, cancelled by either side, entered with hours, never beyond the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from landbridge.coaching.rules.free_time import Stretch, left_of, overlap
from landbridge.foundation.problems import N_, Problem

LENGTHS = (30, 60, 90, 120, 180, 240)  # minutes
STEP = timedelta(minutes=30)
NOTICE = timedelta(hours=24)  # who cancels later than this before the beginning is late
DAYS_AHEAD = 60
MOST_HOURS_OF_A_SESSION = Decimal(12)
HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Free:
    """A stretch in which a coach is free, and what of it is booked."""

    pk: int
    stretch: Stretch
    booked: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Booking:
    """What the rules want to know before a session is booked."""

    wanted: Stretch
    free: Stretch
    booked: tuple[Stretch, ...]  # the coach's other sessions
    elsewhere: tuple[Stretch, ...]  # the company's sessions with other coaches
    hours_left: Decimal


def openings(free: Iterable[Free], *, minutes: int, at: datetime) -> list[tuple[int, Stretch]]:
    """Where a session of this length fits: the free time it lies in, and from when until when; every half hour."""
    length, found = timedelta(minutes=minutes), []
    for one in free:
        for left in left_of(one.stretch, one.booked):
            begins = _on_grid(left.starts_at, since=one.stretch.starts_at)
            while begins + length <= left.ends_at:
                if begins > at:
                    found.append((one.pk, Stretch(begins, begins + length)))
                begins += STEP
    return sorted(found, key=lambda opening: (opening[1].starts_at, opening[0]))


def _on_grid(moment: datetime, *, since: datetime) -> datetime:
    """The first half hour, counted from the beginning of the free time, that is not before the moment."""
    return since + STEP * -(-(moment - since) // STEP)


def problems_with_booking(booking: Booking, *, at: datetime) -> Iterator[Problem]:
    """It lies ahead and inside the free time, is not taken, leaves the company free, and the plan's hours suffice."""
    wanted = booking.wanted
    if wanted.starts_at <= at:
        yield Problem(
            code="session_has_begun",
            message=N_("This time has begun already."),
            cure=N_("Choose a later one."),
            field="opening",
        )
    if wanted.length / timedelta(minutes=1) not in LENGTHS:
        yield Problem(
            code="session_of_no_length",
            message=N_("Sessions are between half an hour and four hours long."),
            cure=N_("Choose one of the lengths."),
            field="opening",
        )
    if wanted.starts_at < booking.free.starts_at or wanted.ends_at > booking.free.ends_at:
        yield Problem(
            code="session_outside",
            message=N_("The coach is not free for all of that time."),
            cure=N_("Choose one of the times that are offered."),
            field="opening",
        )
    if any(overlap(wanted, other) for other in booking.booked):
        yield Problem(
            code="session_taken",
            message=N_("Somebody else has just booked this time."),
            cure=N_("Choose another one; the list is fresh."),
            field="opening",
        )
    if any(overlap(wanted, other) for other in booking.elsewhere):
        yield Problem(
            code="session_clashes",
            message=N_("Your company has another coaching session then."),
            cure=N_("Choose another time, or cancel the other session first."),
            field="opening",
        )
    if hours_in(wanted) > booking.hours_left:
        yield Problem(
            code="hours_used_up",
            message=N_("The plan has %(left)s hours left that are neither used nor booked."),
            cure=N_("Choose a shorter session."),
            field="opening",
            params={"left": max(booking.hours_left, Decimal(0))},
        )


def hours_in(stretch: Stretch) -> Decimal:
    """Its length in hours."""
    return Decimal(int(stretch.length / timedelta(minutes=1))) / 60


def is_late(*, starts_at: datetime, at: datetime) -> bool:
    """Whether a session that is cancelled now is cancelled late."""
    return at > starts_at - NOTICE


def problems_with_cancelling(*, starts_at: datetime, at: datetime) -> Iterator[Problem]:
    """A session is cancelled before it begins."""
    if at >= starts_at:
        yield Problem(
            code="session_began",
            message=N_("The session has begun; it cannot be cancelled any more."),
            cure=N_("The coach enters its hours, or that nobody came."),
        )


def problems_with_entering(
    *,
    starts_at: datetime,
    hours: Decimal | None,
    others: Sequence[Decimal],
    plan_hours: Decimal,
    at: datetime,
) -> Iterator[Problem]:
    """Hours are entered once it has begun, by halves, and with all others never more than the plan has.

    `hours` is None where nobody came, and nothing counts.
    """
    if at < starts_at:
        yield Problem(
            code="session_lies_ahead",
            message=N_("This session lies ahead."),
            cure=N_("Enter it once it was held."),
        )
    if hours is None:
        return
    if not 0 < hours <= MOST_HOURS_OF_A_SESSION or hours % HALF:
        yield Problem(
            code="hours_not_sensible",
            message=N_("Hours are counted by halves, up to twelve."),
            cure=N_("Write for example 1.5 or 2."),
            field="hours",
        )
    left = plan_hours - sum(others, start=Decimal(0))
    if hours > left:
        yield Problem(
            code="hours_over_plan",
            message=N_("The plan has %(left)s hours left."),
            cure=N_("Enter what the plan covers; more is between you and the company."),
            field="hours",
            params={"left": max(left, Decimal(0))},
        )
