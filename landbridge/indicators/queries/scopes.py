"""As of which day and within which place an indicator is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max, Min, Q

from landbridge.programmes.models import Partner, Phase

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class Scope:
    """As of the end of `as_of`, from the beginning of `since`; ids of the place, none of them: the whole network.

    What happens in no programme (an enquiry, an introduction …) counts for a programme and its phases where it
    happened in the region of one of its partners, and in their time: `begins_on` to `ends_on`, see `placed`.
    """

    as_of: date
    since: date | None = None
    programme_id: int | None = None
    phase_id: int | None = None
    partner_id: int | None = None
    region_id: int | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    begins_on: date | None = None
    ends_on: date | None = None
    is_placed: bool = False

    @property
    def is_network(self) -> bool:
        return not (self.programme_id or self.phase_id or self.partner_id or self.region_id)

    def parameter(self, name: str, default: Any = None) -> Any:
        """What the indicator gives its source under this name."""
        value = self.parameters.get(name)
        return default if value in (None, "", []) else value


def placed(scope: Scope) -> Scope:
    """The same, with the programme of its phase or partner and its days looked up: once for many indicators.

    At most two queries, none where it was placed before.
    """
    if scope.is_placed:
        return scope
    programme_id = scope.programme_id
    if scope.phase_id and not programme_id:
        programme_id = Phase.objects.filter(pk=scope.phase_id).values_list("programme_id", flat=True).first()
    elif scope.partner_id and not programme_id:
        programme_id = (
            Partner.objects.filter(pk=scope.partner_id).values_list("programme_id", flat=True).first()
        )
    phases = Phase.objects.none()
    if scope.phase_id:
        phases = Phase.objects.filter(pk=scope.phase_id)
    elif programme_id:
        phases = Phase.objects.filter(programme_id=programme_id)
    days = phases.aggregate(first=Min("starts_on"), last=Max("ends_on"))
    begins_on, ends_on = days["first"], days["last"]
    return replace(scope, programme_id=programme_id, begins_on=begins_on, ends_on=ends_on, is_placed=True)


def in_regions(scope: Scope, path: str) -> Q:
    """Rows whose region (at `path`) lies in the place: the region, the partner's, those of the programme's partners."""
    if scope.region_id:
        return Q(**{f"{path}_id": scope.region_id})
    if scope.partner_id:
        ours = Partner.objects.filter(pk=scope.partner_id, region__isnull=False)
    elif scope.programme_id:
        ours = Partner.objects.filter(programme_id=scope.programme_id, region__isnull=False)
    else:
        return Q()
    return Q(**{f"{path}__in": ours.values("region_id")})


def in_phase(scope: Scope, *, phase: str, partner: str = "", region: str = "") -> Q:
    """Rows that name their phase themselves, and their partner and region where a path to them is given."""
    found = Q()
    if scope.phase_id:
        found &= Q(**{f"{phase}_id": scope.phase_id})
    elif scope.programme_id:
        found &= Q(**{f"{phase}__programme_id": scope.programme_id})
    if scope.partner_id and partner:
        found &= Q(**{f"{partner}_id": scope.partner_id})
    if scope.region_id and region:
        found &= Q(**{f"{region}_id": scope.region_id})
    return found


def beginning_of(day: date) -> datetime:
    """The first moment of a day in the network's time zone."""
    day = min(max(day, FIRST_DAY), LAST_DAY)
    return datetime.combine(day, time(), ZoneInfo(settings.LANDBRIDGE_TIME_ZONE)).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first moment after a day in the network's time zone."""
    return beginning_of(min(day, LAST_DAY - timedelta(days=1)) + timedelta(days=1))


def day_of(moment: datetime | date) -> date:
    """The day of a moment in the network's time zone; a day is itself."""
    if isinstance(moment, datetime):
        return moment.astimezone(ZoneInfo(settings.LANDBRIDGE_TIME_ZONE)).date()
    return moment
