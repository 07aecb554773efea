"""What is to be done next after something closed: planned, changed, done, dropped, reminded of."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from landbridge.collaborations import queries, rules
from landbridge.collaborations.actions._parts import _followed, _require_follow
from landbridge.collaborations.models import NextStep
from landbridge.collaborations.states import STEP_WORKFLOW, Closed, Owner, StepMove, Stepped
from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_, refuse, refuse_if


@transaction.atomic
def plan_after(*, kind: Closed, closed_id: int, planned: rules.Planned, by: Actor, at: datetime) -> NextStep:
    """Plan what comes after something that closed; its owner's people learn of it, unless they planned it."""
    _require_follow(by=by)
    closing = queries.closed_one(kind, closed_id, actor=by)
    refuse_if(rules.problems_with_step(planned, has_provider=closing.provider is not None, today=at.date()))
    return _planned(planned, by=by, at=at, **_of_closing(closing))


@transaction.atomic
def plan_for(*, collaboration_id: int, planned: rules.Planned, by: Actor, at: datetime) -> NextStep:
    """Plan the next step of a collaboration."""
    found = _followed(collaboration_id, by=by)
    refuse_if(rules.problems_with_step(planned, has_provider=True, today=at.date()))
    return _planned(
        planned,
        collaboration=found,
        company=found.company,
        provider=found.provider,
        is_demonstration=found.is_demonstration,
        by=by,
        at=at,
    )


@transaction.atomic
def plan_nothing(*, kind: Closed, closed_id: int, reason: str, by: Actor, at: datetime) -> NextStep:
    """Say that nothing follows from what closed, and why: it stands as a step that was dropped."""
    _require_follow(by=by)
    closing = queries.closed_one(kind, closed_id, actor=by)
    refuse_if(rules.problems_with_reason(reason))
    step = NextStep.objects.create(
        text="",
        owner=Owner.DESK,
        due_on=at.date(),
        state=Stepped.DROPPED,
        ended_on=at.date(),
        outcome=reason.strip(),
        planned_by_name=by.name,
        planned_at=at,
        **_of_closing(closing),
    )
    record("next_step.none_planned", step, by=by, at=at, after=str(kind))
    return step


@transaction.atomic
def change_step(*, step_id: int, planned: rules.Planned, by: Actor, at: datetime) -> NextStep:
    """Another day, owner or wording for a step that is planned; a new day is reminded of anew."""
    step = _kept(step_id, by=by)
    if step.state != Stepped.PLANNED:
        refuse(
            "step_is_over",
            N_("This step is done or dropped."),
            cure=N_("Plan another one."),
        )
    refuse_if(rules.problems_with_step(planned, has_provider=step.provider_id is not None, today=at.date()))
    before = step.owner
    if step.due_on != planned.due_on:
        step.reminded_at = None
    for name, value in asdict(planned).items():
        setattr(step, name, value.strip() if isinstance(value, str) else value)
    step.owner = planned.owner
    step.save(update_fields=["text", "owner", "owner_name", "due_on", "reminded_at"])
    record("next_step.changed", step, by=by, at=at, due_on=step.due_on.isoformat(), owner=str(step.owner))
    if before != step.owner:
        _tell_owner(step, by=by, at=at)
    return step


@transaction.atomic
def finish_step(*, step_id: int, outcome: str, by: Actor, at: datetime) -> NextStep:
    """It is done; what came of it, in a sentence, may follow."""
    step = _kept(step_id, by=by)
    target = STEP_WORKFLOW.target(StepMove.FINISH, of=step, by=by)
    return _ended(step, target, outcome=outcome, event="next_step.done", by=by, at=at)


@transaction.atomic
def drop_step(*, step_id: int, reason: str, by: Actor, at: datetime) -> NextStep:
    """It is not done after all; `reason` says why."""
    step = _kept(step_id, by=by)
    target = STEP_WORKFLOW.target(StepMove.DROP, of=step, by=by)
    refuse_if(rules.problems_with_reason(reason))
    return _ended(step, target, outcome=reason, event="next_step.dropped", by=by, at=at)


@transaction.atomic
def remind(*, step_id: int, by: Actor, at: datetime) -> NextStep:
    """Write once to whose turn it is, on the day it is due."""
    step = _kept(step_id, by=by)
    if step.state != Stepped.PLANNED or step.reminded_at is not None or step.due_on > at.date():
        return step
    step.reminded_at = at
    step.save(update_fields=["reminded_at"])
    to = queries.owner_recipients(step)
    tell("collaborations/next_step_due", step, to=to, at=at, context=queries.for_letters(step))
    record("next_step.reminded", step, by=by, at=at)
    return step


def _kept(step_id: int, *, by: Actor) -> NextStep:
    _require_follow(by=by)
    return NextStep.objects.visible_to(by).for_update().get(pk=step_id)


def _of_closing(closing: queries.Closing) -> dict[str, Any]:
    return {
        queries.COLUMN_OF[closing.kind]: closing.row,
        "company": closing.company,
        "provider": closing.provider,
        "collaboration": closing.collaboration,
        "is_demonstration": closing.company.is_demonstration,
    }


def _planned(planned: rules.Planned, *, by: Actor, at: datetime, **about: Any) -> NextStep:
    step = NextStep.objects.create(
        text=planned.text.strip(),
        owner=planned.owner,
        owner_name=planned.owner_name.strip(),
        due_on=planned.due_on,
        planned_by_name=by.name,
        planned_at=at,
        **about,
    )
    record("next_step.planned", step, by=by, at=at, due_on=step.due_on.isoformat(), owner=str(step.owner))
    _tell_owner(step, by=by, at=at)
    return step


def _tell_owner(step: NextStep, *, by: Actor, at: datetime) -> None:
    if queries.side_of(step, by) == step.owner and by.person_id is not None:
        return
    to = queries.owner_recipients(step)
    tell("collaborations/next_step_planned", step, to=to, at=at, context=queries.for_letters(step))


def _ended(step: NextStep, target: str, *, outcome: str, event: str, by: Actor, at: datetime) -> NextStep:
    step.state, step.ended_on, step.outcome = target, at.date(), outcome.strip()
    step.save(update_fields=["state", "ended_on", "outcome"])
    record(event, step, by=by, at=at)
    return step
