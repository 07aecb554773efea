"""What happens on the day: who may be called missing, for how long, and what a request at the bar needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from landbridge.foundation.problems import N_, Problem
from landbridge.meetings.states import Missing

NAMED_AT_MOST = 3
A_MOMENT = timedelta(minutes=1)


def problems_with_missing(
    kind: Missing, *, slot_at: datetime | None, people: int, at: datetime
) -> Iterator[Problem]:
    """Somebody is named, and for those who come late or leave early, a slot that lies ahead."""
    if not people:
        yield Problem(
            code="nobody_named",
            message=N_("Nobody who takes part was named."),
            cure=N_("Choose at least one person."),
            field="people",
        )
    if kind is not Missing.NO_SHOW and slot_at is None:
        yield Problem(
            code="slot_missing",
            message=N_("From which slot, or until which, is missing."),
            cure=N_("Choose the first slot in which they are there, or the first in which they are gone."),
            field="slot",
        )
    elif kind is Missing.LATE and slot_at is not None and slot_at <= at:
        yield Problem(
            code="slot_is_past",
            message=N_("This slot has begun."),
            cure=N_("Choose the slot in which they will be there."),
            field="slot",
        )


def stretch_of(
    kind: Missing, *, slot_at: datetime | None, at: datetime, ends_at: datetime
) -> tuple[datetime, datetime]:
    """From when to when somebody is missing."""
    if kind is Missing.LATE and slot_at is not None:
        return at, slot_at
    if kind is Missing.LEFT and slot_at is not None:
        return max(slot_at, at), max(ends_at, slot_at, at) + A_MOMENT
    return at, max(ends_at, at) + A_MOMENT


def cause_of(kind: Missing, names: Sequence[str]) -> str:
    """What happened, as the version says it."""
    named = ", ".join(names[:NAMED_AT_MOST])
    if len(names) > NAMED_AT_MOST:
        named = f"{named} and {len(names) - NAMED_AT_MOST} more"
    return f"{named}: {kind.label.lower()}."


@dataclass(frozen=True, slots=True)
class AtTheBar:
    """Two people before the organiser."""

    are_two: bool
    take_part: bool
    are_colleagues: bool
    is_blocked: bool
    meet_already: bool


def problems_with_bar(facts: AtTheBar) -> Iterator[Problem]:
    """Two different people who take part, who are no colleagues, and who do not meet anyway."""
    if not facts.are_two:
        yield Problem(code="one_person", message=N_("That is one and the same person."), field="second")
    elif not facts.take_part:
        yield Problem(
            code="takes_no_part",
            message=N_("One of the two has no place at this event, or wants no meetings."),
            cure=N_("Enter them as a guest first."),
            field="second",
        )
    elif facts.are_colleagues:
        yield Problem(
            code="same_organisation",
            message=N_("They come from the same organisation."),
            cure=N_("Meetings are between organisations; the slots are kept for those."),
        )
    elif facts.is_blocked:
        yield Problem(code="pair_is_blocked", message=N_("It was said that these two shall not meet."))
    elif facts.meet_already:
        yield Problem(
            code="meet_already",
            message=N_("These two have a meeting, or had one."),
            cure=N_("It stands in the timetable; move it there."),
        )


def problems_with_presence(*, is_cancelled: bool, starts_at: datetime, at: datetime) -> Iterator[Problem]:
    """A cancelled meeting is never a no-show, and one that lies ahead is none yet."""
    if is_cancelled:
        yield Problem(
            code="meeting_cancelled", message=N_("This meeting was cancelled; nobody was expected.")
        )
    elif at < starts_at:
        yield Problem(
            code="meeting_ahead",
            message=N_("This meeting begins on %(starts)s."),
            cure=N_("Decide afterwards who came."),
            params={"starts": starts_at},
        )
