"""The report: written by the coach, checked by the desk, approved by the office, or returned; and feedback."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from landbridge.clocks import actions as clocks
from landbridge.coaching import queries, rules
from landbridge.coaching.actions._parts import (
    APPROVE,
    CHECK,
    REPORT,
    _locked,
    _next_duty,
    _person_of,
    _require,
    _tell,
)
from landbridge.coaching.models import Case, Feedback, Objective, Partnership, Report, Session
from landbridge.coaching.rules import Partner
from landbridge.coaching.states import WORKFLOW, WRITTEN, M, Party, SessionState
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed, refuse_if
from landbridge.programmes.calendar import calendar_of

DAYS_TO_CORRECT = 10  # working days for a report that came back


@transaction.atomic
def report(
    *,
    case_id: int,
    text: str,
    continuation: str,
    reached: Mapping[int, str],
    partners: Sequence[Partner],
    by: Actor,
    at: datetime,
) -> Case:
    """The coach reports what was reached, which partnerships were established, and how it goes on."""
    case = _locked(case_id, by=by)
    target = WORKFLOW.target(M.REPORT, of=case, by=by)
    goals = list(Objective.objects.for_update().filter(plan__case=case, plan__accepted_at__isnull=False))
    sessions = Session.objects.filter(case=case)
    refuse_if(
        rules.problems_with_report(
            text=text,
            reached=reached,
            objectives=[goal.pk for goal in goals],
            partners=partners,
            open_sessions=sessions.filter(state=SessionState.BOOKED).count(),
            hours_open=sessions.filter(state__in=[SessionState.HELD, SessionState.DISPUTED]).count(),
        )
    )
    for goal in goals:
        goal.reached = reached[goal.pk]
        goal.save(update_fields=["reached"])
    written, _is_new = Report.objects.update_or_create(
        case=case,
        defaults={
            "text": text.strip(),
            "continuation": continuation.strip(),
            "returned_because": "",
            "written_by_name": by.name,
            "written_at": at,
        },
    )
    _partnerships(written, partners)
    case.state, case.reported_at = target, at
    case.save(update_fields=["state", "reported_at"])
    _next_duty(REPORT, CHECK, case, by=by, at=at)
    record("coaching_case.reported", case, by=by, at=at, partnerships=len(partners))
    _tell("reported", case, to=queries.desk_for(case), at=at)
    _tell("feedback", case, to=queries.people_of_company(case), at=at)
    return case


@transaction.atomic
def check(*, case_id: int, by: Actor, at: datetime) -> Case:
    """The desk has read the report and finds it right; the office approves it."""
    case = _locked(case_id, by=by)
    target = WORKFLOW.target(M.CHECK, of=case, by=by)
    coach = queries.coach_of(case)
    refuse_if(
        rules.problems_with_check(person_id=by.person_id, coach_person_id=coach.person_id if coach else None)
    )
    written = Report.objects.for_update().get(case=case)
    written.checked_by_id, written.checked_by_name, written.checked_at = by.person_id, by.name, at
    written.save(update_fields=["checked_by_id", "checked_by_name", "checked_at"])
    case.state = target
    case.save(update_fields=["state"])
    _next_duty(CHECK, APPROVE, case, by=by, at=at)
    record("coaching_case.checked", case, by=by, at=at)
    _tell("checked", case, to=queries.office_for(case.region), at=at)
    return case


@transaction.atomic
def return_report(*, case_id: int, reason: str, by: Actor, at: datetime) -> Case:
    """The desk returns the report to the coach, with a reason."""
    case = _locked(case_id, by=by)
    target = WORKFLOW.target(M.RETURN, of=case, by=by)
    return _returned(case, target, done=CHECK, reason=reason, by=by, at=at)


@transaction.atomic
def send_back(*, case_id: int, reason: str, by: Actor, at: datetime) -> Case:
    """The office returns a report that the desk had checked."""
    case = _locked(case_id, by=by)
    target = WORKFLOW.target(M.SEND_BACK, of=case, by=by)
    return _returned(case, target, done=APPROVE, reason=reason, by=by, at=at)


@transaction.atomic
def approve(*, case_id: int, by: Actor, at: datetime) -> Case:
    """The office approves the report; the case is closed. Whoever checked or wrote it does not."""
    case = _locked(case_id, by=by)
    target = WORKFLOW.target(M.APPROVE, of=case, by=by)
    written, coach = Report.objects.for_update().get(case=case), queries.coach_of(case)
    refuse_if(
        rules.problems_with_approval(
            person_id=by.person_id,
            checked_by_id=written.checked_by_id,
            coach_person_id=coach.person_id if coach else None,
        )
    )
    written.approved_by_name, written.approved_at = by.name, at
    written.save(update_fields=["approved_by_name", "approved_at"])
    case.state, case.ended_at = target, at
    case.save(update_fields=["state", "ended_at"])
    clocks.stop(about=case, by=by, at=at)
    record("coaching_case.closed", case, by=by, at=at)
    people = [*queries.people_of_company(case), *_person_of(coach), *queries.desk_for(case)]
    _tell("closed", case, to=people, at=at)
    return case


@transaction.atomic
def give_feedback(
    *,
    case_id: int,
    marks: Mapping[str, int],
    text: str,
    by: Actor,
    at: datetime,
    party: Party | None = None,
) -> Case:
    """One side says what it thinks, once; it reads the others' words from then on.

    People speak for the side that they stand on; only Landbridge itself names one.
    """
    _require(P.COACHING_SEE, by=by)
    case = _locked(case_id, by=by)
    own = queries.party_of(case, by, coach=queries.coach_of(case))
    side = party if by.role is Role.SYSTEM else own
    if side is None or (party is not None and party != side):
        raise NotAllowed(P.COACHING_SEE)
    refuse_if(
        rules.problems_with_feedback(
            party=side,
            marks=marks,
            has_given=Feedback.objects.filter(case=case, party=side).exists(),
            has_report=case.state in WRITTEN,
        )
    )
    said = {key: marks[key] for key in rules.STATEMENTS[side]}
    Feedback.objects.create(
        case=case, party=side, marks=said, text=text.strip(), person_name=by.name, given_at=at
    )
    record("coaching_case.feedback_given", case, by=by, at=at, party=str(side))
    return case


def _partnerships(written: Report, partners: Sequence[Partner]) -> None:
    Partnership.objects.filter(report=written).delete()
    Partnership.objects.bulk_create(
        Partnership(
            report=written,
            name=one.name.strip(),
            country=one.country,
            region=one.region.strip(),
            role=one.role.strip(),
        )
        for one in partners
    )


def _returned(case: Case, target: str, *, done: str, reason: str, by: Actor, at: datetime) -> Case:
    """Ten working days of the region remain to correct it; what was checked counts no more."""
    refuse_if(rules.problems_with_reason(reason))
    written = Report.objects.for_update().get(case=case)
    written.returned_because = reason.strip()
    written.checked_by_id, written.checked_by_name, written.checked_at = None, "", None
    written.save(update_fields=["returned_because", "checked_by_id", "checked_by_name", "checked_at"])
    case.state = target
    case.save(update_fields=["state"])
    due_at = calendar_of(case.region).deadline(
        at.astimezone(ZoneInfo(case.region.time_zone)), working_days=DAYS_TO_CORRECT
    )
    _next_duty(done, REPORT, case, by=by, at=at, due_at=due_at)
    record("coaching_case.report_returned", case, by=by, at=at, reason=reason.strip())
    _tell("report_returned", case, to=_person_of(queries.coach_of(case)), at=at, why=reason.strip())
    return case
