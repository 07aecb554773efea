"""What is due, when and where: for work lists, for the watch, and for the words whose objects the clocks are about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from landbridge.algorithms.working_days import WorkingCalendar, end_of
from landbridge.clocks import rules
from landbridge.clocks.models import Clock, ClockRows
from landbridge.clocks.queries.absences import today_at
from landbridge.clocks.states import Urgency
from landbridge.programmes.calendar import calendars_of
from landbridge.programmes.models import Region

TONES = {
    Urgency.LATE: "bad",
    Urgency.TODAY: "wait",
    Urgency.SOON: "info",
    Urgency.LATER: "quiet",
    Urgency.PAUSED: "quiet",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A clock as a row shows it: how pressing it is, in words and colour, its last day, and the working days left or late."""

    clock: Clock
    urgency: Urgency
    day: date
    days: int

    @property
    def tone(self) -> str:
        """The colour of its tag."""
        return TONES[self.urgency]


def shown(clocks: Iterable[Clock], *, at: datetime) -> dict[int, Shown]:
    """Clocks with how pressing they are, by their id; one query. Load them with their region."""
    rows = list(clocks)
    calendars = calendars_of(clock.region for clock in rows)
    return {clock.pk: _shown(clock, calendars[clock.region_id], at=at) for clock in rows}


def _shown(clock: Clock, calendar: WorkingCalendar, *, at: datetime) -> Shown:
    urgency = rules.urgency(
        due_at=clock.due_at, is_paused=clock.paused_at is not None, calendar=calendar, at=at
    )
    today, due = rules.day_of(calendar, at), rules.day_of(calendar, clock.due_at)
    if urgency is Urgency.LATE:
        days = rules.days_between(calendar, due, today)
    else:
        days = rules.days_between(calendar, today, due) if clock.days_left is None else clock.days_left
    return Shown(clock, urgency, due, days)


def listed(
    clocks: ClockRows, *, at: datetime, due: str = "", region: int | None = None, duty: str = ""
) -> QuerySet[Clock]:
    """Clocks that have not ended, the most pressing first; `due`: late, today or paused."""
    rows = clocks.open().select_related("duty", "region")
    if due == "late":
        rows = rows.filter(due_at__lt=at, paused_at__isnull=True)
    elif due == "today":
        rows = rows.filter(due_at__gte=at, due_at__lt=at + timedelta(days=1), paused_at__isnull=True)
    elif due == "paused":
        rows = rows.filter(paused_at__isnull=False)
    if region:
        rows = rows.filter(region_id=region)
    if duty:
        rows = rows.filter(duty__key=duty)
    return rows.order_by("due_at", "pk")


def due_of(about_table: str, ids: Iterable[int]) -> dict[int, Clock]:
    """Of each object, the clock that is due first; those that run before those that are paused. One query."""
    rows = Clock.objects.open().filter(about_table=about_table, about_id__in=list(ids))
    found: dict[int, Clock] = {}
    for clock in rows.select_related("duty", "region").order_by("due_at", "pk"):
        known = found.get(clock.about_id)
        if known is None or (known.paused_at is not None and clock.paused_at is None):
            found[clock.about_id] = clock
    return found


def overdue(clocks: ClockRows, *, at: datetime) -> ClockRows:
    """Clocks whose last day has passed."""
    return clocks.running().filter(due_at__lt=at)


def due_today(clocks: ClockRows, region: Region, *, at: datetime) -> ClockRows:
    """A desk's clocks whose last day is today."""
    end = end_of(today_at(region, at=at), time_zone=region.time_zone)
    return clocks.running().filter(region=region, due_at__gte=at, due_at__lte=end)


def to_watch() -> QuerySet[Clock]:
    """Clocks about which a letter may still be due."""
    owed = ~Q(remind_after=[]) | Q(tells_supervisor=True, supervisor_told_at__isnull=True)
    return Clock.objects.running().filter(owed).order_by("pk")


def due_for_clients(about_table: str, *, at: datetime) -> list[Clock]:
    """Clocks about rows of this table whose client is to be told now; within the desk's hours alone."""
    rows = Clock.objects.running().filter(
        about_table=about_table, tells_client_after__isnull=False, client_told_at__isnull=True
    )
    waiting = list(rows.select_related("duty", "region").order_by("pk"))
    calendars = calendars_of(clock.region for clock in waiting)
    found = []
    for clock in waiting:
        calendar = calendars[clock.region_id]
        if rules.is_time_to_write(calendar, at=at) and rules.client_is_due(clock.facts(), calendar, at=at):
            found.append(clock)
    return found
