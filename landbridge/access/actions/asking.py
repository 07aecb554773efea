"""The company's part: beginning a request, writing it, handing it in, withdrawing it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.access import queries, rules
from landbridge.access.actions._parts import _end, _locked, _require, _start_clock, _tell
from landbridge.access.models import Request
from landbridge.access.rules import Asked
from landbridge.access.states import WORKFLOW, M, S
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, NotAllowed, Problem, Refused, refuse, refuse_if
from landbridge.organisations.models import Organisation


class Stale(Refused):
    """Somebody else wrote on it in the meantime. Stored nothing: each difference stands beside its field."""

    def __init__(self, request: Request, asked: Asked) -> None:
        self.version = request.version
        stored = queries.asked_of(request)
        super().__init__(
            Problem(
                code="stale",
                message=N_("%(person)s changed this while you were writing; it now reads: %(stored)s"),
                cure=N_("Keep yours, take theirs, or put them together; then save again."),
                field=name,
                params={"person": request.edited_by_name, "stored": str(getattr(stored, name) or "–")},
            )
            for name in Asked.__dataclass_fields__
            if getattr(stored, name) != getattr(asked, name)
        )


@transaction.atomic
def start(
    *,
    record_id: int = 0,
    introduction_id: int = 0,
    enquiry_id: int = 0,
    by: Actor,
    at: datetime,
    company_id: int | None = None,
) -> Request:
    """Begin a request to use an offer of the directory, filled in from an introduction or an enquiry.

    It stays under the version of the common rules that is in force today, whatever is published later. A company's
    people ask for their own company; only Landbridge itself names another.
    """
    _require(P.ACCESS_REQUEST, by=by)
    if by.role is not Role.SYSTEM and company_id not in (None, by.organisation_id):
        raise NotAllowed(P.ACCESS_REQUEST)
    company = Organisation.objects.get(pk=company_id or by.organisation_id or 0)
    filled = queries.filled_from(
        actor=by, record_id=record_id, introduction_id=introduction_id, enquiry_id=enquiry_id
    )
    if filled is None:
        refuse(
            "no_offer",
            N_("There is no offer in the directory to ask for."),
            cure=N_("Look for the offer in the directory and ask for access from its page."),
        )
    rule_set = queries.in_force(at.date())
    provider_id = filled.record.organisation_id
    refuse_if(
        rules.problems_with_origin(
            company_id=company.pk, provider_id=provider_id, has_rules=rule_set is not None
        )
    )
    assert rule_set is not None  # noqa: S101 - refused above
    request = Request.objects.create(
        rule_set=rule_set,
        record=filled.record,
        company=company,
        provider_id=provider_id,
        introduction=filled.introduction,
        enquiry=filled.enquiry,
        **_columns(filled.asked),
        edited_by_name=by.name,
        is_demonstration=filled.record.is_demonstration,
        started_at=at,
    )
    record("access_request.started", request, by=by, at=at, offer=filled.record.name, rules=str(rule_set))
    return request


@transaction.atomic
def save(*, request_id: int, version: int, asked: Asked, by: Actor, at: datetime) -> Request:
    """Keep what was written on the draft that the writer saw at `version`; gaps are allowed.

    Raises `Stale`, and keeps nothing, where somebody else wrote something different in the meantime.
    """
    _require(P.ACCESS_REQUEST, by=by)
    request = _locked(request_id, by=by)
    if request.state != S.DRAFT:
        refuse(
            "not_a_draft",
            N_("This request is no longer a draft and cannot be changed."),
            cure=N_("Ask your region's desk to return it."),
        )
    refuse_if(rules.problems_with_draft(asked))
    columns = _columns(asked)
    changed = sorted(name for name, value in columns.items() if getattr(request, name) != value)
    if not changed:
        return request
    if version != request.version:
        raise Stale(request, asked)
    for name in changed:
        setattr(request, name, columns[name])
    request.version += 1
    request.edited_by_name = by.name
    request.save(update_fields=[*changed, "version", "edited_by_name"])
    record("access_request.saved", request, by=by, at=at, version=request.version, fields=changed)
    return request


@transaction.atomic
def submit(*, request_id: int, by: Actor, at: datetime) -> Request:
    """Hand it in: it gets its number, the company's desk checks it, and the facility may read it from now on."""
    request = _locked(request_id, by=by)
    target = WORKFLOW.target(M.SUBMIT, of=request, by=by)
    refuse_if(rules.problems_with(queries.facts_of(request), today=queries.today_for(request, at=at)))
    request.number = request.number or rules.number_for(request.pk, year=at.year)
    request.state, request.submitted_at, request.reason = target, at, ""
    request.save(update_fields=["number", "state", "submitted_at", "reason"])
    _start_clock("access.eligibility", request, region=request.company.region, by=by, at=at)
    record("access_request.submitted", request, by=by, at=at, number=request.number)
    _tell("submitted", request, to=queries.desk_of_company(request), at=at)
    return request


@transaction.atomic
def withdraw(*, request_id: int, reason: str, by: Actor, at: datetime) -> Request:
    """The company no longer needs it; possible until the agreement."""
    request = _locked(request_id, by=by)
    target = WORKFLOW.target(M.WITHDRAW, of=request, by=by)
    refuse_if(rules.problems_with_reason(reason))
    was_with_facility = request.eligible_at is not None
    _end(request, target, event="withdrawn", reason=reason, by=by, at=at)
    if was_with_facility:
        _tell("withdrawn", request, to=queries.people_of_provider(request), at=at)
    return request


def _columns(asked: Asked) -> dict[str, object]:
    values = {name: getattr(asked, name) for name in Asked.__dataclass_fields__}
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
