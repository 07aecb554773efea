"""The organiser's hand: place, move, swap, cancel, lock. Each is a version of its own, and told to both at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.events.models import Event, Slot
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.foundation.reasons import problems_with as problems_with_reason
from landbridge.meetings.actions._versions import _opened, _published
from landbridge.meetings.models import Meeting, MeetingRules, Request
from landbridge.meetings.queries.material import STANDING, Pair, Standing, pair_of
from landbridge.meetings.queries.spots import Board
from landbridge.meetings.queries.versions import Changes, Planned, Spot
from landbridge.meetings.rules.asking import LONGEST_REASON
from landbridge.meetings.rules.spots import problems_with_spot
from landbridge.meetings.states import (
    OPEN_REQUEST,
    REQUEST_WORKFLOW,
    Asked,
    MeetingState,
    RequestMove,
    RunKind,
)


@transaction.atomic
def place(
    *, request_id: int, slot_id: int, table_id: int | None, is_locked: bool = True, by: Actor, at: datetime
) -> Meeting:
    """Place a request that has no meeting; by default it then stays there."""
    request = Request.objects.visible_to(by).get(pk=request_id)
    event, rules = _opened(request.event_id, by=by)
    request = Request.objects.for_update().get(pk=request_id)
    pair = pair_of(request.sender_id, request.receiver_id)
    _refuse_unless_accepted(request)
    standing = Meeting.objects.filter(event=event, first__in=pair, second__in=pair).standing()
    if standing.exists():
        refuse("meet_already", N_("These two have a meeting, or had one."), cure=N_("Move that one."))
    spot = _checked(event, rules, pair, Spot(slot_id, table_id), ignoring=(), at=at)
    changes = Changes(added=(Planned(request.pk, pair, spot, is_locked),))
    cause = "Placed by hand"
    _published(event, rules, changes, kind=RunKind.BY_HAND, cause=cause, by=by, at=at)
    return Meeting.objects.standing().get(request=request)


@transaction.atomic
def move(
    *,
    meeting_id: int,
    slot_id: int,
    table_id: int | None,
    reason: str = "",
    is_locked: bool = True,
    by: Actor,
    at: datetime,
) -> Meeting:
    """Move a planned meeting; it stays the same meeting, and by default stays where it now is."""
    event, rules, meeting = _planned(meeting_id, by=by)
    _refuse_begun(meeting, at=at)
    pair = pair_of(meeting.first_id, meeting.second_id)
    spot = _checked(event, rules, pair, Spot(slot_id, table_id), ignoring=(meeting.pk,), at=at)
    if spot == (meeting.slot_id, meeting.table_id):
        refuse(
            "is_there_already",
            N_("The meeting is there already."),
            cure=N_("Choose another slot or table. To keep it where it is, lock it."),
            field="slot",
        )
    changes = Changes(moved=((_standing(meeting), spot),))
    said = reason.strip()[:LONGEST_REASON]
    cause = said or "Moved by hand"
    _published(event, rules, changes, kind=RunKind.BY_HAND, cause=cause, reason=said, by=by, at=at)
    Meeting.objects.filter(pk=meeting.pk).update(is_locked=is_locked, reason=said)
    return Meeting.objects.get(pk=meeting.pk)


@transaction.atomic
def swap(*, meeting_id: int, other_id: int, by: Actor, at: datetime) -> Meeting:
    """Two meetings change places: slot and table, or only one of them where they share the other."""
    event, rules, meeting = _planned(meeting_id, by=by)
    other = Meeting.objects.for_update().filter(event=event, state=MeetingState.PLANNED).get(pk=other_id)
    both = (meeting.pk, other.pk)
    for one in (meeting, other):
        _refuse_begun(one, at=at)
    if meeting.pk == other.pk:
        refuse("swaps_with_itself", N_("That is the same meeting."), cure=N_("Choose another one."))
    moved = []
    for one, target in ((meeting, other), (other, meeting)):
        pair = pair_of(one.first_id, one.second_id)
        spot = _checked(event, rules, pair, Spot(target.slot_id, target.table_id), ignoring=both, at=at)
        moved.append((_standing(one), spot))
    shared = {meeting.first_id, meeting.second_id} & {other.first_id, other.second_id}
    changes = Changes(moved=tuple(moved))
    cause = "Swapped by hand" if not shared else "Swapped by hand, for somebody who is in both"
    _published(event, rules, changes, kind=RunKind.BY_HAND, cause=cause, by=by, at=at)
    return Meeting.objects.get(pk=meeting.pk)


@transaction.atomic
def cancel(*, meeting_id: int, reason: str, by: Actor, at: datetime) -> Meeting:
    """Cancel a planned meeting for good: its requests end with it, so that no repair brings it back."""
    event, rules, meeting = _planned(meeting_id, by=by)
    _refuse_begun(meeting, at=at)
    refuse_if(
        problems_with_reason(
            reason, cure=N_("Say in a sentence why; both people read it."), longest=LONGEST_REASON
        )
    )
    pair = pair_of(meeting.first_id, meeting.second_id)
    requests = Request.objects.for_update().filter(
        event=event, sender__in=pair, receiver__in=pair, state__in=OPEN_REQUEST
    )
    for request in requests:
        request.state = REQUEST_WORKFLOW.target(RequestMove.WITHDRAW, of=request, by=by)
        request.reason = reason.strip()
        request.save(update_fields=["state", "reason"])
    changes = Changes(cancelled=(_standing(meeting),))
    said = reason.strip()
    _published(event, rules, changes, kind=RunKind.BY_HAND, cause=said, reason=said, by=by, at=at)
    return Meeting.objects.get(pk=meeting.pk)


@transaction.atomic
def lock(*, meeting_id: int, by: Actor, at: datetime) -> Meeting:
    """No plan and no repair moves it any more."""
    return _keep(meeting_id, is_locked=True, by=by, at=at)


@transaction.atomic
def unlock(*, meeting_id: int, by: Actor, at: datetime) -> Meeting:
    """Plans and repairs may move it again."""
    return _keep(meeting_id, is_locked=False, by=by, at=at)


def _keep(meeting_id: int, *, is_locked: bool, by: Actor, at: datetime) -> Meeting:
    _event, _rules, meeting = _planned(meeting_id, by=by)
    meeting.is_locked = is_locked
    meeting.save(update_fields=["is_locked"])
    record("meeting.lock_changed", meeting, by=by, at=at, is_locked=is_locked)
    return meeting


def _planned(meeting_id: int, *, by: Actor) -> tuple[Event, MeetingRules, Meeting]:
    event_id = Meeting.objects.visible_to(by).values_list("event_id", flat=True).get(pk=meeting_id)
    event, rules = _opened(event_id, by=by)
    meeting = Meeting.objects.for_update().get(pk=meeting_id)
    if meeting.state != MeetingState.PLANNED:
        refuse(
            "meeting_not_planned",
            N_("This meeting is over or cancelled."),
            cure=N_("Look at the timetable again; it shows where things stand."),
        )
    return event, rules, meeting


def _refuse_begun(meeting: Meeting, *, at: datetime) -> None:
    if Slot.objects.filter(pk=meeting.slot_id, starts_at__lte=at).exists():
        refuse(
            "meeting_has_begun",
            N_("This meeting has begun or is over."),
            cure=N_("Say afterwards who came."),
        )


def _refuse_unless_accepted(request: Request) -> None:
    if request.state != Asked.ACCEPTED:
        refuse(
            "request_not_accepted",
            N_("Only a request that both sides agreed to is placed."),
            cure=N_("Ask the two; at the bar you can enter what they tell you."),
        )


def _checked(
    event: Event,
    rules: MeetingRules,
    pair: Pair,
    spot: Spot,
    *,
    ignoring: tuple[int, ...],
    at: datetime,
) -> Spot:
    """The place, or the reasons against it."""
    board = Board(event, rules, pair, at=at, ignoring=ignoring)
    slot = Slot.objects.get(event=event, pk=spot.slot_id)
    table_id = spot.table_id if board.needs_table and spot.table_id in board.grid.tables else None
    refuse_if(problems_with_spot(board.chosen(slot, table_id), at=at))
    return Spot(slot.pk, table_id)


def _standing(meeting: Meeting) -> Standing:
    return Standing(*(getattr(meeting, name) for name in STANDING))
