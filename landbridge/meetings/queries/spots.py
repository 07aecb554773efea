"""Places for one meeting chosen by hand: what speaks against a slot and a table, and which are free for both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Q

from landbridge.events.models import Event, Registration, Slot
from landbridge.events.states import Form
from landbridge.foundation.ui.formatting import day
from landbridge.meetings.models import Block, Meeting, MeetingRules
from landbridge.meetings.queries.asking import is_same_organisation
from landbridge.meetings.queries.material import Pair
from landbridge.meetings.queries.people_there import Grid, There, people_there
from landbridge.meetings.rules.spots import Chosen, Side
from landbridge.meetings.states import MeetingState


@dataclass(frozen=True, slots=True)
class Opening:
    """A slot in which both could meet, with its tables (none: they meet online)."""

    slot_id: int
    label: str
    tables: tuple[int, ...]


class Board:
    """The meetings around two people: who of the two is where, which tables are taken. `ignoring` counts as not there."""

    def __init__(
        self, event: Event, rules: MeetingRules, pair: Pair, *, at: datetime, ignoring: Iterable[int] = ()
    ) -> None:
        self.event, self.rules, self.pair, self.at = event, rules, pair, at
        self.grid = Grid(event, at=at)
        self.people: dict[int, There] = people_there(self.grid, rules=rules, only=pair)
        self.rows = Registration.objects.in_bulk(pair)
        standing = Meeting.objects.filter(event=event).standing().exclude(pk__in=list(ignoring))
        self.meets: dict[tuple[int, int], str] = {}
        self.number: defaultdict[int, int] = defaultdict(int)
        own = standing.filter(Q(first__in=pair) | Q(second__in=pair)).select_related("first", "second")
        for meeting in own:
            for me, other in ((meeting.first, meeting.second), (meeting.second, meeting.first)):
                if me.pk in pair:
                    self.meets[me.pk, meeting.slot_id] = other.name
                    self.number[me.pk] += 1
        seats = standing.filter(table__isnull=False).values_list(
            "slot_id", "table_id", "first__name", "second__name"
        )
        self.taken = {(slot, table): f"{first} – {second}" for slot, table, first, second in seats}
        self.is_blocked = _is_blocked(event, self.rows, pair)

    @property
    def needs_table(self) -> bool:
        online = any(row.is_online for row in self.rows.values())
        return self.event.form != Form.ONLINE and not online

    def chosen(self, slot: Slot, table_id: int | None) -> Chosen:
        """What the rules read of this slot and table."""
        table = self.grid.tables.get(table_id) if table_id else None
        stands = {key: self.grid.stands.get(key) for key in self.pair}
        held = [key for key, stand in stands.items() if stand is not None]
        is_own_stand = table_id is not None and table_id in stands.values()
        holder = table.holder_id if table and not is_own_stand else None
        steps = [key for key in self.pair if key in self.people and self.people[key].needs_step_free]
        reachable = not steps or table_id is None or table_id in self.grid.step_free or is_own_stand
        return Chosen(
            slot=label_of(slot, self.event),
            starts_at=slot.starts_at,
            sides=tuple(self._side(key, slot) for key in self.pair),
            needs_table=self.needs_table,
            table=str(table) if table else "",
            is_lost=bool(table and table.out_since),
            taken_by=self.taken.get((slot.pk, table_id or 0), ""),
            is_reachable=reachable,
            stand_of=_name_of(holder) if holder and holder in self._stand_holders else "",
            stand_elsewhere=self.rows[held[0]].name if held and not is_own_stand else "",
            is_blocked=self.is_blocked,
        )

    def openings(self) -> list[Opening]:
        """The slots ahead in which both are free, with the tables that are free then; none without a table."""
        if self.is_blocked or any(self._is_full(key) for key in self.pair):
            return []
        found = []
        for place, slot in enumerate(self.grid.slots[self.grid.from_slot :], start=self.grid.from_slot):
            if not all(self._is_free(key, place, slot) for key in self.pair):
                continue
            tables = self.tables_in(slot)
            if tables or not self.needs_table:
                found.append(Opening(slot.pk, label_of(slot, self.event), tables))
        return found

    def tables_in(self, slot: Slot) -> tuple[int, ...]:
        """The tables that these two could have in a slot; empty where they need none."""
        if not self.needs_table:
            return ()
        stands = [self.grid.stands[key] for key in self.pair if key in self.grid.stands]
        others = {table for key, table in self.grid.stands.items() if key in self._stand_holders}
        wanted = stands or [table for table in self.grid.usable if table not in others]
        if any(one.needs_step_free for one in self.people.values()):
            wanted = [table for table in wanted if table in self.grid.step_free or table in stands]
        return tuple(table for table in wanted if (slot.pk, table) not in self.taken)

    def _is_free(self, key: int, place: int, slot: Slot) -> bool:
        there = self.people.get(key)
        return there is not None and place in there.slots and (key, slot.pk) not in self.meets

    def _is_full(self, key: int) -> bool:
        there = self.people.get(key)
        return there is not None and there.most is not None and self.number[key] >= there.most

    def _side(self, key: int, slot: Slot) -> Side:
        there = self.people.get(key)
        return Side(
            name=self.rows[key].name,
            is_there=there is not None and self.grid.place[slot.pk] in there.slots,
            has_said=there is None or there.has_said,
            is_taking_part=there is not None,
            meets=self.meets.get((key, slot.pk), ""),
            is_full=self._is_full(key),
        )

    @cached_property
    def _stand_holders(self) -> set[int]:
        """Those who hold a stand and take part: only their stands are kept for them."""
        holders = Registration.objects.filter(pk__in=list(self.grid.stands)).taking_part()
        return set(holders.filter(wants_meetings=True).values_list("pk", flat=True))


def label_of(slot: Slot, event: Event) -> str:
    """A slot as people name it: 12 June 2026, 10:20."""
    starts_at = slot.starts_at.astimezone(ZoneInfo(event.time_zone))
    return f"{day(starts_at)}, {starts_at:%H:%M}"


def span_of(slot: Slot, event: Event) -> str:
    """From when to when, by the clock of the event; with the day where the event has several."""
    zone = ZoneInfo(event.time_zone)
    starts_at, ends_at = slot.starts_at.astimezone(zone), slot.ends_at.astimezone(zone)
    clock = f"{starts_at:%H:%M}–{ends_at:%H:%M}"
    return clock if is_one_day(event) else f"{day(starts_at)}, {clock}"


def said_at(at: datetime, event: Event) -> str:
    """A moment of the event to the minute: the clock alone on its own day, where it has one."""
    local = at.astimezone(ZoneInfo(event.time_zone))
    starts_at = event.starts_at.astimezone(local.tzinfo)
    is_today = is_one_day(event) and local.date() == starts_at.date()
    return f"{local:%H:%M}" if is_today else f"{day(local)}, {local:%H:%M}"


def is_one_day(event: Event) -> bool:
    """Whether it begins and ends on the same day, where it takes place."""
    zone = ZoneInfo(event.time_zone)
    return event.starts_at.astimezone(zone).date() == event.ends_at.astimezone(zone).date()


def other_meetings_in(meeting: Meeting, *, at: datetime) -> list[Meeting]:
    """Meetings with which this one could change places: planned, of the same event, not begun."""
    rows = Meeting.objects.filter(event=meeting.event_id, state=MeetingState.PLANNED, slot__starts_at__gt=at)
    rows = rows.exclude(pk=meeting.pk)
    return list(
        rows.select_related("first", "second", "slot", "table").order_by("slot__number", "table__number")
    )


def _is_blocked(event: Event, rows: dict[int, Registration], pair: Pair) -> bool:
    if Block.objects.filter(event=event, first=min(pair), second=max(pair)).exists():
        return True
    return len(rows) == len(pair) and is_same_organisation(rows[pair[0]], rows[pair[1]])


def _name_of(key: int) -> str:
    return Registration.objects.values_list("name", flat=True).get(pk=key)
