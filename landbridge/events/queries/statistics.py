"""The figures of one event: who registered, when, from where, as what; who came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.utils.translation import gettext as _

from landbridge.events.models import CheckIn, Event, Registration, Session
from landbridge.events.queries.coming import completeness
from landbridge.events.states import (
    ATTENDEE_NAMES,
    REGISTERED_NAMES,
    WITH_A_PLACE,
    Attendee,
    Registered,
)
from landbridge.foundation.ui import formatting

LONGEST_LINE = 60  # days shown one by one
STEPS = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of figures."""

    label: str
    many: int
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is counted of one event."""

    registered: int
    with_place: int
    came: int
    missed: int
    states: list[Row]
    regions: list[Row]
    attendees: list[Row]
    days: list[Row]
    complete: list[Row]
    sessions: list[Row]
    arrivals: list[Row]

    @property
    def share_missed(self) -> float:
        ended = self.came + self.missed
        return self.missed / ended if ended else 0.0

    def tables(self) -> Iterator[tuple[str, list[Row]]]:
        """Each table with its name, for the page and the export."""
        yield _("By state"), self.states
        yield _("By region, with a place"), self.regions
        yield _("By kind, with a place"), self.attendees
        yield _("Handed in by day"), self.days
        yield _("Completeness of profiles, per cent"), self.complete
        yield _("Places in sessions"), self.sessions
        yield _("Checked in by hour"), self.arrivals


def figures_of(event: Event) -> Figures:
    """Five queries."""
    zone = ZoneInfo(event.time_zone)
    rows = list(
        Registration.objects.filter(event=event)
        .select_related("region", "event")
        .prefetch_related("competences")
        .order_by("pk")
    )
    states = Counter(one.state for one in rows)
    placed = [one for one in rows if one.state in WITH_A_PLACE]
    attendees = Counter(one.attendee for one in placed)
    regions = Counter(one.region.name if one.region else _("None of them") for one in placed)
    handed_in = Counter(one.submitted_at.astimezone(zone).date() for one in rows if one.submitted_at)
    return Figures(
        registered=len(rows) - states[Registered.DRAFT],
        with_place=len(placed),
        came=states[Registered.ATTENDED],
        missed=states[Registered.NO_SHOW],
        states=[Row(_(REGISTERED_NAMES[state]), states[state]) for state in Registered if states[state]],
        regions=[
            Row(name, many) for name, many in sorted(regions.items(), key=lambda row: (-row[1], row[0]))
        ],
        attendees=[Row(_(ATTENDEE_NAMES[kind]), attendees[kind]) for kind in Attendee if attendees[kind]],
        days=_by_day(handed_in),
        complete=_by_completeness(placed),
        sessions=_of_sessions(event),
        arrivals=_by_hour(event, zone),
    )


def export_rows(figures: Figures) -> Iterator[list[object]]:
    """The same figures, one to a line."""
    for name, rows in figures.tables():
        for row in rows:
            yield [name, row.label, row.many, row.of]


def _by_day(handed_in: Counter[date]) -> list[Row]:
    """The last weeks day by day, also those without any; what was before is one line."""
    if not handed_in:
        return []
    last = max(handed_in)
    first = max(min(handed_in), last - timedelta(days=LONGEST_LINE - 1))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    before = sum(many for day, many in handed_in.items() if day < first)
    rows = [Row(formatting.day(day), handed_in[day]) for day in days]
    return [Row(_("Before"), before), *rows] if before else rows


def _by_completeness(placed: Iterable[Registration]) -> list[Row]:
    counted: Counter[int] = Counter()
    for one in placed:
        percent = completeness(one).percent
        counted[max(step for step in STEPS if step <= percent)] += 1
    names = {0: "0–24", 25: "25–49", 50: "50–74", 75: "75–99", 100: "100"}
    return [Row(names[step], counted[step]) for step in STEPS if counted]


def _of_sessions(event: Event) -> list[Row]:
    rows = Session.objects.filter(event=event, needs_sign_up=True).annotate(many=Count("places_taken"))
    return [Row(one.title, one.many, one.capacity) for one in rows.order_by("starts_at", "pk")]


def _by_hour(event: Event, zone: ZoneInfo) -> list[Row]:
    moments = CheckIn.objects.filter(registration__event=event).values_list("scanned_at", flat=True)
    hours = Counter(moment.astimezone(zone).strftime("%Y-%m-%d %H:00") for moment in moments)
    return [Row(hour, hours[hour]) for hour in sorted(hours)]
