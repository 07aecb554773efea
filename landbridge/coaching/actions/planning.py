"""The coaching plan: written by the coach in versions, accepted or returned by the company."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from landbridge.coaching import queries, rules
from landbridge.coaching.actions._parts import (
    ACCEPT_PLAN,
    PLAN,
    REPORT,
    _locked,
    _next_duty,
    _person_of,
    _tell,
)
from landbridge.coaching.models import Case, Objective, Plan
from landbridge.coaching.rules import Goal
from landbridge.coaching.states import WORKFLOW, M
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import refuse_if


@transaction.atomic
def plan(*, case_id: int, summary: str, goals: Sequence[Goal], by: Actor, at: datetime) -> Case:
    """The coach hands the company a plan; each time a version of its own."""
    case = _locked(case_id, by=by)
    target = WORKFLOW.target(M.PLAN, of=case, by=by)
    refuse_if(rules.problems_with_plan(goals, summary=summary, hours_at_most=case.hours_at_most))
    version = 1 + Plan.objects.filter(case=case).count()
    written = Plan.objects.create(
        case=case, version=version, summary=summary.strip(), written_by_name=by.name, written_at=at
    )
    Objective.objects.bulk_create(
        Objective(
            plan=written, number=place, title=goal.title.strip(), task=goal.task.strip(), hours=goal.hours
        )
        for place, goal in enumerate(goals, start=1)
    )
    case.state = target
    case.save(update_fields=["state"])
    _next_duty(PLAN, ACCEPT_PLAN, case, by=by, at=at)
    hours = sum(goal.hours for goal in goals)
    record("coaching_case.planned", case, by=by, at=at, version=version, hours=str(hours))
    _tell("planned", case, to=queries.people_of_company(case), at=at, version=version, hours=hours)
    return case


@transaction.atomic
def accept_plan(*, case_id: int, plan_id: int, by: Actor, at: datetime) -> Case:
    """The company accepts the version that it read; the coaching begins, and sessions can be booked."""
    case = _locked(case_id, by=by)
    target = WORKFLOW.target(M.BEGIN, of=case, by=by)
    written = Plan.objects.for_update().get(pk=plan_id, case=case)
    refuse_if(
        rules.problems_with_version(version=written.version, latest=Plan.objects.filter(case=case).count())
    )
    written.accepted_at, written.accepted_by_name = at, by.name
    written.save(update_fields=["accepted_at", "accepted_by_name"])
    case.state, case.begun_at = target, at
    case.save(update_fields=["state", "begun_at"])
    _next_duty(ACCEPT_PLAN, REPORT, case, by=by, at=at)
    record("coaching_case.begun", case, by=by, at=at, version=written.version)
    _tell("begun", case, to=[*_person_of(queries.coach_of(case)), *queries.desk_for(case)], at=at)
    return case


@transaction.atomic
def return_plan(*, case_id: int, reason: str, by: Actor, at: datetime) -> Case:
    """The company returns the plan and says why; the coach writes another version."""
    case = _locked(case_id, by=by)
    target = WORKFLOW.target(M.REPLAN, of=case, by=by)
    refuse_if(rules.problems_with_reason(reason))
    written = Plan.objects.for_update().filter(case=case).latest("version")
    written.returned_because = reason.strip()
    written.save(update_fields=["returned_because"])
    case.state = target
    case.save(update_fields=["state"])
    _next_duty(ACCEPT_PLAN, PLAN, case, by=by, at=at)
    record("coaching_case.plan_returned", case, by=by, at=at, version=written.version, reason=reason.strip())
    _tell("plan_returned", case, to=_person_of(queries.coach_of(case)), at=at, why=reason.strip())
    return case
