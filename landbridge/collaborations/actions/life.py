"""The life of a collaboration: it finishes, stops, is renewed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from landbridge.collaborations import queries, rules
from landbridge.collaborations.actions._parts import _followed
from landbridge.collaborations.models import Collaboration, Turn
from landbridge.collaborations.states import WORKFLOW, M, S
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import refuse_if


@transaction.atomic
def finish(*, collaboration_id: int, on: date, reason: str, by: Actor, at: datetime) -> Collaboration:
    """What they set out to do is done; `reason` says in a sentence or two how it ended, and may be empty."""
    found = _followed(collaboration_id, by=by)
    target = WORKFLOW.target(M.FINISH, of=found, by=by)
    return _turned(found, target, on=on, reason=reason, event="collaboration.finished", by=by, at=at)


@transaction.atomic
def stop(*, collaboration_id: int, on: date, reason: str, by: Actor, at: datetime) -> Collaboration:
    """It ended early; `reason` says why."""
    found = _followed(collaboration_id, by=by)
    target = WORKFLOW.target(M.STOP, of=found, by=by)
    refuse_if(rules.problems_with_stopping(reason))
    return _turned(found, target, on=on, reason=reason, event="collaboration.stopped", by=by, at=at)


@transaction.atomic
def renew(*, collaboration_id: int, on: date, reason: str, by: Actor, at: datetime) -> Collaboration:
    """They go on: under what, `reason` may say."""
    found = _followed(collaboration_id, by=by)
    target = WORKFLOW.target(M.RENEW, of=found, by=by)
    return _turned(found, target, on=on, reason=reason, event="collaboration.renewed", by=by, at=at)


def _turned(
    found: Collaboration, target: str, *, on: date, reason: str, event: str, by: Actor, at: datetime
) -> Collaboration:
    refuse_if(rules.problems_with_turning(on=on, last=queries.last_day_of(found), today=at.date()))
    is_over = target != S.RUNNING
    found.state, found.ended_on = target, on if is_over else None
    found.end = reason.strip() if is_over else ""
    found.renewals += not is_over
    found.save(update_fields=["state", "ended_on", "end", "renewals"])
    Turn.objects.create(
        collaboration=found, state=target, on=on, reason=reason.strip(), told_by_name=by.name, told_at=at
    )
    record(event, found, by=by, at=at, on=on.isoformat())
    return found
