"""The partners of a programme."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import refuse_if
from landbridge.programmes import queries
from landbridge.programmes.actions.columns import change, columns_of
from landbridge.programmes.models import Partner, Programme, Region
from landbridge.programmes.rules.facts import PartnerFacts
from landbridge.programmes.rules.partners import problems_with_partner


@transaction.atomic
def add(*, programme_id: int, facts: PartnerFacts, by: Actor, at: datetime) -> Partner:
    """Take a partner into the programme; its money is allocated in the budgets."""
    programme = Programme.objects.edited_by(by).for_update().get(pk=programme_id)
    _check(facts, among=list(Partner.objects.filter(programme=programme)))

    partner = Partner.objects.create(programme=programme, **columns_of(facts))

    record("partner.added", partner, by=by, at=at)
    return partner


@transaction.atomic
def edit(*, partner_id: int, facts: PartnerFacts, by: Actor, at: datetime, seen: str = "") -> Partner:
    """Describe the partner anew; payment files made from now on carry the new account and address."""
    partner = Partner.objects.edited_by(by).for_update().get(pk=partner_id)
    Programme.objects.for_update().get(
        pk=partner.programme_id
    )  # names and the lead are unique among its partners
    _check(
        facts, among=list(Partner.objects.filter(programme_id=partner.programme_id).exclude(pk=partner_id))
    )

    changed = change(partner, before=partner.facts(), after=facts, seen=seen)

    if changed:
        record("partner.edited", partner, by=by, at=at, changed=changed)
    return partner


def _check(facts: PartnerFacts, *, among: list[Partner]) -> None:
    refuse_if(
        problems_with_partner(
            facts,
            countries=queries.countries(),
            regions=set(Region.objects.values_list("pk", flat=True)),
            taken=[other.name for other in among],
            lead=next((other.name for other in among if other.is_lead), ""),
        )
    )
