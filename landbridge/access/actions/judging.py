"""What both sides say after the work, and complaints, which the office answers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.access import queries, rules
from landbridge.access.actions._parts import _locked, _require, _tell
from landbridge.access.models import Complaint, Feedback, Request
from landbridge.access.states import S
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, NotAllowed, refuse, refuse_if
from landbridge.introductions.states import Side


@transaction.atomic
def give_feedback(
    *, request_id: int, rating: int, text: str, by: Actor, at: datetime, side: Side | None = None
) -> Request:
    """One side says what it thinks, once; the other reads it when both have, or when the request is closed."""
    request, side = _on_a_side(request_id, side=side, by=by)
    if request.state not in (S.DELIVERED, S.CLOSED):
        refuse(
            "not_delivered",
            N_("The work is not delivered yet."),
            cure=N_("Say what you think of it when it is."),
        )
    given = Feedback.objects.filter(request=request, side=side).exists()
    refuse_if(rules.problems_with_feedback(has_given=given, rating=rating))
    Feedback.objects.create(
        request=request, side=side, rating=rating, text=text.strip(), person_name=by.name, at=at
    )
    record("access_request.feedback_given", request, by=by, at=at, side=str(side))
    return request


@transaction.atomic
def complain(*, request_id: int, text: str, by: Actor, at: datetime, side: Side | None = None) -> Request:
    """One side complains; the office reads it and answers."""
    request, side = _on_a_side(request_id, side=side, by=by)
    if request.state == S.DRAFT:
        refuse("not_handed_in", N_("A draft is nobody's fault."), cure=N_("Hand it in first."))
    refuse_if(rules.problems_with_text(text))
    Complaint.objects.create(
        request=request, side=side, text=text.strip(), person_name=by.name, complained_at=at
    )
    record("access_request.complained", request, by=by, at=at, side=str(side))
    _tell("complained", request, to=queries.office_for(request.company.region), at=at)
    return request


@transaction.atomic
def answer_complaint(*, complaint_id: int, answer: str, by: Actor, at: datetime) -> Request:
    """The office answers a complaint, once."""
    _require(P.ACCESS_RULES, by=by)
    complaint = Complaint.objects.for_update().get(pk=complaint_id)
    request = _locked(complaint.request_id, by=by)
    if complaint.answered_at is not None:
        refuse(
            "answered_already",
            N_("This complaint has its answer."),
            cure=N_("Look at the page again; it shows the answer."),
        )
    refuse_if(rules.problems_with_text(answer, field="answer"))
    complaint.answer, complaint.answered_by_name, complaint.answered_at = answer.strip(), by.name, at
    complaint.save(update_fields=["answer", "answered_by_name", "answered_at"])
    record("access_request.complaint_answered", request, by=by, at=at)
    people = queries.people_of_company if complaint.side == Side.COMPANY else queries.people_of_provider
    _tell("complaint_answered", request, to=people(request), at=at, answer=complaint.answer)
    return request


def _on_a_side(request_id: int, *, side: Side | None, by: Actor) -> tuple[Request, Side]:
    """The request, locked, and the side on which the actor stands; Landbridge itself says which."""
    _require(P.ACCESS_JUDGE, by=by)
    request = _locked(request_id, by=by)
    stands = side if by.role is Role.SYSTEM else queries.side_of(request, by)
    if stands is None:
        raise NotAllowed(P.ACCESS_JUDGE)
    return request, stands
