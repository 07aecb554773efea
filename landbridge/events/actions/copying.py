"""Last year's event once more: everything but the people, on other days, at the same times of the clock."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from landbridge.events import rules
from landbridge.events.actions._parts import _locked
from landbridge.events.models import Event, MeetingTable, Quota, Room, Session, Slot
from landbridge.events.queries.grid import rooms_of, slots_of, stretches
from landbridge.events.rules.moving import Stretch
from landbridge.events.states import S
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import refuse_if

# What a copy has from its model; its dates are moved, and its life begins anew.
TAKEN_OVER = (
    "programme_id", "kind", "form", "language", "summary", "description", "picture_id", "picture_text", "time_zone",
    "venue", "street", "postcode", "town", "country", "link", "directions", "fair_name", "fair_website",
    "contact_email", "needs_approval", "has_waiting_list", "capacity", "conditions", "questions", "has_meetings",
    "is_demonstration",
)  # fmt: skip


@transaction.atomic
def copy(*, event_id: int, first_day: date, by: Actor, at: datetime, title: str = "") -> Event:
    """A new draft with texts, programme, rooms, slots, tables, questions and quotas of another event.

    Its first day is `first_day`; everything lies as many days after it as it did, at the same time of the clock in
    the event's zone. Nobody is registered, no challenge is set, no stand is given away.
    """
    model = _locked(event_id, by=by)
    zone = model.time_zone
    refuse_if(rules.problems_with_first_day(first_day, today=rules.day_of(at, zone)))
    days = (first_day - rules.day_of(model.starts_at, zone)).days
    name = title.strip() or model.title
    whole = rules.moved_stretch(Stretch(model.starts_at, model.ends_at), days=days, zone=zone)
    values: dict[str, Any] = {column: getattr(model, column) for column in TAKEN_OVER}
    made = Event.objects.create(
        **values,
        slug=rules.slug_for(name, year=first_day.year, taken=Event.objects.values_list("slug", flat=True)),
        title=name,
        texts={code: _without_title(rows, name=name, model=model) for code, rows in model.texts.items()},
        starts_at=whole.starts_at,
        ends_at=whole.ends_at,
        **_registration(model, days=days, whole=whole, at=at),
        state=S.DRAFT,
        copied_from=model,
        created_by_name=by.name[:150],
        created_at=at,
        edited_by_name=by.name[:150],
        edited_at=at,
    )
    rooms = _copy_rooms(model, made)
    _copy_sessions(model, made, rooms=rooms, days=days)
    _copy_slots(model, made, days=days)
    _copy_tables(model, made, rooms=rooms)
    Quota.objects.bulk_create(
        Quota(event=made, region_id=row.region_id, attendee=row.attendee, at_most=row.at_most)
        for row in model.quotas.order_by("pk")
    )
    record("event.copied", made, by=by, at=at, model=model.slug, days=days)
    return made


def _without_title(rows: dict[str, str], *, name: str, model: Event) -> dict[str, str]:
    """Titles in other languages are those of the model: with a new title they have to be written anew."""
    if name == model.title:
        return dict(rows)
    return {key: text for key, text in rows.items() if key != "title"}


def _registration(model: Event, *, days: int, whole: Stretch, at: datetime) -> dict[str, datetime]:
    """Open and close as long before the event as it was; never in a past in which nobody could register."""
    zone = model.time_zone
    opens_at = rules.moved(model.registration_opens_at, days=days, zone=zone)
    closes_at = rules.moved(model.registration_closes_at, days=days, zone=zone)
    opens_at = max(opens_at, at.replace(second=0, microsecond=0))
    if closes_at <= opens_at:
        closes_at = rules.closing_of_registration(opens_at, starts_at=whole.starts_at, ends_at=whole.ends_at)
    return {"registration_opens_at": opens_at, "registration_closes_at": min(closes_at, whole.ends_at)}


def _copy_rooms(model: Event, made: Event) -> dict[int, Room]:
    return {
        room.pk: Room.objects.create(
            event=made, name=room.name, places=room.places, is_step_free=room.is_step_free, number=room.number
        )
        for room in rooms_of(model)
    }


def _copy_sessions(model: Event, made: Event, *, rooms: dict[int, Room], days: int) -> None:
    for row in model.sessions.order_by("starts_at", "pk"):
        when = rules.moved_stretch(Stretch(row.starts_at, row.ends_at), days=days, zone=model.time_zone)
        Session.objects.create(
            event=made,
            kind=row.kind,
            title=row.title,
            text=row.text,
            speakers=row.speakers,
            room=rooms.get(row.room_id or 0),
            starts_at=max(when.starts_at, made.starts_at),
            ends_at=min(when.ends_at, made.ends_at),
            needs_sign_up=row.needs_sign_up,
            capacity=row.capacity,
            link=row.link,
        )


def _copy_slots(model: Event, made: Event, *, days: int) -> None:
    moved = rules.moved_slots(stretches(slots_of(model)), days=days, zone=model.time_zone)
    Slot.objects.bulk_create(
        Slot(event=made, number=number, part=slot.part, starts_at=slot.starts_at, ends_at=slot.ends_at)
        for number, slot in enumerate(moved, start=1)
    )


def _copy_tables(model: Event, made: Event, *, rooms: dict[int, Room]) -> None:
    MeetingTable.objects.bulk_create(
        MeetingTable(
            event=made,
            number=row.number,
            name=row.name,
            room=rooms.get(row.room_id or 0),
            is_step_free=row.is_step_free,
        )
        for row in model.tables.order_by("number")
    )
