"""Somebody's private calendar of an event: the event itself and their sessions."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings

from landbridge.events.models import Registration
from landbridge.events.queries.coming import agenda_sessions
from landbridge.events.states import TAKING_PART, Form, Registered, S
from landbridge.foundation.calendar import Entry, uid

GONE = (Registered.CANCELLED, Registered.REJECTED)


def of_calendar_key(key: str) -> Registration | None:
    """The registration whose private calendar this is."""
    if not key or not key.isascii() or not key.isprintable():
        return None
    return Registration.objects.filter(calendar_key=key).select_related("event").first()


def entries_of(found: Registration) -> list[Entry]:
    """The event, and for whoever takes part their sessions. What was cancelled is said to be so, and is taken out there."""
    event = found.event
    link = urljoin(settings.LANDBRIDGE_ADDRESS, found.get_absolute_url())
    is_off = event.state == S.CANCELLED or found.state in GONE
    place = ", ".join(filter(None, (event.venue, event.street, event.town)))
    entries = [
        Entry(
            uid=uid("event", event.pk),
            title=event.title,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            time_zone=event.time_zone,
            text=event.summary,
            place=place,
            link=event.link if event.form == Form.ONLINE and found.state in TAKING_PART else link,
            sequence=event.sequence + (1 if found.state in GONE else 0),
            is_cancelled=is_off,
            changed_at=found.cancelled_at or event.edited_at,
        )
    ]
    if is_off or found.state not in TAKING_PART:
        return entries
    for session in agenda_sessions(found):
        room = str(session.room) if session.room else ""
        entries.append(
            Entry(
                uid=uid("session", session.pk),
                title=session.title,
                starts_at=session.starts_at,
                ends_at=session.ends_at,
                time_zone=event.time_zone,
                text=session.speakers,
                place=", ".join(filter(None, (room, place))),
                link=session.link or link,
                sequence=event.sequence,
                changed_at=event.edited_at,
            )
        )
    return entries
