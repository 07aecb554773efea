"""Booking by oneself: an accepted request takes a free slot and a table at once, by the engine of the timetable."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from landbridge.algorithms.timetable import Person, Problem, Wish, repair
from landbridge.events.models import Event, Registration
from landbridge.events.states import S as EventState
from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.tell import tell_each
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, NotAllowed, Refused, refuse, refuse_if
from landbridge.meetings.actions._versions import _begin, _locked_rules
from landbridge.meetings.models import Meeting, MeetingRules, Request
from landbridge.meetings.queries import letters
from landbridge.meetings.queries.material import pair_of
from landbridge.meetings.queries.spots import Board
from landbridge.meetings.queries.versions import Changes, Planned, Spot
from landbridge.meetings.rules import booking
from landbridge.meetings.states import Asked

MOST_TRIES = 5


@transaction.atomic
def book(*, request_id: int, slot_id: int | None = None, by: Actor, at: datetime) -> Meeting:
    """One of the two takes `slot_id`, or the first slot that is free for both, and a table; both hear of it.

    Whoever comes second to a seat or a table is given another slot; where one was named, or none is left, refused.
    """
    if not by.may(P.EVENT_ATTEND):
        raise NotAllowed(P.EVENT_ATTEND)
    request = _own(request_id, by=by)
    event, rules = request.event, _locked_rules(request.event)
    request = Request.objects.for_update().select_related("event").get(pk=request.pk)
    pair = pair_of(request.sender_id, request.receiver_id)
    met = Meeting.objects.filter(event=event, first__in=pair, second__in=pair).standing()
    refuse_if(
        booking.problems_with_booking(
            booking.Booking(
                may_book=rules.may_book_oneself and event.state == EventState.PUBLISHED,
                is_accepted=request.state == Asked.ACCEPTED,
                meet_already=met.exists(),
            )
        )
    )
    tried: set[int] = set()
    for _attempt in range(MOST_TRIES):
        spot = _found(event, rules, pair, slot_id=slot_id, without=tried, at=at)
        try:
            with transaction.atomic():
                (meeting,) = _begin(event, rules, None, (Planned(request.pk, pair, spot),), at=at)
        except IntegrityError:
            tried.add(spot.slot_id)
            continue
        record("meeting.booked", meeting, by=by, at=at, slot=spot.slot_id, table=spot.table_id)
        planned = Changes(added=(Planned(request.pk, pair, spot),))
        tell_each(
            "meetings/changed",
            letters.changes_for(event, planned),
            at=at,
            key=f"meetings/booked|{meeting.pk}",
        )
        return meeting
    raise Refused([booking.NO_SLOT_LEFT])


def _own(request_id: int, *, by: Actor) -> Request:
    """A request of which one is a side."""
    rows = Request.objects.visible_to(by).select_related("event")
    if by.role is not Role.SYSTEM:
        own = Registration.objects.of_person(by).values("pk")
        rows = rows.filter(sender__in=own) | rows.filter(receiver__in=own)
    return rows.get(pk=request_id)


def _found(
    event: Event,
    rules: MeetingRules,
    pair: tuple[int, int],
    *,
    slot_id: int | None,
    without: set[int],
    at: datetime,
) -> Spot:
    """A free slot and table: an insertion into what stands, of which nothing is moved."""
    board = Board(event, rules, pair, at=at)
    openings = [
        one for one in board.openings() if one.slot_id not in without and slot_id in (None, one.slot_id)
    ]
    if not openings:
        if slot_id is not None and board.openings():
            refuse(
                "slot_taken_meanwhile",
                N_("This slot is no longer free for both of you."),
                cure=N_("Choose another one."),
                field="slot",
            )
        raise Refused([booking.NO_SLOT_LEFT])
    problem = Problem(
        slots=len(openings),
        tables=tuple(one.tables for one in openings),
        people=tuple(Person(key=key, slots=tuple(range(len(openings)))) for key in pair),
        wishes=(Wish(key=1, first=pair[0], second=pair[1], weight=1, needs_table=board.needs_table),),
    )
    (placed,) = repair(problem, ()).added
    return Spot(openings[placed.slot].slot_id, placed.table)
