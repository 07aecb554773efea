"""When somebody is there: slots they ticked, sessions they have chosen, and the door on the day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from landbridge.events.states import Registered
from landbridge.foundation.problems import N_, Problem

# The clock of a telephone may be wrong, and it may have been offline for long: beyond this its time is not believed.
BEFORE_THE_DOORS = timedelta(hours=18)
AFTER_THE_END = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time: of a slot, or of a session."""

    key: int
    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: Span) -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def free_of(slots: Iterable[Span], *, ticked: Iterable[int], busy: Iterable[Span]) -> set[int]:
    """The slots that were ticked and in which no chosen session lies."""
    taken, wanted = tuple(busy), set(ticked)
    return {
        slot.key for slot in slots if slot.key in wanted and not any(slot.overlaps(each) for each in taken)
    }


def problems_with_session(
    session: Span,
    *,
    needs_sign_up: bool,
    capacity: int | None,
    taken: int,
    others: Iterable[tuple[str, Span]],
    at: datetime,
) -> Iterator[Problem]:
    """A session for which one signs up has room, lies ahead, and overlaps no other that was chosen."""
    if not needs_sign_up:
        yield Problem(code="session_open_to_all", message=N_("This session needs no place: just come."))
        return
    if at >= session.starts_at:
        yield Problem(code="session_begun", message=N_("This session has begun."))
    if capacity is not None and taken >= capacity:
        yield Problem(
            code="session_full",
            message=N_("All %(most)s places of this session are taken."),
            cure=N_("Look again later: somebody may give a place back."),
            params={"most": capacity},
        )
    for title, other in others:
        if session.overlaps(other):
            yield Problem(
                code="sessions_overlap",
                message=N_("It overlaps “%(session)s”, for which you have a place."),
                cure=N_("Give that place back first."),
                params={"session": title},
            )


def problems_with_slots(chosen: Iterable[int], *, known: Iterable[int]) -> Iterator[Problem]:
    """Only slots of this event can be ticked."""
    if set(chosen) - set(known):
        yield Problem(
            code="slot_unknown",
            message=N_("A slot that was ticked does not exist any more."),
            cure=N_("The timetable was changed. Tick again when you are there."),
        )


def believed(
    scanned_at: datetime, *, starts_at: datetime, ends_at: datetime, received_at: datetime
) -> datetime:
    """The moment of a scan by the telephone's clock where that can be, else when it reached us."""
    can_be = starts_at - BEFORE_THE_DOORS <= scanned_at <= ends_at + AFTER_THE_END
    return scanned_at if can_be and scanned_at <= received_at + timedelta(minutes=5) else received_at


def problems_at_the_door(state: str) -> Iterator[Problem]:
    """Why somebody with a known code is not let in."""
    says = {
        Registered.DRAFT: N_("This registration was never handed in."),
        Registered.SUBMITTED: N_("The organiser has not decided on this registration yet."),
        Registered.WAITING: N_("This person is on the waiting list and has no place."),
        Registered.REJECTED: N_("This registration was not admitted."),
        Registered.CANCELLED: N_("This registration was cancelled."),
    }
    if state in says:
        yield Problem(
            code=f"comes_as_{state}",
            message=says[Registered(state)],
            cure=N_("Ask an organiser: they can give a place in the list of registrations."),
        )
