"""Indicators and periods in the situations that tests need, brought about by the word's own actions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.indicators import actions, rules
from landbridge.indicators.models import Indicator, Period
from landbridge.programmes.models import Phase

AT = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)
TODAY = date(2026, 5, 18)
WORDING: dict[str, Any] = {
    "code": "vouchers-granted",
    "name": "Vouchers granted",
    "unit": "vouchers",
    "definition": "Every voucher from its award on.",
    "source": "vouchers-granted",
}


def an_indicator(
    *, programme_id: int | None = None, by: Actor = SYSTEM, at: datetime = AT, **changes: Any
) -> Indicator:
    """Vouchers granted, common to all programmes unless another wording is wanted."""
    wording = rules.Wording(**{**WORDING, **changes})
    return actions.add(wording=wording, programme_id=programme_id, by=by, at=at)


def a_period(
    phase: Phase, *, name: str = "Period 1", ends_on: date = date(2026, 4, 30), by: Actor = SYSTEM,
    at: datetime = AT, partner_id: int | None = None,
) -> Period:  # fmt: skip
    """A reporting period that is over, from the beginning of the phase on."""
    return actions.begin_period(
        phase_id=phase.pk,
        partner_id=partner_id,
        name=name,
        begins_on=phase.starts_on,
        ends_on=ends_on,
        by=by,
        at=at,
    )
