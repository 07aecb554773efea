"""Who takes part in the meetings of an event, in which slots, and at which tables; read in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from landbridge.events.models import Event, MeetingTable, Registration, SessionPlace, Slot
from landbridge.meetings.models import Absence, MeetingRules


@dataclass(frozen=True, slots=True)
class There:
    """Somebody who takes part: what the timetable needs to know of them. `slots` are places in the grid, from 0."""

    key: int
    name: str
    organisation_id: int | None
    organisation_name: str
    country: str
    slots: tuple[int, ...]
    has_said: bool
    most: int | None
    is_online: bool
    needs_step_free: bool


class Grid:
    """The slots of an event in their order, and its tables."""

    def __init__(self, event: Event, *, at: datetime) -> None:
        self.event, self.at = event, at
        self.slots = list(Slot.objects.filter(event=event).order_by("number"))
        self.place = {slot.pk: place for place, slot in enumerate(self.slots)}
        self.from_slot = sum(1 for slot in self.slots if slot.starts_at <= at)

    @cached_property
    def tables(self) -> dict[int, MeetingTable]:
        """All tables by their key, lost ones too, in the order of their numbers."""
        rows = MeetingTable.objects.filter(event=self.event).select_related("room").order_by("number")
        return {table.pk: table for table in rows}

    @cached_property
    def usable(self) -> tuple[int, ...]:
        """The tables that are not lost."""
        return tuple(pk for pk, table in self.tables.items() if table.out_since is None)

    @cached_property
    def step_free(self) -> frozenset[int]:
        """The tables that are reached without steps."""
        return frozenset(
            pk
            for pk, table in self.tables.items()
            if table.is_step_free and (table.room is None or table.room.is_step_free)
        )

    @cached_property
    def stands(self) -> dict[int, int]:
        """Whose stand is which table; lost stands bind nobody."""
        found: dict[int, int] = {}
        for pk, table in self.tables.items():
            if table.holder_id is not None and table.out_since is None:
                found.setdefault(table.holder_id, pk)
        return found

    @cached_property
    def parts(self) -> tuple[int, ...]:
        """The first slot of each part of the day."""
        starts = [
            place
            for place, slot in enumerate(self.slots)
            if place == 0 or slot.part != self.slots[place - 1].part
        ]
        return tuple(starts) or (0,)

    def places_in(self, starts_at: datetime, ends_at: datetime) -> set[int]:
        """The slots that overlap a stretch of time."""
        return {
            place
            for place, slot in enumerate(self.slots)
            if slot.starts_at < ends_at and slot.ends_at > starts_at
        }


COLUMNS = (
    "pk", "name", "organisation_id", "organisation_name", "country", "slots", "most_meetings", "is_online",
    "needs_step_free",
)  # fmt: skip


def people_there(grid: Grid, *, rules: MeetingRules, only: tuple[int, ...] | None = None) -> dict[int, There]:
    """Everybody who takes part (or `only` these), with the slots that lie ahead and in which they are free of sessions."""
    rows = Registration.objects.filter(event=grid.event, wants_meetings=True).taking_part()
    if only is not None:
        rows = rows.filter(pk__in=only)
    away = _away(grid, only=only)
    ahead = frozenset(range(grid.from_slot, len(grid.slots)))
    unsaid = ahead if rules.silent_are_there else frozenset()
    found: dict[int, There] = {}
    for key, name, organisation, called, country, ticked, most, online, step_free in rows.order_by(
        "pk"
    ).values_list(*COLUMNS):
        place = grid.place
        said = ticked is not None
        slots = ahead & {place[pk] for pk in ticked if pk in place} if said else unsaid
        caps = [cap for cap in (most, rules.most_meetings) if cap is not None]
        found[key] = There(
            key=key,
            name=name,
            organisation_id=organisation,
            organisation_name=called,
            country=country,
            slots=tuple(sorted(slots - away[key] if key in away else slots)),
            has_said=said,
            most=min(caps) if caps else None,
            is_online=online,
            needs_step_free=step_free,
        )
    return found


def _away(grid: Grid, *, only: tuple[int, ...] | None) -> dict[int, set[int]]:
    """The slots that somebody spends in a session, or misses on the day."""
    sessions = SessionPlace.objects.filter(session__event=grid.event)
    absences = Absence.objects.filter(event=grid.event, lifted_at__isnull=True)
    if only is not None:
        sessions, absences = (
            sessions.filter(registration__in=only),
            absences.filter(registration__in=only),
        )
    away: defaultdict[int, set[int]] = defaultdict(set)
    known: dict[tuple[datetime, datetime], set[int]] = {}
    stretches = [
        *sessions.values_list("registration_id", "session__starts_at", "session__ends_at"),
        *absences.values_list("registration_id", "starts_at", "ends_at"),
    ]
    for registration, starts_at, ends_at in stretches:
        if (starts_at, ends_at) not in known:
            known[starts_at, ends_at] = grid.places_in(starts_at, ends_at)
        away[registration] |= known[starts_at, ends_at]
    return away
