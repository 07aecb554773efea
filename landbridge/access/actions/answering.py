"""The facility's technical check and its quotes, and the company's yes to one."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from landbridge.access import queries, rules
from landbridge.access.actions._parts import _end, _locked, _start_clock, _tell
from landbridge.access.models import Quote, Request
from landbridge.access.states import WORKFLOW, Feasibility, M
from landbridge.clocks import actions as clocks
from landbridge.foundation.audit.record import record
from landbridge.foundation.money import Money
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import refuse_if


@transaction.atomic
def answer_feasibility(
    *, request_id: int, feasibility: str, changes: str, reason: str, by: Actor, at: datetime
) -> Request:
    """The facility says whether it can do the work: as asked, with changes, or not, and then why."""
    request = _locked(request_id, by=by)
    if feasibility == Feasibility.NO:
        target = WORKFLOW.target(M.FIND_NOT_FEASIBLE, of=request, by=by)
    else:
        target = WORKFLOW.target(M.FIND_FEASIBLE, of=request, by=by)
    refuse_if(rules.problems_with_answer(feasibility=feasibility, changes=changes, reason=reason))
    request.feasibility = feasibility
    request.changes_asked = changes.strip() if feasibility == Feasibility.WITH_CHANGES else ""
    request.save(update_fields=["feasibility", "changes_asked"])
    if feasibility == Feasibility.NO:
        clocks.stop(about=request, duty="access.feasibility", by=by, at=at)
        _end(request, target, event="found_not_feasible", reason=reason, by=by, at=at)
        _tell("not_feasible", request, to=queries.people_of_company(request), at=at)
        return request

    request.state, request.feasible_at = target, at
    request.save(update_fields=["state", "feasible_at"])
    clocks.stop(about=request, duty="access.feasibility", by=by, at=at)
    _start_clock("access.quote", request, region=request.provider.region, by=by, at=at)
    record("access_request.found_feasible", request, by=by, at=at, feasibility=feasibility)
    _tell("feasible", request, to=queries.people_of_company(request), at=at, changes=request.changes_asked)
    return request


@transaction.atomic
def quote(
    *, request_id: int, amount_eur: Money, text: str, holds_until: date, by: Actor, at: datetime
) -> Request:
    """The facility says what it costs and until when that holds; a newer version replaces the one before."""
    request = _locked(request_id, by=by)
    target = WORKFLOW.target(M.QUOTE, of=request, by=by)
    refuse_if(
        rules.problems_with_quote(
            has_signed=queries.is_signed(request),
            holds_until=holds_until,
            today=queries.today_for(request, at=at),
        )
    )
    refuse_if(rules.problems_with_text(text))
    newest = queries.latest_quote(request)
    sent = Quote.objects.create(
        request=request,
        version=newest.version + 1 if newest else 1,
        amount_eur=amount_eur,
        text=text.strip(),
        holds_until=holds_until,
        quoted_by_name=by.name,
        quoted_at=at,
    )
    request.state, request.quoted_at = target, request.quoted_at or at
    request.save(update_fields=["state", "quoted_at"])
    clocks.stop(about=request, duty="access.quote", by=by, at=at)
    record(
        "access_request.quoted",
        request,
        by=by,
        at=at,
        amount=amount_eur,
        version=sent.version,
        until=holds_until,
    )
    _tell(
        "quoted",
        request,
        to=queries.people_of_company(request),
        at=at,
        amount=amount_eur,
        holds_until=holds_until,
    )
    return request


@transaction.atomic
def accept(*, request_id: int, quote_id: int, by: Actor, at: datetime) -> Request:
    """The company accepts the quote that it read: the newest one, while it holds."""
    request = _locked(request_id, by=by)
    target = WORKFLOW.target(M.ACCEPT, of=request, by=by)
    read = Quote.objects.for_update().get(pk=quote_id, request=request)
    newest = queries.latest_quote(request) or read
    refuse_if(
        rules.problems_with_acceptance(
            version=read.version,
            newest=newest.version,
            holds_until=read.holds_until,
            today=queries.today_for(request, at=at),
        )
    )
    read.accepted_at = at
    read.save(update_fields=["accepted_at"])
    request.state, request.accepted_at = target, at
    request.save(update_fields=["state", "accepted_at"])
    record("access_request.accepted", request, by=by, at=at, amount=read.amount_eur, version=read.version)
    _tell("accepted", request, to=queries.people_of_provider(request), at=at, amount=read.amount_eur)
    return request
