"""What the report of a period says besides its words: figures beside their targets, and the list of vouchers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from landbridge.foundation.money import Money
from landbridge.indicators.models import Indicator, Period
from landbridge.indicators.queries.dashboards.progress import codes_of, plain_code
from landbridge.indicators.queries.facts import Facts, within
from landbridge.indicators.queries.periods import kept_of, lines_of, readings_of, scopes_of
from landbridge.indicators.queries.scopes import Scope, in_phase
from landbridge.indicators.queries.wording import words_of
from landbridge.programmes.models import Target
from landbridge.vouchers.models import Voucher

VOUCHER = Voucher._meta.label_lower
GRANTED = "vouchers-granted"


@dataclass(frozen=True, slots=True)
class Figured:
    """One indicator in the report: what it is called, what came in the period and up to its end, and the target."""

    name: str
    unit: str
    definition: str
    within: str
    whole: str
    value: Decimal | None
    baseline: int = 0
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    """One voucher of the period, in a row of the report."""

    number: str
    granted_on: date
    company: str
    provider: str
    incentive: str
    partner: str
    amount: Money


def figures_of(period: Period) -> list[Figured]:
    """As they were frozen; before that, as they stand. Load the period with its phase."""
    targets = _targets(period)
    if period.frozen_at is not None:
        found = [
            (one.indicator, one.texts[0], one.texts[1], one.whole.value if one.whole else None)
            for one in kept_of(period)
        ]
    else:
        found = [(one.indicator, *one.texts, one.whole.value) for one in lines_of(period)]
    return [_figured(*one, targets=targets) for one in found]


def vouchers_of(period: Period) -> list[Granted]:
    """Every voucher granted in the period, the earliest first: exactly those that were frozen. Two queries at most."""
    rows = _vouchers(period).select_related(
        "application__applicant",
        "application__provider",
        "application__partner",
        "application__offer__incentive",
    )
    return [
        Granted(
            row.number, row.granted_on, row.application.applicant.name,
            row.application.provider.name if row.application.provider else "",
            row.application.offer.incentive.name, row.application.partner.short_name, row.amount_eur,
        )
        for row in rows.order_by("granted_on", "number", "pk")
    ]  # fmt: skip


def scope_of(period: Period) -> Scope:
    """As of the end of the period, within its phase and partner."""
    return scopes_of(period)[0]


def _vouchers(period: Period) -> QuerySet[Voucher]:
    if period.frozen_at is not None:
        frozen = readings_of(period).filter(
            since__isnull=False, indicator__source=GRANTED, indicator__parameters={}
        )
        reading = frozen.first()
        if reading is not None:
            return Voucher.objects.filter(pk__in=_ids(reading.rows))
    _whole, scope = scopes_of(period)
    place = in_phase(scope, phase="application__call__phase", partner="application__partner")
    return within(Facts(Voucher.objects.filter(place), on="awarded_at", name="number"), scope)


def _ids(rows: Mapping[str, list[object]]) -> list[int]:
    """The ids of packed rows, with or without their share."""
    return [int(str(one[0] if isinstance(one, list) else one)) for one in rows.get(VOUCHER, [])]


def _targets(period: Period) -> dict[str, Target]:
    rows = Target.objects.filter(Q(("partner_id", period.partner_id)), phase_id=period.phase_id).order_by(
        "pk"
    )
    return {plain_code(row.code): row for row in rows}


def _figured(
    indicator: Indicator,
    in_it: str,
    up_to_its_end: str,
    value: Decimal | None,
    *,
    targets: Mapping[str, Target],
) -> Figured:
    words = words_of(indicator)
    target = next((targets[code] for code in codes_of(indicator) if code in targets), None)
    return Figured(
        words.name, words.unit, words.definition, in_it, up_to_its_end, value,
        target.baseline if target else 0, target.value if target else None,
    )  # fmt: skip
