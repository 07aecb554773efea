"""What must hold between the rows of an event, and where it does not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.db.models import F, Q

from landbridge.events.models import Event, Session, Slot
from landbridge.events.states import S


def findings() -> Iterator[str]:
    """Sentences that name what is off; none where all is well."""
    yield from _outside()
    yield from _rooms_with_two_sessions()
    yield from _slots_that_overlap()
    for event in Event.objects.filter(state=S.CANCELLED, reason="").order_by("pk").iterator(chunk_size=1000):
        yield f"Event {event.pk} was called off without a reason."


def _outside() -> Iterator[str]:
    outside = Q(starts_at__lt=F("event__starts_at")) | Q(ends_at__gt=F("event__ends_at"))
    for session in Session.objects.filter(outside).order_by("pk").iterator(chunk_size=1000):
        yield f"Session {session.pk} lies outside its event {session.event_id}."
    for slot in Slot.objects.filter(outside).order_by("pk").iterator(chunk_size=1000):
        yield f"Slot {slot.pk} lies outside its event {slot.event_id}."


def _rooms_with_two_sessions() -> Iterator[str]:
    rows = Session.objects.filter(room__isnull=False).order_by("room_id", "starts_at", "pk")
    for room, inside in groupby(rows.iterator(chunk_size=1000), key=lambda one: one.room_id):
        last: Session | None = None
        for session in inside:
            if last is not None and session.starts_at < last.ends_at:
                yield f"Sessions {last.pk} and {session.pk} are in room {room} at the same time."
            last = session if last is None or session.ends_at > last.ends_at else last


def _slots_that_overlap() -> Iterator[str]:
    rows = Slot.objects.order_by("event_id", "number")
    for event, inside in groupby(rows.iterator(chunk_size=1000), key=lambda one: one.event_id):
        last: Slot | None = None
        for slot in inside:
            if last is not None and slot.starts_at < last.ends_at:
                yield f"Slots {last.number} and {slot.number} of event {event} overlap."
            last = slot
