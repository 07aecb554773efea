"""The programme: sessions lie within the event, and a room has one session at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from landbridge.events.rules.moving import Stretch
from landbridge.events.states import SessionKind
from landbridge.foundation.problems import N_, Problem

MOST_SESSIONS = 200
MOST_ROOMS = 60
MOST_TABLES = 1000
LONGEST_SESSION = timedelta(hours=16)
MOST_PLACES = 100_000


@dataclass(frozen=True, slots=True)
class Planned:
    """A session as the rules read it."""

    title: str
    kind: str
    when: Stretch
    room: int | None = None
    needs_sign_up: bool = False
    capacity: int | None = None


def problems_with_session_plan(
    session: Planned,
    *,
    others: Iterable[Planned],
    starts_at: datetime,
    ends_at: datetime,
    room_places: int | None = None,
) -> Iterator[Problem]:
    """A session lies within its event, alone in its room, for no more people than the room holds."""
    yield from _problems_with_time(session.when, starts_at=starts_at, ends_at=ends_at)
    if session.room is not None:
        for other in others:
            if other.room == session.room and other.when.overlaps(session.when):
                yield Problem(
                    code="room_taken",
                    message=N_("“%(session)s” is in this room then, from %(starts_at)s."),
                    cure=N_("Choose another room or another time."),
                    field="room",
                    params={"session": other.title, "starts_at": other.when.starts_at},
                )
    if session.capacity is not None and room_places is not None and session.capacity > room_places:
        yield Problem(
            code="room_too_small",
            message=N_("The room has %(places)s places."),
            cure=N_("Choose a larger room, or let fewer people sign up."),
            field="capacity",
            params={"places": room_places},
        )
    if session.kind == SessionKind.BREAK and session.needs_sign_up:
        yield Problem(
            code="break_with_sign_up",
            message=N_("Nobody signs up for a break."),
            cure=N_("Take the tick away, or choose another kind."),
            field="needs_sign_up",
        )


def _problems_with_time(when: Stretch, *, starts_at: datetime, ends_at: datetime) -> Iterator[Problem]:
    if when.ends_at <= when.starts_at:
        yield Problem(
            code="session_ends_first",
            message=N_("The session ends before it begins."),
            cure=N_("Give an end that is later."),
            field="ends_at",
        )
        return
    if when.starts_at < starts_at or when.ends_at > ends_at:
        yield Problem(
            code="session_outside",
            message=N_("The session lies outside the event."),
            cure=N_("The event begins at %(starts_at)s and ends at %(ends_at)s."),
            field="starts_at" if when.starts_at < starts_at else "ends_at",
            params={"starts_at": starts_at, "ends_at": ends_at},
        )
    elif when.length > LONGEST_SESSION:
        yield Problem(
            code="session_too_long",
            message=N_("A session of more than %(hours)s hours is none."),
            cure=N_("Divide it by days."),
            field="ends_at",
            params={"hours": LONGEST_SESSION // timedelta(hours=1)},
        )


def problems_with_number(count: int, *, more: int, most: int, field: str = "") -> Iterator[Problem]:
    """Rooms, sessions and tables are not without number."""
    if count + more > most:
        yield Problem(
            code="too_many",
            message=N_("There can be %(most)s at most; there are %(count)s."),
            cure=N_("Take some away first."),
            field=field,
            params={"most": most, "count": count},
        )
