"""Readings: counted at the end of a month, entered by hand, taken over as they were published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.indicators import rules
from landbridge.indicators.actions._parts import _reading, _require
from landbridge.indicators.models import Indicator, Reading
from landbridge.indicators.queries.listing import indicator_of_published
from landbridge.indicators.queries.readings import read
from landbridge.indicators.queries.scopes import Scope, day_of, placed
from landbridge.indicators.states import Came
from landbridge.programmes.models import Partner, Phase, PublishedFigure
from landbridge.programmes.states import S as PhaseState


@transaction.atomic
def take(*, indicator_id: int, as_of: date, by: Actor, at: datetime) -> Indicator:
    """Keep what it counts as of a day: in the network, in each running phase and for each partner in it.

    What was kept for this day before stays and is not kept twice.
    """
    _require(P.INDICATOR_EDIT, by=by)
    indicator = Indicator.objects.visible_to(by).for_update().get(pk=indicator_id)
    there = set(
        Reading.objects.filter(
            indicator=indicator, as_of=as_of, came=Came.COMPUTED, period__isnull=True, since__isnull=True
        ).values_list("phase_id", "partner_id")
    )
    taken = [
        _reading(indicator, read(indicator, scope), scope, by=by, at=at)
        for scope in _scopes(indicator, as_of)
        if (scope.phase_id, scope.partner_id) not in there
    ]
    if taken:
        Reading.objects.bulk_create(taken)
        record("indicator.read", indicator, by=by, at=at, day=as_of, readings=len(taken))
    return indicator


@transaction.atomic
def enter(
    *, indicator_id: int, as_of: date, value: Decimal, source_text: str, phase_id: int | None, partner_id: int | None,
    by: Actor, at: datetime,
) -> Reading:  # fmt: skip
    """Enter a figure by hand, with its source; a later one for the same day stands beside it and counts."""
    _require(P.INDICATOR_EDIT, by=by)
    indicator = Indicator.objects.used_by(by).for_update().get(pk=indicator_id)
    if phase_id is None and by.programme_id is not None and indicator.programme_id != by.programme_id:
        refuse(
            "not_of_the_network",
            N_("A figure of the whole network is entered by the network's office."),
            cure=N_("Choose the phase of your programme for which it holds."),
            field="phase",
        )
    refuse_if(
        rules.problems_with_entry(
            value=value,
            as_of=as_of,
            source_text=source_text,
            today=day_of(at),
            is_counted=bool(indicator.source),
        )
    )
    phase = Phase.objects.edited_by(by).get(pk=phase_id) if phase_id else None
    partner = Partner.objects.get(pk=partner_id, programme__phases=phase_id or 0) if partner_id else None
    reading = Reading.objects.create(
        indicator=indicator,
        as_of=as_of,
        phase=phase,
        partner=partner,
        came=Came.ENTERED,
        value=rules.rounded(value),
        definition=indicator.definition,
        source_text=source_text,
        read_at=at,
        read_by_name=by.name[:150],
    )
    record(
        "indicator.entered", indicator, by=by, at=at, day=as_of, value=str(reading.value), source=source_text
    )
    return reading


@transaction.atomic
def take_published(
    *,
    figure_id: int,
    by: Actor,
    at: datetime,
    value: str = "",
    source_text: str = "",
    is_demonstration: bool = False,
) -> Indicator | None:
    """Take a published figure over as a reading of the indicator that means the same; None where none does.

    Another value of the same thing, published elsewhere, is given with its source. Nothing is taken over twice.
    """
    _require(P.INDICATOR_EDIT, by=by)
    figure = PublishedFigure.objects.select_related("phase", "programme").get(pk=figure_id)
    indicator = indicator_of_published(figure)
    said = (value or figure.value)[:60]
    number = rules.number_in(said)
    if indicator is None or number is None:
        return None
    facts = {
        "indicator": indicator,
        "phase": figure.phase,
        "as_of": figure.as_of or (figure.phase.ends_on if figure.phase else day_of(at)),
        "came": Came.PUBLISHED,
        "said": said,
        "source_text": (source_text or figure.source or figure.programme.name)[:300],
    }
    if Reading.objects.filter(**facts).exists():
        return indicator
    Reading.objects.create(
        **facts,
        value=number,
        definition=figure.name,
        read_at=at,
        read_by_name=by.name[:150],
        is_demonstration=is_demonstration or figure.programme.is_demonstration,
    )
    record("indicator.published_taken", indicator, by=by, at=at, value=said, source=str(facts["source_text"]))
    return indicator


def _scopes(indicator: Indicator, as_of: date) -> Iterator[Scope]:
    """The network for a common one; each phase that runs on the day; each of its partners."""
    if indicator.programme_id is None:
        yield placed(Scope(as_of=as_of))
    phases = Phase.objects.filter(starts_on__lte=as_of, ends_on__gte=as_of).exclude(state=PhaseState.PLANNED)
    if indicator.programme_id is not None:
        phases = phases.filter(programme_id=indicator.programme_id)
    for phase in phases.order_by("pk"):
        whole = placed(Scope(as_of=as_of, programme_id=phase.programme_id, phase_id=phase.pk))
        yield whole
        for partner_id in (
            Partner.objects.filter(programme_id=phase.programme_id)
            .order_by("pk")
            .values_list("pk", flat=True)
        ):
            yield replace(whole, partner_id=partner_id)
