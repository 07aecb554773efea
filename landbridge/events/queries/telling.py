"""What the letters to people who come may name, and whom they go to."""

from __future__ import annotations

from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from landbridge.events.models import Event, Registration
from landbridge.events.rules.codes import grouped
from landbridge.events.states import Form
from landbridge.foundation.outbox.recipient import Recipient


def recipient_of(registration: Registration) -> Recipient:
    """The person who comes, in the language they chose."""
    return Recipient(email=registration.email, name=registration.name, language=registration.language)


def letter_about(registration: Registration) -> dict[str, object]:
    """What a letter about a registration may name; its moments in the event's own time."""
    event = registration.event
    zone = ZoneInfo(event.time_zone)
    return {
        "event": _title_in(event, registration.language),
        "begins": event.starts_at.astimezone(zone),
        "ends": event.ends_at.astimezone(zone),
        "place": _place_of(event),
        "directions": event.directions,
        "reason": registration.reason,
        "code": grouped(registration.code),
        "organiser": event.contact_email,
        "calendar": _address("events:calendar", registration.calendar_key),
        "has_meetings": event.has_meetings and registration.wants_meetings,
        "is_on_site": event.form != Form.ONLINE,
    }


def page_for(name: str, registration: Registration) -> str:
    """The whole address of one of the registration's pages, for a letter."""
    return _address(f"events:{name}", registration.pk)


def code_address(code: str) -> str:
    """What the QR code on the badge says: opened by staff, it offers the check-in."""
    return _address("events:arrival", code)


def _title_in(event: Event, language: str) -> str:
    own = event.texts.get(language) or event.texts.get(language.partition("-")[0]) or {}
    return str(own.get("title") or event.title)


def _place_of(event: Event) -> str:
    return ", ".join(filter(None, (event.venue, event.street, f"{event.postcode} {event.town}".strip())))


def _address(name: str, value: object) -> str:
    return urljoin(settings.LANDBRIDGE_ADDRESS, reverse(name, args=[value]))


def calendar_address(registration: Registration) -> str:
    """The private address of somebody's calendar."""
    return _address("events:calendar", registration.calendar_key)
