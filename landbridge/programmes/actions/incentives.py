"""What a phase offers. A call copies the terms when it is published; edits made here never reach it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import refuse_if
from landbridge.programmes.actions.columns import change, columns_of
from landbridge.programmes.models import Basis, Incentive, LegalBasis, Phase
from landbridge.programmes.rules.facts import IncentiveFacts
from landbridge.programmes.rules.incentives import problems_with_incentive


@transaction.atomic
def add(*, phase_id: int, facts: IncentiveFacts, by: Actor, at: datetime) -> Incentive:
    """Put an incentive on offer in the phase; calls may include it."""
    phase = Phase.objects.edited_by(by).for_update().get(pk=phase_id)
    _check(facts, taken=set(Incentive.objects.filter(phase=phase).values_list("key", flat=True)))

    incentive = Incentive.objects.create(phase=phase, **columns_of(facts))

    record("incentive.added", incentive, by=by, at=at, cap=facts.cap_eur)
    return incentive


@transaction.atomic
def edit(*, incentive_id: int, facts: IncentiveFacts, by: Actor, at: datetime, seen: str = "") -> Incentive:
    """Change the terms for calls still to be published; published calls keep theirs."""
    incentive = Incentive.objects.edited_by(by).for_update().get(pk=incentive_id)
    siblings = Incentive.objects.filter(phase_id=incentive.phase_id).exclude(pk=incentive_id)
    _check(facts, taken=set(siblings.values_list("key", flat=True)))

    changed = change(incentive, before=incentive.facts(), after=facts, seen=seen)

    if changed:
        record("incentive.edited", incentive, by=by, at=at, changed=changed, cap=facts.cap_eur)
    return incentive


def _check(facts: IncentiveFacts, *, taken: set[str]) -> None:
    refuse_if(problems_with_incentive(facts, bases=Basis.values, legal_bases=LegalBasis.values, taken=taken))
