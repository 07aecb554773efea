"""Who came to a meeting of which one side says that it did not happen: the organiser decides."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from landbridge.events.models import Event
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed, refuse_if
from landbridge.meetings.models import Meeting, Seat
from landbridge.meetings.rules.the_day import problems_with_presence
from landbridge.meetings.states import MEETING_WORKFLOW, MeetingMove, MeetingState


@transaction.atomic
def decide_presence(*, seat_id: int, came: bool, by: Actor, at: datetime) -> Meeting:
    """One of the two came, or did not. Somebody missing is a no-show; both there, it was held."""
    meeting = _open(Seat.objects.values_list("meeting_id", flat=True).get(pk=seat_id), by=by, at=at)
    seats = {seat.pk: seat for seat in meeting.seats.for_update()}
    known = {pk: seat.came for pk, seat in seats.items()} | {seat_id: came}
    return _decide(meeting, seats, known, by=by, at=at)


@transaction.atomic
def decide_who_came(
    *, meeting_id: int, registration_ids: Collection[int], by: Actor, at: datetime
) -> Meeting:
    """These of the two came; who is not among them did not."""
    meeting = _open(meeting_id, by=by, at=at)
    seats = {seat.pk: seat for seat in meeting.seats.for_update()}
    known: dict[int, bool | None] = {
        pk: seat.registration_id in registration_ids for pk, seat in seats.items()
    }
    return _decide(meeting, seats, known, by=by, at=at)


def _open(meeting_id: int, *, by: Actor, at: datetime) -> Meeting:
    if not by.may(P.MEETING_PLAN):
        raise NotAllowed(P.MEETING_PLAN)
    meeting = Meeting.objects.for_update().select_related("slot", "event").get(pk=meeting_id)
    Event.objects.kept_by(by).get(pk=meeting.event_id)
    refuse_if(
        problems_with_presence(
            is_cancelled=meeting.state == MeetingState.CANCELLED, starts_at=meeting.slot.starts_at, at=at
        )
    )
    return meeting


def _decide(
    meeting: Meeting, seats: dict[int, Seat], known: dict[int, bool | None], *, by: Actor, at: datetime
) -> Meeting:
    for pk, seat in seats.items():
        seat.came = known[pk]
    Seat.objects.bulk_update(list(seats.values()), ["came"])
    if False in known.values() and meeting.state != MeetingState.NO_SHOW:
        meeting.state = MEETING_WORKFLOW.target(MeetingMove.MISS, of=meeting, by=by)
    elif all(known.values()) and meeting.state != MeetingState.HELD:
        meeting.state = MEETING_WORKFLOW.target(MeetingMove.HOLD, of=meeting, by=by)
    if meeting.state != MeetingState.PLANNED:
        meeting.ended_at = at
    meeting.save(update_fields=["state", "ended_at"])
    record(
        "meeting.presence_decided",
        meeting,
        by=by,
        at=at,
        state=meeting.state,
        came=[str(seat.registration_id) for seat in seats.values() if seat.came],
    )
    return meeting
