"""Saying what is counted, and what is to be reached."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, NotAllowed, refuse, refuse_if
from landbridge.indicators import rules
from landbridge.indicators.actions._parts import _kept, _require
from landbridge.indicators.known import COMMON, Common
from landbridge.indicators.models import Indicator
from landbridge.indicators.queries.listing import codes_of_targets
from landbridge.indicators.queries.scopes import day_of
from landbridge.indicators.queries.sources import SOURCES
from landbridge.programmes.actions import targets
from landbridge.programmes.models import Target
from landbridge.programmes.rules.facts import TargetFacts

COLUMNS = (
    "code", "name", "unit", "definition", "kind", "source", "parameters", "links", "texts", "decimals", "is_public",
    "is_active", "position",
)  # fmt: skip
# A change of one of these changes what the figure means.
MEANING = ("name", "unit", "definition", "source", "parameters")


@transaction.atomic
def add(*, wording: rules.Wording, programme_id: int | None, by: Actor, at: datetime) -> Indicator:
    """A new indicator: of a programme, or of all where the network's office adds it."""
    _require(P.INDICATOR_EDIT, by=by)
    _own(programme_id, by=by)
    taken = Indicator.objects.filter(Q(programme_id=programme_id), code=wording.code).exists()
    refuse_if(rules.problems_with_indicator(wording, sources=frozenset(SOURCES), taken=taken))

    indicator = Indicator(programme_id=programme_id, changed_at=at)
    _write(indicator, wording)
    indicator.save()

    record("indicator.added", indicator, by=by, at=at, code=indicator.code, source=indicator.source)
    return indicator


@transaction.atomic
def change(*, indicator_id: int, version: int, wording: rules.Wording, by: Actor, at: datetime) -> Indicator:
    """Say otherwise what is counted; readings keep the definition under which they were read."""
    indicator = _kept(indicator_id, by=by)
    if version != indicator.version:
        refuse(
            "stale",
            N_("Somebody has changed it since you opened it."),
            cure=N_("Open it again and write your change into what stands there now."),
        )
    others = Indicator.objects.filter(Q(programme_id=indicator.programme_id), code=wording.code)
    taken = others.exclude(pk=indicator.pk).exists()
    refuse_if(rules.problems_with_indicator(wording, sources=frozenset(SOURCES), taken=taken))

    was: dict[str, Any] = {name: getattr(indicator, name) for name in MEANING}
    _write(indicator, wording)
    changed = [name for name in MEANING if was[name] != getattr(indicator, name)]
    if changed:
        until = day_of(at).isoformat()
        indicator.earlier = [*indicator.earlier, {**was, "version": indicator.version, "until": until}]
    indicator.version += 1
    indicator.changed_at = at
    indicator.save()

    record("indicator.changed", indicator, by=by, at=at, changed=changed, version=indicator.version)
    return indicator


@transaction.atomic
def add_common(*, code: str, by: Actor, at: datetime) -> Indicator:
    """One of the common indicators, where the network has none with its code yet; else the one that it has."""
    _require(P.INDICATOR_EDIT, by=by)
    _own(None, by=by)
    there = Indicator.objects.filter(programme__isnull=True, code=code).first()
    if there is not None:
        return there
    return add(wording=_worded(_COMMON[code]), programme_id=None, by=by, at=at)


@transaction.atomic
def add_all_common(*, by: Actor, at: datetime) -> Indicator:
    """Every common indicator that is missing; the first of them all."""
    added = [add_common(code=one.code, by=by, at=at) for one in COMMON]
    return added[0]


@transaction.atomic
def set_target(
    *,
    indicator_id: int,
    phase_id: int,
    partner_id: int | None,
    value: int,
    baseline: int,
    by: Actor,
    at: datetime,
) -> Target:
    """What a phase, or one partner in it, is to reach, and where it began; the record keeps what it was."""
    _require(P.INDICATOR_EDIT, by=by)
    indicator = Indicator.objects.used_by(by).get(pk=indicator_id)
    codes = codes_of_targets(indicator)
    rows = Target.objects.filter(Q(partner_id=partner_id), phase_id=phase_id)
    earlier = rows.filter(code__in=codes).order_by("pk").first()
    facts = TargetFacts(
        code=earlier.code if earlier else indicator.code,
        name=indicator.name,
        unit=indicator.unit,
        value=value,
    )
    target = targets.set_target(phase_id=phase_id, facts=facts, by=by, at=at, partner_id=partner_id)

    was, target.baseline = target.baseline, baseline
    target.save(update_fields=["baseline"])

    record("indicator.target_set", indicator, by=by, at=at, target=value, baseline=baseline, was=was)
    return target


_COMMON = {one.code: one for one in COMMON}


def _own(programme_id: int | None, *, by: Actor) -> None:
    """Common ones are the network's office's; a programme's office adds its own."""
    if by.role is not Role.SYSTEM and by.programme_id is not None and by.programme_id != programme_id:
        raise NotAllowed(P.INDICATOR_EDIT)


def _write(indicator: Indicator, wording: rules.Wording) -> None:
    for name in COLUMNS:
        setattr(indicator, name, getattr(wording, name))


def _worded(one: Common) -> rules.Wording:
    source = SOURCES.get(one.source)
    return rules.Wording(
        code=one.code,
        name=one.name,
        unit=one.unit,
        definition=one.definition or (source.explanation if source else ""),
        kind=one.kind or (source.kind if source else "output"),
        source=one.source,
        parameters=dict(one.parameters),
        links=one.links(),
        decimals=one.decimals,
        is_public=one.is_public,
        position=10 * (COMMON.index(one) + 1),
    )
