"""To whom an event's own letters go, and what they may name."""

from __future__ import annotations

from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from landbridge.events.models import Event, Registration, Session
from landbridge.events.states import Registered
from landbridge.foundation.outbox.recipient import Recipient

# Who is told that an event is called off: everyone who asked to come and was not refused.
CONCERNED = (Registered.SUBMITTED, Registered.WAITING, Registered.APPROVED, Registered.ATTENDED)


def recipients_of_event(event: Event) -> list[Recipient]:
    """Everyone who comes or wants to come."""
    return _recipients(Registration.objects.filter(event=event, state__in=CONCERNED))


def recipients_of_session(session: Session) -> list[Recipient]:
    """Those who have a place in it."""
    return _recipients(Registration.objects.filter(session_places__session=session, state__in=CONCERNED))


def was_at(event_id: int, *, organisation_id: int) -> bool:
    """Whether somebody of an organisation came to an event: checked in, or entered as having come. One query."""
    rows = Registration.objects.filter(event_id=event_id, organisation_id=organisation_id)
    return rows.filter(Q(state=Registered.ATTENDED) | Q(check_ins__isnull=False)).exists()


def for_event_letters(event: Event) -> dict[str, object]:
    """The places of a letter about an event; its moments in its own zone."""
    zone = ZoneInfo(event.time_zone)
    place = ", ".join(filter(None, (event.venue, f"{event.postcode} {event.town}".strip())))
    return {
        "event": event.title,
        "starts_at": event.starts_at.astimezone(zone),
        "ends_at": event.ends_at.astimezone(zone),
        "place": place,
        "contact": event.contact_email,
        "page": urljoin(settings.LANDBRIDGE_ADDRESS, event.get_absolute_url()),
    }


def _recipients(rows: object) -> list[Recipient]:
    found = rows.order_by("pk").values_list("email", "name", "language")  # type: ignore[attr-defined]
    return [Recipient(email=email, name=name, language=language) for email, name, language in found]
