"""An event as JSON-LD in schema.org's words, for search engines and for whoever reads pages by program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from landbridge.events.models import Event, Session
from landbridge.events.queries import Day, Places, Shown, page_of_event
from landbridge.events.states import Form, S, SessionKind

SCHEMA = "https://schema.org/"
MODES = {
    Form.ON_SITE: "OfflineEventAttendanceMode",
    Form.ONLINE: "OnlineEventAttendanceMode",
    Form.HYBRID: "MixedEventAttendanceMode",
}


def document(event: Event, shown: Shown, *, days: Sequence[Day], places: Places) -> dict[str, Any]:
    """The event in the language that is shown; empty values are left out. Moments bear the offset of its own zone."""
    zone = ZoneInfo(event.time_zone)
    status = "EventCancelled" if event.state == S.CANCELLED else "EventScheduled"
    found: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "BusinessEvent",
        "@id": page_of_event(event),
        "url": page_of_event(event),
        "name": str(shown.title),
        "description": str(shown.summary) or str(shown.description)[:300],
        "inLanguage": shown.language,
        "startDate": event.starts_at.astimezone(zone).isoformat(),
        "endDate": event.ends_at.astimezone(zone).isoformat(),
        "eventStatus": SCHEMA + status,
        "eventAttendanceMode": SCHEMA + MODES[Form(event.form)],
        "location": _location(event),
        "organizer": {"@type": "Organization", "name": "Landbridge", "url": settings.LANDBRIDGE_ADDRESS},
        "image": [urljoin(settings.LANDBRIDGE_ADDRESS, reverse("events:picture_file", args=[event.slug]))]
        if event.picture_id
        else None,
        "maximumAttendeeCapacity": event.capacity,
        "remainingAttendeeCapacity": places.free,
        "subEvent": [
            _session(line.session, zone) for day in days for line in day.lines if _is_shown(line.session)
        ],
        "superEvent": {"@type": "Event", "name": event.fair_name, "url": event.fair_website}
        if event.fair_name and event.fair_website
        else None,
    }
    return {key: value for key, value in found.items() if value not in (None, "", [])}


def _location(event: Event) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if event.form != Form.ONLINE and event.town:
        address = {
            "@type": "PostalAddress",
            "streetAddress": event.street,
            "postalCode": event.postcode,
            "addressLocality": event.town,
            "addressCountry": event.country,
        }
        address = {key: value for key, value in address.items() if value}
        found.append({"@type": "Place", "name": event.venue or event.town, "address": address})
    if event.form != Form.ON_SITE:
        found.append({"@type": "VirtualLocation", "url": page_of_event(event)})
    return found


def _is_shown(session: Session) -> bool:
    return session.kind != SessionKind.BREAK


def _session(session: Session, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "@type": "Event",
        "name": session.title,
        "startDate": session.starts_at.astimezone(zone).isoformat(),
        "endDate": session.ends_at.astimezone(zone).isoformat(),
    }
