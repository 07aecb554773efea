"""Where a company stands before it is supported."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import refuse_if
from landbridge.organisations.models import Organisation
from landbridge.surveys import rules
from landbridge.surveys.actions._parts import _require
from landbridge.surveys.models import Baseline


class Figures(TypedDict, total=False):
    """Full-time equivalents, whole euro of the last closed year, countries sold to; None where it is not known."""

    jobs: Decimal | None
    turnover_eur: int | None
    markets: int | None
    evidence: str


@transaction.atomic
def record_baseline(
    *,
    organisation_id: int,
    on: date,
    by: Actor,
    at: datetime,
    is_demonstration: bool = False,
    **figures: Unpack[Figures],
) -> Baseline:
    """Put down where a company stands. Nothing is overwritten: a correction is another row.

    The last one recorded before its support began counts (`rules.counts`).
    """
    _require(P.BASELINE_RECORD, by=by)
    company = Organisation.objects.visible_to(by).get(pk=organisation_id)
    jobs, turnover, markets = (figures.get(name) for name in ("jobs", "turnover_eur", "markets"))
    refuse_if(
        rules.problems_with_baseline(
            on=on, today=at.date(), has_something=any(one is not None for one in (jobs, turnover, markets))
        )
    )
    made = Baseline.objects.create(
        organisation=company,
        on=on,
        **figures,
        recorded_by_name=by.name,
        recorded_at=at,
        is_demonstration=is_demonstration,
    )
    record("baseline.recorded", made, by=by, at=at, organisation=company.pk)
    return made
