"""Which programme, phase, partner and region somebody may look at, and which they chose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.indicators.queries.scopes import Scope, placed
from landbridge.programmes.models import Partner, Phase, Programme, Region

# The id of no row: whoever is bound to a place that is not there sees nothing, and never everything.
_NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at: the scope of every figure, and what it is called."""

    scope: Scope
    programme: Programme | None = None
    phase: Phase | None = None
    partner: Partner | None = None
    region: Region | None = None

    @property
    def names(self) -> list[str]:
        """Where, from the whole to the part."""
        return [
            one.name for one in (self.programme, self.phase, self.partner, self.region) if one is not None
        ]


def programmes_for(actor: Actor) -> QuerySet[Programme]:
    """Programmes are public; who works for one looks at that one, a broker at those with a partner in the region."""
    rows = Programme.objects.order_by("name", "pk")
    if actor.role is Role.BROKER:
        return rows.filter(pk__in=Partner.objects.filter(region_id=actor.region_id or 0).values("programme"))
    if actor.role is Role.FINANCE:
        return rows.filter(pk__in=Partner.objects.filter(pk=actor.partner_id or 0).values("programme"))
    if actor.role in (Role.OFFICE, Role.AUDITOR) and actor.programme_id:
        return rows.filter(pk=actor.programme_id)
    return rows


def partners_for(actor: Actor, *, programme_id: int | None) -> QuerySet[Partner]:
    """The partners of the programme; a finance officer's own, a broker's those of the region."""
    rows = Partner.objects.filter(programme_id=programme_id or 0).order_by("short_name", "pk")
    if actor.role is Role.FINANCE:
        return rows.filter(pk=actor.partner_id or 0)
    if actor.role is Role.BROKER:
        return rows.filter(region_id=actor.region_id or 0)
    return rows


def phases_of(programme_id: int | None) -> QuerySet[Phase]:
    """The phases of a programme, the newest first."""
    return Phase.objects.filter(programme_id=programme_id or 0).order_by("-number", "pk")


def chosen_look(
    actor: Actor, *, as_of: date, programme: Programme | None, phase_id: int | None, partner_id: int | None
) -> Look:
    """What somebody chose, as far as they may; else what is theirs. Their own partner and region stay.

    `programme` is one of `programmes_for` this actor. Five queries at most.
    """
    phases = list(phases_of(programme.pk)) if programme else []
    phase = next((one for one in phases if one.pk == phase_id or len(phases) == 1), None)
    partner = _partner(actor, programme_id=programme.pk if programme else None, partner_id=partner_id)
    region = Region.objects.filter(pk=actor.region_id or 0).first() if actor.role is Role.BROKER else None
    scope = Scope(
        as_of=as_of,
        programme_id=programme.pk if programme else _NOWHERE if actor.programme_id else None,
        phase_id=phase.pk if phase else None,
        partner_id=partner.pk if partner else _NOWHERE if actor.role is Role.FINANCE else None,
        region_id=None
        if partner
        else region.pk
        if region
        else _NOWHERE
        if actor.role is Role.BROKER
        else None,
    )
    return Look(placed(scope), programme, phase, partner, region)


def _partner(actor: Actor, *, programme_id: int | None, partner_id: int | None) -> Partner | None:
    if actor.role is Role.FINANCE:
        return Partner.objects.filter(pk=actor.partner_id or 0).first()
    if not partner_id:
        return None
    return partners_for(actor, programme_id=programme_id).filter(pk=partner_id).first()
