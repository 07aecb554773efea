"""A side's indicators and reporting periods, each kind of object once; `world.fill` calls it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.indicators import actions
from landbridge.indicators.models import Indicator, Reading
from tests.factories.indicators import an_indicator


def count(side: Any) -> None:
    """An indicator of the side's programme, one entered by hand with a figure, an open and a frozen period."""
    things, at = side.things, side.at
    own, number = side.programme.pk, Indicator.objects.count()
    today: date = at.date()
    things["indicator"] = an_indicator(programme_id=own, code=f"own-{number}", at=at)
    by_hand = an_indicator(programme_id=own, code=f"hand-{number}", source="", at=at)
    things["indicator_by_hand"] = by_hand
    phase = side.programme.phases.order_by("pk").first()
    things["reading"] = actions.enter(
        indicator_id=by_hand.pk, as_of=today - timedelta(days=1), value=Decimal(3), source_text="The annual report",
        phase_id=phase.pk, partner_id=None, by=SYSTEM, at=at,
    )  # fmt: skip
    first = date(2001, 1, 1) + timedelta(days=number)
    last = max(phase.starts_on, today - timedelta(days=2))
    things["period"] = _period(phase, first, last, at=at)
    frozen = _period(phase, first + timedelta(days=1), last, at=at)
    things["period_frozen"] = actions.freeze(period_id=frozen.pk, by=SYSTEM, at=at)
    assert Reading.objects.filter(period=frozen).exists()


def _period(phase: Any, first: date, last: date, *, at: Any) -> Any:
    return actions.begin_period(
        phase_id=phase.pk,
        partner_id=None,
        name=f"From {first}",
        begins_on=first,
        ends_on=last,
        by=SYSTEM,
        at=at,
    )
