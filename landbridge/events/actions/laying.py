"""Slots and tables of the one-to-one meetings: laid together, kept where meetings use them, lost and given back on the day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Max

from landbridge.events import rules
from landbridge.events.actions._parts import _changed, _locked, _open
from landbridge.events.models import Event, MeetingTable, Registration, Room, Slot
from landbridge.events.queries.grid import slots_in_use, tables_in_use
from landbridge.events.rules.moving import Stretch
from landbridge.events.rules.slots import Laid, Plan
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, refuse, refuse_if

OUT_OF_THE_WAY = 10_000  # numbers are given anew in two steps, for no two rows may ever have the same


@transaction.atomic
def lay_slots(*, event_id: int, plan: Plan, by: Actor, at: datetime) -> Event:
    """Lay the slots of a plan; a plan without parts takes all away.

    A slot at the same time as one that stands is that one: whoever ticked it has still ticked it. A slot that a
    meeting uses stays, whatever is planned, and what would overlap it is left out.
    """
    event = _open(event_id, by=by)
    refuse_if(rules.problems_with_plan(plan, starts_at=event.starts_at, ends_at=event.ends_at))
    standing = {
        row.pk: Stretch(row.starts_at, row.ends_at, row.part)
        for row in Slot.objects.filter(event=event).for_update().order_by("number")
    }
    found = rules.laid(plan, standing=standing, in_use=slots_in_use(event))
    _store(event, found)
    _changed(event, by=by, at=at)
    record("event.slots_laid", event, by=by, at=at, slots=len(found.slots), gone=len(found.gone))
    return event


@transaction.atomic
def lay_tables(
    *,
    event_id: int,
    count: int,
    by: Actor,
    at: datetime,
    room_id: int | None = None,
    is_step_free: bool = True,
    name: str = "",
) -> Event:
    """So many more tables, numbered on; with a `name` ("Stand") they are called "Stand 1", "Stand 2" and so on."""
    event = _open(event_id, by=by)
    standing = event.tables.count()
    refuse_if(rules.problems_with_number(standing, more=count, most=rules.MOST_TABLES, field="count"))
    room = Room.objects.get(pk=room_id, event=event) if room_id else None
    first = (event.tables.aggregate(last=Max("number"))["last"] or 0) + 1
    MeetingTable.objects.bulk_create(
        MeetingTable(
            event=event,
            number=number,
            name=f"{name.strip()} {number - first + 1}" if name.strip() else "",
            room=room,
            is_step_free=is_step_free,
        )
        for number in range(first, first + count)
    )
    record("event.tables_laid", event, by=by, at=at, tables=count, room=room.name if room else "")
    return event


@transaction.atomic
def edit_table(
    *,
    table_id: int,
    name: str,
    room_id: int | None,
    is_step_free: bool,
    holder_id: int | None,
    by: Actor,
    at: datetime,
) -> MeetingTable:
    """Another name or room; with a holder it is their stand, at which they stay."""
    event = _open(MeetingTable.objects.get(pk=table_id).event_id, by=by)
    table = MeetingTable.objects.for_update().get(pk=table_id)
    table.name, table.is_step_free = name.strip(), is_step_free
    table.room = Room.objects.get(pk=room_id, event=event) if room_id else None
    table.holder = Registration.objects.get(pk=holder_id, event=event) if holder_id else None
    table.save(update_fields=["name", "is_step_free", "room", "holder"])
    record("event.table_edited", event, by=by, at=at, table=str(table))
    return table


@transaction.atomic
def drop_table(*, table_id: int, by: Actor, at: datetime) -> Event:
    """Take away a table at which no meeting is or was."""
    event = _open(MeetingTable.objects.get(pk=table_id).event_id, by=by)
    table = MeetingTable.objects.for_update().get(pk=table_id)
    if table.pk in tables_in_use(event):
        refuse(
            "table_in_use",
            N_("Meetings take place at this table."),
            cure=N_("On the day, say that the table is lost: its meetings get others."),
        )
    record("event.table_dropped", event, by=by, at=at, table=str(table))
    table.delete()
    return event


@transaction.atomic
def lose_table(*, table_id: int, by: Actor, at: datetime) -> MeetingTable:
    """A table cannot be used from this moment on."""
    table = _table(table_id, by=by)
    if table.out_since is None:
        table.out_since = at
        table.save(update_fields=["out_since"])
        record("event.table_lost", table.event, by=by, at=at, table=str(table))
    return table


@transaction.atomic
def give_back_table(*, table_id: int, by: Actor, at: datetime) -> MeetingTable:
    """The table can be used again."""
    table = _table(table_id, by=by)
    if table.out_since is not None:
        table.out_since = None
        table.save(update_fields=["out_since"])
        record("event.table_given_back", table.event, by=by, at=at, table=str(table))
    return table


def _table(table_id: int, *, by: Actor) -> MeetingTable:
    event = _locked(MeetingTable.objects.get(pk=table_id).event_id, by=by, permission=P.EVENT_EDIT)
    table = MeetingTable.objects.for_update().get(pk=table_id)
    table.event = event
    return table


def _store(event: Event, found: Laid) -> None:
    """The slots as they shall be, numbered through from 1, their parts from 1."""
    Slot.objects.filter(event=event, pk__in=found.gone).delete()
    Slot.objects.filter(event=event).update(number=F("number") + OUT_OF_THE_WAY)
    parts: dict[int, int] = {}
    for number, (key, slot) in enumerate(found.slots, start=1):
        part = parts.setdefault(slot.part, len(parts) + 1)
        if key is None:
            Slot.objects.create(
                event=event, number=number, part=part, starts_at=slot.starts_at, ends_at=slot.ends_at
            )
        else:
            Slot.objects.filter(pk=key).update(number=number, part=part)
