"""What the actions of indicators share."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed
from landbridge.indicators import rules
from landbridge.indicators.models import Indicator, Period, Reading
from landbridge.indicators.queries.scopes import Scope
from landbridge.indicators.rules import Counted
from landbridge.indicators.states import Came


def _require(permission: P, *, by: Actor) -> None:
    if not by.may(permission):
        raise NotAllowed(permission)


def _kept(indicator_id: int, *, by: Actor) -> Indicator:
    """An indicator that somebody keeps, locked."""
    _require(P.INDICATOR_EDIT, by=by)
    return Indicator.objects.kept_by(by).for_update().get(pk=indicator_id)


def _reading(
    indicator: Indicator,
    counted: Counted,
    scope: Scope,
    *,
    by: Actor,
    at: datetime,
    period: Period | None = None,
) -> Reading:
    """A reading of what was counted, not yet saved."""
    packed = rules.packed(counted.rows)
    return Reading(
        indicator=indicator,
        as_of=scope.as_of,
        since=scope.since,
        phase_id=scope.phase_id,
        partner_id=scope.partner_id,
        region_id=scope.region_id,
        period=period,
        came=Came.COMPUTED,
        value=None if counted.value is None else rules.rounded(Decimal(counted.value)),
        part=counted.part,
        whole=counted.whole,
        asked=counted.asked,
        definition=indicator.definition,
        rows=packed,
        rows_sha256=rules.sha256_of_rows(packed),
        read_at=at,
        read_by_name=by.name[:150],
    )
