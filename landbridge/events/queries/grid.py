"""When and where: rooms, sessions, slots and tables of an event, and which of them something else holds on to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Model

from landbridge.events.models import Event, MeetingTable, Room, Session, Slot
from landbridge.events.rules.answers import questions_of
from landbridge.events.rules.moving import Stretch
from landbridge.events.rules.phases import Phase, phase_at
from landbridge.events.rules.preparing import Dates, Facts
from landbridge.events.rules.programme import Planned


def phase_of(event: Event, *, at: datetime) -> Phase:
    """How far an event is, by its dates and its state. No query."""
    return phase_at(
        at,
        state=event.state,
        opens_at=event.registration_opens_at,
        closes_at=event.registration_closes_at,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
    )


def rooms_of(event: Event) -> list[Room]:
    """In the organiser's order."""
    return list(Room.objects.filter(event=event).order_by("number", "name", "pk"))


def programme_of(event: Event) -> list[Session]:
    """All sessions in the order of time, each with its room and how many have a place (`many`). One query."""
    rows = Session.objects.filter(event=event).select_related("room").annotate(many=Count("places_taken"))
    return list(rows.order_by("starts_at", "room__number", "pk"))


def slots_of(event: Event) -> list[Slot]:
    """In the order of time. One query."""
    return list(Slot.objects.filter(event=event).order_by("number"))


def tables_of(event: Event) -> list[MeetingTable]:
    """By their number, with room and holder; those that are lost among them. One query."""
    rows = MeetingTable.objects.filter(event=event).select_related("room", "holder")
    return list(rows.order_by("number"))


def slots_in_use(event: Event) -> frozenset[int]:
    """The slots that another word's rows refer to: they cannot go."""
    return _in_use(Slot, Slot.objects.filter(event=event).values_list("pk", flat=True))


def tables_in_use(event: Event) -> frozenset[int]:
    """The tables that another word's rows refer to."""
    return _in_use(MeetingTable, MeetingTable.objects.filter(event=event).values_list("pk", flat=True))


def planned_of(session: Session) -> Planned:
    """A session as the rules read it."""
    return Planned(
        title=session.title,
        kind=session.kind,
        when=Stretch(session.starts_at, session.ends_at),
        room=session.room_id,
        needs_sign_up=session.needs_sign_up,
        capacity=session.capacity,
    )


def dates_of(event: Event) -> Dates:
    """Its dates as moments."""
    return Dates(event.starts_at, event.ends_at, event.registration_opens_at, event.registration_closes_at)


def facts_of(event: Event) -> Facts:
    """An event in preparation, as the rules read it. Four queries."""
    return Facts(
        kind=event.kind,
        form=event.form,
        dates=dates_of(event),
        summary=event.summary,
        description=event.description,
        venue=event.venue,
        town=event.town,
        country=event.country,
        directions=event.directions,
        has_meetings=event.has_meetings,
        has_picture=event.picture_id is not None,
        picture_text=event.picture_text,
        conditions=event.conditions,
        questions=questions_of(event.questions),
        sessions=stretches(event.sessions.order_by("starts_at", "pk")),
        slots=stretches(event.slots.order_by("number")),
        tables=event.tables.count(),
        challenges=event.challenges.count(),
        languages=event.texts,
    )


def stretches(rows: Iterable[Session | Slot]) -> list[Stretch]:
    """Sessions or slots as stretches of time."""
    return [Stretch(row.starts_at, row.ends_at, getattr(row, "part", 1)) for row in rows]


def _in_use(model: type[Model], keys: Iterable[int]) -> frozenset[int]:
    """Which rows of a table any other table refers to, whichever word that belongs to."""
    wanted, found = list(keys), set[int]()
    for relation in model._meta.related_objects:
        column = relation.field.attname
        rows = relation.related_model._base_manager.filter(**{f"{column}__in": wanted})
        found.update(rows.values_list(column, flat=True))
    return frozenset(found)
