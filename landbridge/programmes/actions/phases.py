"""The phases of a programme: each begins, hibernates, wakes and ends, and is followed by the next."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import refuse_if
from landbridge.programmes.actions.columns import change, columns_of
from landbridge.programmes.models import Incentive, Phase, Programme, Target
from landbridge.programmes.rules.facts import PhaseFacts
from landbridge.programmes.rules.programmes import problems_with_following, problems_with_phase
from landbridge.programmes.states import WORKFLOW, M, S


@transaction.atomic
def add(*, programme_id: int, facts: PhaseFacts, by: Actor, at: datetime) -> Phase:
    """Plan a phase that stands on its own: it takes the next number and starts with nothing on offer."""
    programme = Programme.objects.edited_by(by).for_update().get(pk=programme_id)
    refuse_if(problems_with_phase(facts))

    phase = Phase.objects.create(programme=programme, number=_next_number(programme), **columns_of(facts))

    record("phase.added", phase, by=by, at=at)
    return phase


@transaction.atomic
def edit(*, phase_id: int, facts: PhaseFacts, by: Actor, at: datetime, seen: str = "") -> Phase:
    """Rename the phase or move its days; it stays between the phases before and after it."""
    phase = Phase.objects.edited_by(by).for_update().get(pk=phase_id)
    follower = Phase.objects.filter(follows=phase).first()
    refuse_if(
        problems_with_phase(
            facts,
            after=phase.follows.facts() if phase.follows else None,
            before=follower.facts() if follower else None,
        )
    )

    changed = change(phase, before=phase.facts(), after=facts, seen=seen)

    if changed:
        record("phase.edited", phase, by=by, at=at, changed=changed)
    return phase


@transaction.atomic
def begin_next(*, phase_id: int, facts: PhaseFacts, by: Actor, at: datetime) -> Phase:
    """Plan the phase that follows this one, with a copy of its incentives and targets to change as needed."""
    earlier = Phase.objects.edited_by(by).select_related("programme").for_update().get(pk=phase_id)
    Programme.objects.for_update().get(
        pk=earlier.programme_id
    )  # two phases at once would take the same number
    has_follower = Phase.objects.filter(follows=earlier).exists()
    refuse_if(problems_with_following(is_planned=earlier.state == S.PLANNED, has_follower=has_follower))
    refuse_if(problems_with_phase(facts, after=earlier.facts()))

    phase = Phase.objects.create(
        programme=earlier.programme,
        follows=earlier,
        number=_next_number(earlier.programme),
        **columns_of(facts),
    )
    incentives = Incentive.objects.bulk_create(
        Incentive(phase=phase, **columns_of(incentive.facts()))
        for incentive in Incentive.objects.filter(phase=earlier).order_by("pk")
    )
    targets = Target.objects.bulk_create(
        Target(phase=phase, partner_id=target.partner_id, **columns_of(target.facts()))
        for target in Target.objects.filter(phase=earlier).order_by("pk")
    )

    record("phase.added", phase, by=by, at=at, incentives=len(incentives), targets=len(targets))
    record("phase.followed", earlier, by=by, at=at, by_phase=phase.name)
    return phase


@transaction.atomic
def start(*, phase_id: int, by: Actor, at: datetime) -> Phase:
    """Let the phase run: calls can be opened in it."""
    return _move(M.START, phase_id=phase_id, event="phase.started", by=by, at=at)


@transaction.atomic
def hibernate(*, phase_id: int, by: Actor, at: datetime) -> Phase:
    """The money has ended: nothing new begins, everything stays and can be woken."""
    return _move(M.HIBERNATE, phase_id=phase_id, event="phase.hibernated", by=by, at=at)


@transaction.atomic
def wake(*, phase_id: int, by: Actor, at: datetime) -> Phase:
    """Let a hibernating phase run again."""
    return _move(M.WAKE, phase_id=phase_id, event="phase.woken", by=by, at=at)


@transaction.atomic
def close(*, phase_id: int, by: Actor, at: datetime) -> Phase:
    """End the phase for good; a next one can follow it."""
    return _move(M.CLOSE, phase_id=phase_id, event="phase.closed", by=by, at=at)


def _move(move: M, *, phase_id: int, event: str, by: Actor, at: datetime) -> Phase:
    phase = Phase.objects.edited_by(by).for_update().get(pk=phase_id)
    phase.state = WORKFLOW.target(move, of=phase, by=by)
    phase.save(update_fields=["state"])
    record(event, phase, by=by, at=at)
    return phase


def _next_number(programme: Programme) -> int:
    last = Phase.objects.filter(programme=programme).order_by("-number").first()
    return last.number + 1 if last else 1
