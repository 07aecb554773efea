"""What the screens in the rooms show: now and next, table by table, names only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from landbridge.events.models import Event, MeetingTable, Room, Slot
from landbridge.meetings.models import Meeting
from landbridge.meetings.states import MeetingState


@dataclass(frozen=True, slots=True)
class Row:
    """One table: who sits there now, and who comes next."""

    table: str
    now: tuple[str, ...]
    next: tuple[str, ...]
    is_lost: bool

    @property
    def is_shown(self) -> bool:
        """Nobody looks for a table at which nothing happens, now or next."""
        return bool(self.now or self.next or self.is_lost)


@dataclass(frozen=True, slots=True)
class Screen:
    """One look at the tables, at one moment."""

    time: str
    now: str
    next: str
    rows: tuple[Row, ...]
    rooms: tuple[Room, ...]
    is_over: bool


def screen_of(event: Event, *, at: datetime, room_id: int | None = None) -> Screen:
    """The slot that runs and the one that follows; four queries. Between two slots, the next one is the next."""
    slots = list(Slot.objects.filter(event=event).order_by("number"))
    now = next((slot for slot in slots if slot.starts_at <= at < slot.ends_at), None)
    following = next((slot for slot in slots if slot.starts_at > at), None)
    tables = MeetingTable.objects.filter(event=event).order_by("number")
    rooms = Room.objects.filter(event=event, tables__isnull=False).distinct().order_by("number", "pk")
    if room_id is not None:
        tables = tables.filter(room=room_id)
    wanted = [slot.pk for slot in (now, following) if slot]
    rows = Meeting.objects.filter(event=event, slot__in=wanted, table__isnull=False)
    rows = rows.exclude(state=MeetingState.CANCELLED)
    seated = {
        (slot, table): (first, second)
        for slot, table, first, second in rows.values_list(
            "slot_id", "table_id", "first__name", "second__name"
        )
    }
    return Screen(
        time=_clock(at, event),
        now=_span(now, event),
        next=_span(following, event),
        rows=tuple(
            Row(
                table=str(table),
                now=seated.get((now.pk, table.pk), ()) if now else (),
                next=seated.get((following.pk, table.pk), ()) if following else (),
                is_lost=table.out_since is not None,
            )
            for table in tables
        ),
        rooms=tuple(rooms),
        is_over=bool(slots) and now is None and following is None,
    )


def _clock(at: datetime, event: Event) -> str:
    return f"{at.astimezone(ZoneInfo(event.time_zone)):%H:%M}"


def _span(slot: Slot | None, event: Event) -> str:
    return f"{_clock(slot.starts_at, event)}–{_clock(slot.ends_at, event)}" if slot else ""
