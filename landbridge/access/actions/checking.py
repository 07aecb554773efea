"""The desk's part: whether a request is complete and its company eligible."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.access import queries, rules
from landbridge.access.actions._parts import _end, _locked, _start_clock, _tell
from landbridge.access.models import Request
from landbridge.access.states import WORKFLOW, M
from landbridge.clocks import actions as clocks
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import refuse_if


@transaction.atomic
def find_eligible(*, request_id: int, by: Actor, at: datetime) -> Request:
    """The desk of the company finds it complete and eligible; now the facility looks at it."""
    request = _locked(request_id, by=by)
    target = WORKFLOW.target(M.FIND_ELIGIBLE, of=request, by=by)
    _refuse_foreign_desk(request, by=by)
    request.state, request.eligible_at = target, at
    request.save(update_fields=["state", "eligible_at"])
    clocks.stop(about=request, duty="access.eligibility", by=by, at=at)
    _start_clock("access.feasibility", request, region=request.provider.region, by=by, at=at)
    record("access_request.found_eligible", request, by=by, at=at)
    _tell("eligible", request, to=queries.people_of_provider(request), at=at)
    return request


@transaction.atomic
def return_for_correction(*, request_id: int, reason: str, by: Actor, at: datetime) -> Request:
    """Hand it back to the company, which corrects it and hands it in again; the facility no longer sees it."""
    request = _locked(request_id, by=by)
    target = WORKFLOW.target(M.RETURN, of=request, by=by)
    _refuse_foreign_desk(request, by=by)
    refuse_if(rules.problems_with_reason(reason))
    request.state, request.submitted_at, request.reason = target, None, reason.strip()
    request.save(update_fields=["state", "submitted_at", "reason"])
    clocks.stop(about=request, duty="access.eligibility", by=by, at=at)
    record("access_request.returned", request, by=by, at=at, reason=request.reason)
    _tell("returned", request, to=queries.people_of_company(request), at=at)
    return request


@transaction.atomic
def decline(*, request_id: int, reason: str, by: Actor, at: datetime) -> Request:
    """The desk of the company finds it not eligible."""
    request = _locked(request_id, by=by)
    target = WORKFLOW.target(M.DECLINE, of=request, by=by)
    _refuse_foreign_desk(request, by=by)
    refuse_if(rules.problems_with_reason(reason))
    _end(request, target, event="declined", reason=reason, by=by, at=at)
    _tell("declined", request, to=queries.people_of_company(request), at=at)
    return request


def _refuse_foreign_desk(request: Request, *, by: Actor) -> None:
    region = None if by.sees_everything else by.region_id or 0
    refuse_if(rules.problems_with_checker(region_id=region, company_region_id=request.company.region_id))
