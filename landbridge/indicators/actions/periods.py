"""Reporting periods: begun, told in words, frozen for good."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.files.kinds import Kind
from landbridge.foundation.files.store import Received, store
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.indicators import rules, signing
from landbridge.indicators.actions._parts import _reading, _require
from landbridge.indicators.models import Period, Reading
from landbridge.indicators.queries.periods import hashed, lines_of, scopes_of
from landbridge.indicators.queries.scopes import day_of
from landbridge.programmes.models import Partner, Phase


@transaction.atomic
def begin_period(
    *,
    phase_id: int,
    partner_id: int | None,
    name: str,
    begins_on: date,
    ends_on: date,
    by: Actor,
    at: datetime,
) -> Period:
    """Open a reporting period of a phase, or of one partner in it."""
    _require(P.INDICATOR_FREEZE, by=by)
    phase = Phase.objects.edited_by(by).for_update().get(pk=phase_id)
    partner = Partner.objects.get(pk=partner_id, programme_id=phase.programme_id) if partner_id else None
    refuse_if(rules.problems_with_period(begins_on=begins_on, ends_on=ends_on, starts_on=phase.starts_on))
    if Period.objects.filter(phase=phase, partner=partner, begins_on=begins_on, ends_on=ends_on).exists():
        refuse(
            "period_stands",
            N_("This period stands there already."),
            cure=N_("Open it in the list, or give other days."),
            field="begins_on",
        )
    period = Period.objects.create(
        phase=phase, partner=partner, name=name, begins_on=begins_on, ends_on=ends_on
    )
    record("period.begun", period, by=by, at=at, begins_on=begins_on, ends_on=ends_on)
    return period


@transaction.atomic
def write(*, period_id: int, version: int, name: str, narrative: str, by: Actor, at: datetime) -> Period:
    """What its report says in words, until it is frozen."""
    period = _open(period_id, by=by)
    if version != period.version:
        refuse(
            "stale",
            N_("Somebody has changed it since you opened it."),
            cure=N_("Open it again and write your change into what stands there now."),
        )
    period.name, period.narrative, period.version = name, narrative, period.version + 1
    period.save(update_fields=["name", "narrative", "version"])
    record("period.written", period, by=by, at=at, version=period.version)
    return period


@transaction.atomic
def freeze(*, period_id: int, by: Actor, at: datetime) -> Period:
    """Keep every figure of the period with its rows, hash and signature; nothing of it can change afterwards."""
    period = _open(period_id, by=by)
    lines = lines_of(period, with_rows=True)
    refuse_if(rules.problems_with_freezing(ends_on=period.ends_on, today=day_of(at), readings=len(lines)))
    whole, within = scopes_of(period)
    readings = []
    for line in lines:
        readings.append(_reading(line.indicator, line.whole, whole, by=by, at=at, period=period))
        if line.indicator.source:
            readings.append(_reading(line.indicator, line.within, within, by=by, at=at, period=period))
    Reading.objects.bulk_create(readings)
    period.sha256 = hashed(period, readings)
    period.signature = signing.sign(period.sha256)
    period.frozen_at, period.frozen_by_name = at, by.name[:150]
    period.save(update_fields=["sha256", "signature", "frozen_at", "frozen_by_name"])
    record("period.frozen", period, by=by, at=at, sha256=period.sha256, readings=len(readings))
    return period


@transaction.atomic
def keep_documents(
    *, period_id: int, word: Received | None, pdf: Received | None, by: Actor, at: datetime
) -> Period:
    """Keep the report of a frozen period as it was made from it; each document once."""
    _require(P.INDICATOR_FREEZE, by=by)
    period = Period.objects.visible_to(by).for_update().get(pk=period_id, frozen_at__isnull=False)
    kept = []
    for name, received, kind in (("word", word, Kind.DOCX), ("pdf", pdf, Kind.PDF)):
        if received is not None and getattr(period, f"{name}_id") is None:
            setattr(period, name, store(received, by=by, at=at, kinds=frozenset({kind})))
            kept.append(name)
    if kept:
        period.save(update_fields=kept)
        record("period.documents_kept", period, by=by, at=at, documents=kept)
    return period


def _open(period_id: int, *, by: Actor) -> Period:
    """A period that is not frozen yet, locked."""
    _require(P.INDICATOR_FREEZE, by=by)
    rows = Period.objects.visible_to(by).filter(phase__in=Phase.objects.edited_by(by).values("pk"))
    period = rows.for_update().get(pk=period_id)
    if period.frozen_at is not None:
        refuse(
            "frozen",
            N_("This period is frozen."),
            cure=N_("Open another period for what changed since."),
        )
    return period
