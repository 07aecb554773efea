"""Answering a request: yes with one's own priority, no with or without a reason, and what nobody answered in time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.events.models import Registration
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.meetings import queries, rules
from landbridge.meetings.actions._parts import _locked_own
from landbridge.meetings.actions.asking import _checked
from landbridge.meetings.models import Request
from landbridge.meetings.states import REQUEST_WORKFLOW, RequestMove


@transaction.atomic
def accept(*, request_id: int, by: Actor, at: datetime, priority: str = "") -> Request:
    """Say yes, and how much one wants it; without a priority it is only a yes. The sender hears of it in their news."""
    request, me, other = _locked_own(request_id, by=by, answers=True)
    _check_receiver(request, me)
    target = REQUEST_WORKFLOW.target(RequestMove.ACCEPT, of=request, by=by)
    _mine, theirs_or_organisers = queries.blocks_between(me.pk, other.pk)
    refuse_if(
        rules.problems_with_answer(
            rules.Answer(
                expires_at=queries.in_zone_of(me.event, request.expires_at),
                takes_part=queries.takes_part(me),
                is_available=queries.takes_part(other) and not theirs_or_organisers,
            ),
            at=at,
        )
    )
    if priority:
        found = queries.rules_of(me.event)
        request.answer_priority = _checked(priority, registration=me, found=found, but=(request.pk,))
    request.state, request.answered_at = target, at
    request.sender_told_at, request.receiver_told_at = None, request.receiver_told_at or at
    request.save(
        update_fields=["state", "answered_at", "answer_priority", "sender_told_at", "receiver_told_at"]
    )
    record("meeting_request.accepted", request, by=by, at=at)
    return request


@transaction.atomic
def decline(
    *, request_id: int, by: Actor, at: datetime, reason: str = "", reason_is_shown: bool = False
) -> Request:
    """Say no. Why, the organiser may read; the one who asked only where that was chosen."""
    refuse_if(rules.problems_with_reason(reason))
    request, me, _other = _locked_own(request_id, by=by, answers=True)
    _check_receiver(request, me)
    request.state = REQUEST_WORKFLOW.target(RequestMove.DECLINE, of=request, by=by)
    request.reason, request.reason_is_shown = reason.strip(), reason_is_shown and bool(reason.strip())
    request.answered_at = at
    request.sender_told_at, request.receiver_told_at = None, request.receiver_told_at or at
    request.save(
        update_fields=[
            "state", "reason", "reason_is_shown", "answered_at", "sender_told_at", "receiver_told_at"
        ]
    )  # fmt: skip
    record("meeting_request.declined", request, by=by, at=at)
    return request


@transaction.atomic
def expire(*, request_id: int, by: Actor, at: datetime) -> Request:
    """Nobody answered in time. Nothing changes where somebody answered meanwhile."""
    request = Request.objects.for_update().get(pk=request_id)
    if request.expires_at > at or not REQUEST_WORKFLOW.allows(RequestMove.EXPIRE, of=request, by=by):
        return request
    request.state = REQUEST_WORKFLOW.target(RequestMove.EXPIRE, of=request, by=by)
    request.answered_at = at
    request.sender_told_at, request.receiver_told_at = None, request.receiver_told_at or at
    request.save(update_fields=["state", "answered_at", "sender_told_at", "receiver_told_at"])
    record("meeting_request.expired", request, by=by, at=at)
    return request


def _check_receiver(request: Request, me: Registration) -> None:
    if request.receiver_id != me.pk:
        refuse(
            "not_asked",
            N_("You are the one who asked."),
            cure=N_("Wait for the answer, or withdraw the request."),
        )
