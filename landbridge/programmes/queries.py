"""Reads of this word that join, count or search."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django_countries import countries as all_countries

from landbridge.foundation.audit.models import Entry
from landbridge.foundation.money import Money
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.map import RegionMark
from landbridge.foundation.ui.parts import Step
from landbridge.programmes.models import Incentive, Partner, Phase, Programme, PublishedFigure, Region, Target
from landbridge.programmes.rules.regions import beginnings
from landbridge.programmes.states import NAME_OF, S


class Terms(TypedDict):
    """The terms of an incentive as a call freezes them: the columns that its offer copies."""

    name: str
    purpose: str
    cap_eur: Money
    basis: str
    legal_basis: str
    evidence: list[str]
    validity_months: int
    extension_months: int


def terms_of(incentive: Incentive) -> Terms:
    """The incentive's terms as they stand now: `Offer.objects.create(call=…, incentive=…, **terms_of(incentive))`."""
    return Terms(
        name=incentive.name,
        purpose=incentive.purpose,
        cap_eur=incentive.cap_eur,
        basis=incentive.basis,
        legal_basis=incentive.legal_basis,
        evidence=list(incentive.evidence),
        validity_months=incentive.validity_months,
        extension_months=incentive.extension_months,
    )


def countries() -> frozenset[str]:
    """The two-letter codes of ISO 3166-1."""
    return frozenset(code for code, _name in all_countries)


def region_of_place(country: str, postcode: str) -> Region | None:
    """The active region with the most exact claim on this postcode; None where the network has no region.

    A region without beginnings of postcodes claims its whole country. Of two equal claims the older region wins.
    """
    claims: dict[str, Region] = {}
    for region in Region.objects.active().filter(country=country).order_by("pk"):
        for prefix in region.postcode_prefixes or [""]:
            claims.setdefault(prefix, region)
    return next((claims[part] for part in beginnings(country, postcode) if part in claims), None)


# ── For the pages ────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class PhasePart:
    """One phase with everything that hangs on it."""

    phase: Phase
    way: list[Step]
    incentives: list[Incentive]
    targets: list[Target]
    figures: list[PublishedFigure]
    follower: Phase | None


@dataclass(frozen=True, slots=True)
class CallUse:
    """A call that offers an incentive under terms of its own."""

    title: str
    state: str
    call_id: int
    cap_eur: Money


def programme_list(actor: Actor, *, words: str = "") -> QuerySet[Programme]:
    """The programmes whose name or funder holds the words, the latest first, with counts and their latest phase."""
    phases = Phase.objects.filter(programme=OuterRef("pk"))
    latest = phases.order_by("-number")
    partners = Partner.objects.filter(programme=OuterRef("pk")).order_by().values("programme")
    found = Programme.objects.visible_to(actor).annotate(
        starts_on=Subquery(phases.order_by("starts_on").values("starts_on")[:1]),
        ends_on=Subquery(phases.order_by("-ends_on").values("ends_on")[:1]),
        phase_name=Subquery(latest.values("name")[:1]),
        phase_state=Subquery(latest.values("state")[:1]),
        partner_count=Coalesce(Subquery(partners.annotate(count=Count("pk")).values("count")), 0),
    )
    if words:
        found = found.filter(Q(name__icontains=words) | Q(funder__icontains=words))
    return found.order_by(F("starts_on").desc(nulls_first=True), "name", "pk")


def phase_parts(phases: QuerySet[Phase]) -> list[PhasePart]:
    """The phases, the latest first, each with its way and what it offers; five queries whatever their number."""
    rows = list(phases.order_by("-number"))
    incentives = Incentive.objects.filter(phase__in=rows).order_by("cap_eur", "name")
    targets = Target.objects.filter(phase__in=rows).select_related("partner").order_by("name", "partner_id")
    figures = PublishedFigure.objects.filter(phase__in=rows).order_by("name")
    followers = {row.follows_id: row for row in Phase.objects.filter(follows__in=rows)}
    dates = _dates_of(rows)
    return [
        PhasePart(
            phase=row,
            way=_way(row, dates[row.pk]),
            incentives=[one for one in incentives if one.phase_id == row.pk],
            targets=[one for one in targets if one.phase_id == row.pk],
            figures=[one for one in figures if one.phase_id == row.pk],
            follower=followers.get(row.pk),
        )
        for row in rows
    ]


def calls_using(incentive: Incentive, *, with_drafts: bool) -> list[CallUse]:
    """The calls that took this incentive up, the newest first, each with the cap it took; drafts are the office's own.

    Django gives the relation backwards, so that this word need not know the calls above it.
    """
    offers = incentive.offers.select_related("call").order_by("-pk")
    if not with_drafts:
        offers = offers.filter(call__published_at__isnull=False)
    return [CallUse(str(offer.call), offer.call.state, offer.call_id, offer.cap_eur) for offer in offers]


def region_marks(regions: Iterable[Region]) -> list[RegionMark]:
    """The regions as marks of the map, each with its link."""
    return [
        RegionMark(row.name, float(row.latitude), float(row.longitude), row.get_absolute_url())
        for row in regions
    ]


# How the record's events are told on the pages of this word.


# The event that brings a phase into a state; the latest one counts.
_BROUGHT_BY = {
    "phase.added": S.PLANNED,
    "phase.started": S.RUNNING,
    "phase.woken": S.RUNNING,
    "phase.hibernated": S.HIBERNATING,
    "phase.closed": S.CLOSED,
}


def _dates_of(phases: list[Phase]) -> dict[int, dict[str, datetime]]:
    """When each phase came into each of its states, from the record."""
    found: dict[int, dict[str, datetime]] = {phase.pk: {} for phase in phases}
    entries = Entry.objects.filter(
        subject_table=Phase._meta.label_lower, subject_id__in=list(found), event__in=list(_BROUGHT_BY)
    )
    for entry in entries.order_by("pk"):
        found[entry.subject_id][_BROUGHT_BY[entry.event]] = entry.at
    return found


def _way(phase: Phase, dates: dict[str, datetime]) -> list[Step]:
    """Planned, running, perhaps hibernating, closed; what has not come yet bears the day it is planned for."""
    states = [S.PLANNED, S.RUNNING, *([S.HIBERNATING] if phase.state == S.HIBERNATING else []), S.CLOSED]
    here = states.index(S(phase.state))
    planned_for = {S.RUNNING: phase.starts_on, S.CLOSED: phase.ends_on}
    steps = []
    for number, state in enumerate(states):
        is_coming = number > here
        steps.append(
            Step(
                label=_(NAME_OF[state]),
                at=planned_for.get(state) if is_coming else dates.get(state),
                state="coming" if is_coming else "current" if number == here < len(states) - 1 else "done",
            )
        )
    return steps
