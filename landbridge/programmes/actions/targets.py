"""The figures that a phase, or one partner in it, sets out to reach."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import refuse_if
from landbridge.programmes.actions.columns import columns_of
from landbridge.programmes.models import Partner, Phase, Target
from landbridge.programmes.rules.facts import TargetFacts
from landbridge.programmes.rules.incentives import problems_with_target


@transaction.atomic
def set_target(
    *, phase_id: int, facts: TargetFacts, by: Actor, at: datetime, partner_id: int | None = None
) -> Target:
    """Set the target with this code, for the phase or for one partner in it; the value it had stays in the record."""
    phase = Phase.objects.edited_by(by).for_update().get(pk=phase_id)
    partner = Partner.objects.get(pk=partner_id, programme_id=phase.programme_id) if partner_id else None
    refuse_if(problems_with_target(facts))

    earlier = Target.objects.filter(phase=phase, partner=partner, code=facts.code).first()
    target = earlier or Target(phase=phase, partner=partner)
    was = earlier.value if earlier else None
    for column, value in columns_of(facts).items():
        setattr(target, column, value)
    target.save()

    record("phase.target_set", phase, by=by, at=at, target=facts.code, value=facts.value, was=was)
    return target


@transaction.atomic
def remove(*, target_id: int, by: Actor, at: datetime) -> Phase:
    """Give a target up; the record keeps what it was."""
    target = Target.objects.edited_by(by).for_update().get(pk=target_id)
    phase = Phase.objects.get(pk=target.phase_id)

    target.delete()

    record("phase.target_removed", phase, by=by, at=at, target=target.code, was=target.value)
    return phase
