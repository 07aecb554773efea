"""Not wanting to meet somebody, taking that back, and leaving the event with everything that was agreed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.events.models import Registration
from landbridge.events.states import TAKING_PART
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, NotAllowed, refuse, refuse_if
from landbridge.meetings import queries, rules
from landbridge.meetings.actions._parts import _call_off, _end_pair, _own, _pair, _require
from landbridge.meetings.models import Block


@transaction.atomic
def block(*, registration_id: int, other_id: int, by: Actor, at: datetime, reason: str = "") -> Block:
    """Meet somebody under no circumstances. They never learn of it: what was open looks like a no.

    The reason is for oneself and the organiser. Possible at any time: a meeting that has begun stays what it was.
    """
    _require(P.EVENT_ATTEND, by=by)
    refuse_if(rules.problems_with_reason(reason))
    own = _own(registration_id, by=by)
    me, other = _pair(own.pk, other_id, event_id=own.event_id)
    first, second = sorted((me.pk, other.pk))
    found, is_new = Block.objects.get_or_create(
        event_id=me.event_id, first_id=first, second_id=second, set_by=me,
        defaults={"reason": reason.strip(), "set_at": at},
    )  # fmt: skip
    if is_new:
        _end_pair(me, other, reason="", by=by, at=at)
        record("meeting.blocked", found, by=by, at=at)
    return found


@transaction.atomic
def unblock(*, registration_id: int, other_id: int, by: Actor, at: datetime) -> Registration:
    """Take it back; what was ended stays ended."""
    _require(P.EVENT_ATTEND, by=by)
    me = _own(registration_id, by=by)
    first, second = sorted((me.pk, other_id))
    found = Block.objects.filter(first_id=first, second_id=second, set_by=me).first()
    if found is None:
        refuse("not_blocked", N_("You have not said that you do not want to meet this person."))
    record("meeting.unblocked", found, by=by, at=at)
    found.delete()
    return me


@transaction.atomic
def leave(*, registration_id: int, by: Actor, at: datetime) -> Registration:
    """Somebody does not come: what was asked and agreed ends, meetings ahead are cancelled, the others are told once.

    For oneself, for Landbridge and for the organisers of the event. Twice is once.
    """
    rows = Registration.objects.visible_to(by).for_update().select_related("event")
    registration = rows.get(pk=registration_id)
    is_own = queries.own_registrations(by).filter(pk=registration_id).exists()
    if not is_own and not by.may(P.REGISTRATION_DECIDE):
        raise NotAllowed(P.REGISTRATION_DECIDE)
    if registration.state in TAKING_PART:
        refuse(
            "takes_part",
            N_("This person takes part."),
            cure=N_("Cancel the registration first; the meetings follow."),
        )
    others = queries.others_with(registration.pk, at=at)
    for pk in others:
        me, other = _pair(registration.pk, pk, event_id=registration.event_id)
        _end_pair(me, other, reason="", by=by, at=at)
    for meeting in queries.planned_ahead(registration.pk, at=at):
        both = {meeting.first_id: meeting.first, meeting.second_id: meeting.second}
        told = [person for pk, person in both.items() if pk != registration.pk]
        _call_off(meeting, reason="", tell_to=told, by=by, at=at)
    if others:
        record("meeting.left", registration, by=by, at=at, people=len(others))
    return registration
