"""Asking somebody to meet, taking it back, and saying how much one wants it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.events.models import Registration
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.meetings import queries, rules
from landbridge.meetings.actions._parts import _end_pair, _locked_own, _own, _pair, _require
from landbridge.meetings.models import MeetingRules, Request
from landbridge.meetings.states import REQUEST_WORKFLOW, Asked, Priority, RequestMove


@transaction.atomic
def ask(
    *,
    sender_id: int,
    receiver_id: int,
    sentence: str,
    priority: str,
    by: Actor,
    at: datetime,
    origin: str = rules.ASKED,
) -> Request:
    """Ask somebody for a meeting. It holds no slot. Where they have asked as well, both requests are accepted at once.

    Both people are locked, the lower number first: two who ask each other at the same moment wait for one another,
    and the second finds the first one's request. An `origin` other than one's own asking is not bound to the days of
    asking, but to the event: interest in a pitch arises on the day.
    """
    _require(P.EVENT_ATTEND, by=by)
    own = _own(sender_id, by=by)
    sender, receiver = _pair(own.pk, receiver_id, event_id=own.event_id)
    found = queries.rules_of(sender.event)
    refuse_if(
        rules.problems_with_request(
            sentence,
            pair=queries.pair_of(sender, receiver, origin=origin),
            window=queries.window_of(sender.event, found, origin=origin),
            open_sent=queries.open_sent(sender.pk),
            most=found.most_requests if found else 0,
            at=at,
        )
    )
    assert found is not None  # noqa: S101 - refused above
    wanted = _checked(priority, registration=sender, found=found, but=())
    theirs = _waiting_from(receiver, to=sender)
    request = Request.objects.create(
        event=sender.event,
        sender=sender,
        receiver=receiver,
        sentence=sentence.strip(),
        priority=wanted,
        origin=origin,
        asked_at=at,
        expires_at=rules.expiry_of(
            at, days=found.days_to_answer, starts_at=sender.event.starts_at, ends_at=sender.event.ends_at
        ),
        sender_told_at=at,
        receiver_told_at=None if theirs is None else at,
    )
    record("meeting_request.asked", request, by=by, at=at, priority=str(wanted), origin=origin)
    if theirs is not None:
        _cross(request, theirs, by=by, at=at)
    return request


@transaction.atomic
def withdraw(*, request_id: int, by: Actor, at: datetime, reason: str = "") -> Request:
    """Take back what one asked, or what both agreed to; a meeting that was planned for it is cancelled.

    Where the share of high requests would no longer hold without it, the newest high ones become medium.
    """
    refuse_if(rules.problems_with_reason(reason))
    request, me, other = _locked_own(request_id, by=by)
    if request.state == Asked.SENT and request.sender_id != me.pk:
        refuse(
            "not_yours",
            N_("Only the one who asked takes a request back."),
            cure=N_("Decline it instead."),
        )
    refuse_if(rules.problems_with_withdrawal(is_over=queries.has_met(me.pk, other.pk, at=at)))
    REQUEST_WORKFLOW.target(RequestMove.WITHDRAW, of=request, by=by)
    _end_pair(me, other, reason=reason, by=by, at=at)
    _lower_high(me, by=by, at=at)
    request.refresh_from_db()
    return request


@transaction.atomic
def prioritise(*, request_id: int, priority: str, by: Actor, at: datetime) -> Request:
    """Say how much one wants the meeting, on whichever side one is; the other never reads it."""
    _require(P.EVENT_ATTEND, by=by)
    request, me, _other = _locked_own(request_id, by=by)
    is_mine = request.sender_id == me.pk
    if request.state != Asked.ACCEPTED and not (is_mine and request.state == Asked.SENT):
        refuse(
            "not_open",
            N_("This request is over."),
            cure=N_("Ask again, as long as requests are open."),
        )
    found = queries.rules_of(me.event)
    wanted = _checked(priority, registration=me, found=found, but=(request.pk,))
    column = "priority" if is_mine else "answer_priority"
    setattr(request, column, wanted)
    request.save(update_fields=[column])
    record("meeting_request.prioritised", request, by=by, at=at, priority=str(wanted))
    return request


def _checked(
    priority: str, *, registration: Registration, found: MeetingRules | None, but: tuple[int, ...]
) -> Priority:
    if priority not in list(Priority):
        refuse(
            "no_such_priority",
            N_("There is no such priority."),
            cure=N_("Choose one of these."),
            field="priority",
        )
    wanted = Priority(priority)
    others = queries.wishes_of(registration.pk, but=but)
    share = found.high_share_percent if found else 0
    refuse_if(rules.problems_with_priority(wanted, others=others, share_percent=share))
    return wanted


def _waiting_from(sender: Registration, *, to: Registration) -> Request | None:
    rows = Request.objects.for_update().filter(sender=sender, receiver=to, state=Asked.SENT)
    return rows.order_by("pk").first()


def _cross(request: Request, theirs: Request, *, by: Actor, at: datetime) -> None:
    """Both have asked: both are accepted. The one who asked first hears of it."""
    for one in (theirs, request):
        one.state = REQUEST_WORKFLOW.target(RequestMove.ACCEPT, of=one, by=by)
        one.answered_at = at
    theirs.sender_told_at = None
    theirs.receiver_told_at = theirs.receiver_told_at or at
    theirs.save(update_fields=["state", "answered_at", "sender_told_at", "receiver_told_at"])
    request.save(update_fields=["state", "answered_at"])
    record("meeting_request.crossed", request, by=by, at=at, with_request=theirs.pk)


def _lower_high(registration: Registration, *, by: Actor, at: datetime) -> None:
    found = queries.rules_of(registration.event)
    share = found.high_share_percent if found else 0
    many = rules.to_lower(queries.wishes_of(registration.pk), share_percent=share)
    if not many:
        return
    for request, column in queries.high_of(registration.pk)[:many]:
        setattr(request, column, Priority.MEDIUM)
        request.save(update_fields=[column])
        record("meeting_request.lowered", request, by=by, at=at)
