"""What the actions of the people's side share: one's own registration, both people locked, the end of a pair."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from landbridge.events.models import Registration
from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed
from landbridge.meetings import queries
from landbridge.meetings.models import Meeting, Request, Seat
from landbridge.meetings.states import (
    MEETING_WORKFLOW,
    OPEN_REQUEST,
    REQUEST_WORKFLOW,
    Asked,
    MeetingMove,
    MeetingState,
    RequestMove,
)


def _require(permission: P, *, by: Actor) -> None:
    if not by.may(permission):
        raise NotAllowed(permission)


def _own(registration_id: int, *, by: Actor) -> Registration:
    """One's own registration; a stranger's is not there."""
    return queries.own_registrations(by).get(pk=registration_id)


def _pair(one: int, other: int, *, event_id: int) -> tuple[Registration, Registration]:
    """Both people of one event, locked, the lower number first."""
    rows = Registration.objects.for_update().filter(pk__in=[one, other], event_id=event_id)
    found = {row.pk: row for row in rows.select_related("event").order_by("pk")}
    if other not in found or one == other:
        raise Registration.DoesNotExist
    return found[one], found[other]


def _locked_own(
    request_id: int, *, by: Actor, answers: bool = False
) -> tuple[Request, Registration, Registration]:
    """A request of which one is a side, locked after both people: it, oneself, the other.

    Whoever may stand for both sides (Landbridge itself) stands for the one who is asked when it `answers`.
    """
    _require(P.EVENT_ATTEND, by=by)
    own = queries.own_registrations(by).values("pk")
    rows = Request.objects.filter(Q(sender__in=own) | Q(receiver__in=own))
    found = rows.get(pk=request_id)
    sender, receiver = _pair(found.sender_id, found.receiver_id, event_id=found.event_id)
    request = Request.objects.for_update().get(pk=request_id)
    me, other = (receiver, sender) if answers else (sender, receiver)
    is_mine = queries.own_registrations(by).filter(pk=me.pk).exists()
    return (request, me, other) if is_mine else (request, other, me)


def _end_pair(
    me: Registration, other: Registration, *, reason: str, by: Actor, at: datetime, is_silent: bool = False
) -> None:
    """Whatever is open between two ends, for whoever ends it: requests are withdrawn or declined, meetings cancelled.

    What one sent is withdrawn, what one was asked and had not answered is declined, what was agreed is withdrawn. The
    other side hears of it once: by the letter about a cancelled meeting, else in its next news.
    """
    between = [one for one in queries.requests_between(me.pk, other.pk) if one.state in OPEN_REQUEST]
    meetings = [
        meeting
        for meeting in queries.planned_between(one.pk for one in between)
        if meeting.slot.starts_at > at
    ]
    for request in Request.objects.for_update().filter(pk__in=[one.pk for one in between]).order_by("pk"):
        _end_one(request, me, reason=reason, is_told=bool(meetings) or is_silent, by=by, at=at)
    for meeting in meetings:
        _call_off(meeting, reason=reason, tell_to=[] if is_silent else [other], by=by, at=at)


def _end_one(
    request: Request, me: Registration, *, reason: str, is_told: bool, by: Actor, at: datetime
) -> None:
    was_agreed, is_mine = request.state == Asked.ACCEPTED, request.sender_id == me.pk
    if is_mine or was_agreed:
        request.state = REQUEST_WORKFLOW.target(RequestMove.WITHDRAW, of=request, by=by)
    else:
        request.state = REQUEST_WORKFLOW.target(RequestMove.DECLINE, of=request, by=by)
    request.reason, request.answered_at = reason.strip(), at
    told = at if is_told or (is_mine and not was_agreed) else None
    if is_mine:
        request.receiver_told_at = told
    else:
        request.sender_told_at = told
    request.save(update_fields=["state", "reason", "answered_at", "sender_told_at", "receiver_told_at"])
    record(f"meeting_request.{request.state}", request, by=by, at=at, was_agreed=was_agreed)


def _call_off(
    meeting: Meeting, *, reason: str, tell_to: Iterable[Registration], by: Actor, at: datetime
) -> None:
    """A planned meeting is cancelled: both seats are free, calendars hear of it, and those named get a letter.

    The move is Landbridge's own: people end what they agreed to, and the meeting follows.
    """
    meeting = Meeting.objects.for_update().select_related("event", "slot").get(pk=meeting.pk)
    if meeting.state != MeetingState.PLANNED:
        return
    meeting.state = MEETING_WORKFLOW.target(MeetingMove.CANCEL, of=meeting, by=SYSTEM)
    meeting.sequence += 1
    meeting.reason, meeting.changed_at, meeting.ended_at = reason.strip()[:300], at, at
    meeting.save(update_fields=["state", "sequence", "reason", "changed_at", "ended_at"])
    Seat.objects.filter(meeting=meeting).update(is_taken=False)
    record("meeting.called_off", meeting, by=by, at=at)
    sides = {meeting.first_id: meeting.second_id, meeting.second_id: meeting.first_id}
    for person in tell_to:
        away = Registration.objects.get(pk=sides[person.pk])
        tell(
            "meetings/called_off",
            meeting,
            to=[queries.recipient_of(person)],
            at=at,
            context={
                "event": meeting.event.title,
                "other": str(away),
                "starts_at": queries.in_zone_of(meeting.event, meeting.slot.starts_at),
            },
        )
