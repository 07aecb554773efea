"""The working calendar of a region: its clocks run in working days of the region that holds the duty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from landbridge.algorithms.working_days import SATURDAY, WorkingCalendar
from landbridge.programmes.models import ClosedDay, Region


@dataclass(frozen=True, slots=True)
class Closure:
    """One day, not at a weekend, on which the desk is closed; `closed_day_id` is None for a public holiday."""

    day: date
    reason: str
    closed_day_id: int | None = None


def calendar_of(region: Region) -> WorkingCalendar:
    """The region's calendar, read with one query; keep it where many days are asked for."""
    return calendars_of([region])[region.pk]


def calendars_of(regions: Iterable[Region]) -> dict[int, WorkingCalendar]:
    """The calendars of several regions by their ids, read with one query for all."""
    found = {region.pk: region for region in regions}
    closed: dict[int, dict[date, str]] = defaultdict(dict)
    for region_id, day, reason in ClosedDay.objects.filter(region__in=found).values_list(
        "region", "day", "reason"
    ):
        closed[region_id][day] = reason
    return {
        pk: WorkingCalendar(
            country=region.country,
            subdivision=region.subdivision,
            time_zone=region.time_zone,
            language=region.languages[0] if region.languages else "",
            own_days=closed[pk],
        )
        for pk, region in found.items()
    }


def is_working_day(region: Region, day: date) -> bool:
    """Whether the region's desk works on this day."""
    return calendar_of(region).is_working(day)


def working_days_after(region: Region, day: date, n: int) -> date:
    """The n-th working day after `day` in the region; for 0, `day` itself or the next that works."""
    return calendar_of(region).after(day, working_days=n)


def deadline(region: Region, *, at: datetime, working_days: int) -> datetime:
    """The moment (UTC) by which something begun `at` is due: the last second of the n-th working day in the region."""
    return calendar_of(region).deadline(at, working_days=working_days)


def closures(region: Region, *, year: int) -> list[Closure]:
    """Holidays that fall on a weekday and the desk's own closed days of a year, in order, each once."""
    own = ClosedDay.objects.filter(region=region, day__year=year).order_by("day")
    found = {row.day: Closure(row.day, row.reason, row.pk) for row in own}
    for day, name in calendar_of(region).holidays_in(year).items():
        if day.weekday() < SATURDAY and day not in found:
            found[day] = Closure(day, name)
    return [found[day] for day in sorted(found)]
