"""From the agreement to its end: dates and contract, work, delivery, closing, cancelling."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from landbridge.access import queries, rules
from landbridge.access.actions._parts import _end, _locked, _tell
from landbridge.access.models import Feedback, Request
from landbridge.access.states import WORKFLOW, M
from landbridge.foundation.audit.record import record
from landbridge.foundation.files.store import Received, store
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import refuse_if
from landbridge.introductions.states import Side


@transaction.atomic
def agree(
    *, request_id: int, starts_on: date, ends_on: date, contract: Received, by: Actor, at: datetime
) -> Request:
    """The facility enters what both agreed: the days, and the contract that both signed."""
    request = _locked(request_id, by=by)
    target = WORKFLOW.target(M.AGREE, of=request, by=by)
    refuse_if(
        rules.problems_with_dates(starts_on=starts_on, ends_on=ends_on, held=queries.held_days(request))
    )
    request.contract = store(contract, by=by, at=at)
    request.starts_on, request.ends_on = starts_on, ends_on
    request.state, request.agreed_at = target, at
    request.save(update_fields=["contract", "starts_on", "ends_on", "state", "agreed_at"])
    record(
        "access_request.agreed",
        request,
        by=by,
        at=at,
        starts_on=starts_on,
        ends_on=ends_on,
        sha256=contract.sha256,
    )
    both = [*queries.people_of_company(request), *queries.people_of_provider(request)]
    _tell("agreed", request, to=both, at=at, starts_on=starts_on, ends_on=ends_on)
    return request


@transaction.atomic
def begin(*, request_id: int, by: Actor, at: datetime) -> Request:
    """The work has begun."""
    request = _locked(request_id, by=by)
    target = WORKFLOW.target(M.BEGIN, of=request, by=by)
    request.state, request.begun_at = target, at
    request.save(update_fields=["state", "begun_at"])
    record("access_request.begun", request, by=by, at=at)
    _tell("begun", request, to=queries.people_of_company(request), at=at)
    return request


@transaction.atomic
def deliver(*, request_id: int, by: Actor, at: datetime) -> Request:
    """The work is done and handed over; both sides are asked what they think of it."""
    request = _locked(request_id, by=by)
    target = WORKFLOW.target(M.DELIVER, of=request, by=by)
    request.state, request.delivered_at = target, at
    request.save(update_fields=["state", "delivered_at"])
    record("access_request.delivered", request, by=by, at=at)
    both = [*queries.people_of_company(request), *queries.people_of_provider(request)]
    _tell("delivered", request, to=both, at=at)
    return request


@transaction.atomic
def close(*, request_id: int, by: Actor, at: datetime) -> Request:
    """Close what was delivered, once both sides have spoken or had their time."""
    request = _locked(request_id, by=by)
    target = WORKFLOW.target(M.CLOSE, of=request, by=by)
    spoke = Feedback.objects.filter(request=request).count() == len(Side)
    refuse_if(rules.problems_with_closing(both_spoke=spoke, delivered_at=request.delivered_at, at=at))
    _end(request, target, event="closed", by=by, at=at)
    both = [*queries.people_of_company(request), *queries.people_of_provider(request)]
    _tell("closed", request, to=both, at=at)
    return request


@transaction.atomic
def cancel(*, request_id: int, reason: str, by: Actor, at: datetime) -> Request:
    """End what was agreed before it is delivered; slots that lie ahead are free again."""
    request = _locked(request_id, by=by)
    target = WORKFLOW.target(M.CANCEL, of=request, by=by)
    refuse_if(rules.problems_with_reason(reason))
    _end(request, target, event="cancelled", reason=reason, by=by, at=at)
    both = [*queries.people_of_company(request), *queries.people_of_provider(request)]
    _tell("cancelled", request, to=both, at=at)
    return request


@transaction.atomic
def keep_agreement(*, request_id: int, agreement: Received, by: Actor, at: datetime) -> Request:
    """Keep the summary that was drawn outside the transaction; the first one stays."""
    request = Request.objects.visible_to(by).for_update().get(pk=request_id)
    if request.agreement_id is None:
        request.agreement = store(agreement, by=by, at=at)
        request.save(update_fields=["agreement"])
        record("access_request.agreement_kept", request, by=by, at=at, sha256=agreement.sha256)
    return request
