"""Events in the situations that tests need, brought about by the word's own actions."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from landbridge.events import actions
from landbridge.events.actions import SessionText
from landbridge.events.models import Event, Registration
from landbridge.events.rules.moving import Stretch
from landbridge.events.rules.slots import Plan
from landbridge.events.states import Form, Kind, S, SessionKind
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.memberships.queries import actor_of
from tests.cast import Cast

AT = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)  # a Monday
AHEAD = timedelta(days=30)  # from the moment of building to the event's first day
ZONE = "Europe/Brussels"
MINUTES, PAUSE = 20, 5
ABOUT: dict[str, Any] = {
    "summary": "Meet twelve facilities and thirty companies in one day.",
    "description": "Short talks in the morning, meetings of twenty minutes in the afternoon.\n\nBring a question.",
}
PLACE: dict[str, Any] = {
    "venue": "Hall of the Sciences",
    "street": "Korenmarkt 1",
    "postcode": "9000",
    "town": "Ghent",
    "country": "BE",
    "directions": "Tram 1 from the station to Korenmarkt. The way from the stop has no steps.",
}


def a_draft_event(
    cast: Cast,
    *,
    kind: str = Kind.MATCHMAKING,
    form: str = Form.ON_SITE,
    title: str = "Partners for peptides",
    at: datetime = AT,
    time_zone: str = ZONE,
    **changes: Any,
) -> Event:
    """A day from 9:00 to 18:00, thirty days ahead, of the cast's programme (`programme_id=None`: of the network)."""
    day = (at + AHEAD).date()
    given: dict[str, Any] = {
        "starts_at": on(day, "09:00", time_zone),
        "ends_at": on(day, "18:00", time_zone),
        "programme_id": cast.programme.pk,
        "contact_email": "events@example.org",
    }
    for name in (*given, "language", "is_demonstration"):
        if name in changes:
            given[name] = changes.pop(name)
    event = actions.draft(kind=kind, form=form, title=title, time_zone=time_zone, **given, by=SYSTEM, at=at)
    place = PLACE if form != Form.ONLINE else {}
    wanted = {**ABOUT, **place, **changes}
    return actions.edit(event_id=event.pk, version=event.version, changes=wanted, by=SYSTEM, at=at)


def an_event(
    cast: Cast,
    *,
    kind: str = Kind.MATCHMAKING,
    form: str = Form.ON_SITE,
    state: str = S.PUBLISHED,
    at: datetime = AT,
    slots: int = 6,
    tables: int = 4,
    **changes: Any,
) -> Event:
    """An event with a talk at 9:30, `slots` slots from 13:00 of twenty minutes with five between, and `tables` tables.

    `changes` are columns of the event (`capacity=2`, `needs_approval=True`, `time_zone=…`, `title=…`).
    """
    event = a_draft_event(cast, kind=kind, form=form, at=at, **changes)
    day = event.starts_at.astimezone(ZoneInfo(event.time_zone)).date()
    a_session(event, "Welcome", "09:30", "10:30", at=at)
    if slots and event.has_meetings:
        begin = on(day, "13:00", event.time_zone)
        end = begin + timedelta(minutes=slots * (MINUTES + PAUSE))
        plan = Plan(MINUTES, PAUSE, (Stretch(begin, end),))
        actions.lay_slots(event_id=event.pk, plan=plan, by=SYSTEM, at=at)
    if tables:
        actions.lay_tables(event_id=event.pk, count=tables, by=SYSTEM, at=at)
    if kind == Kind.OPEN_INNOVATION:
        a_challenge(event, at=at)
    if state != S.DRAFT:
        actions.publish(event_id=event.pk, by=SYSTEM, at=at)
    if state == S.CANCELLED:
        actions.cancel(event_id=event.pk, reason="Too few registered.", by=SYSTEM, at=at)
    if state == S.ENDED:
        actions.end(event_id=event.pk, by=SYSTEM, at=event.ends_at)
    return Event.objects.get(pk=event.pk)


def a_session(event: Event, title: str, begins: str, ends: str, *, at: datetime = AT, **changes: Any) -> Any:
    """A session on the event's first day, its times as the clock on the wall shows them."""
    day = event.starts_at.astimezone(ZoneInfo(event.time_zone)).date()
    room_id = changes.pop("room_id", None)
    return actions.add_session(
        event_id=event.pk,
        text=SessionText(title=title, **{"kind": SessionKind.PLENARY, **changes}),
        starts_at=on(day, begins, event.time_zone),
        ends_at=on(day, ends, event.time_zone),
        room_id=room_id,
        by=SYSTEM,
        at=at,
    )


def a_challenge(event: Event, *, at: datetime = AT, **changes: Any) -> Any:
    """A company's challenge."""
    given = {
        "organisation_name": "Danish Company ApS",
        "title": "Bind it faster",
        "text": "In under an hour.",
    }
    return actions.add_challenge(event_id=event.pk, **{**given, **changes}, by=SYSTEM, at=at)


def on(day: Any, wall: str, zone: str = ZONE) -> datetime:
    """The moment at which a clock in the zone shows this time on this day."""
    return datetime.combine(day, time.fromisoformat(wall), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def a_registration(
    event: Event, coming: Any, *, state: str = "approved", at: datetime = AT, **fields: Any
) -> Registration:
    """Somebody (a person, or an actor under a hat) who has come as far as this state; `fields` are of their profile.

    `organisation`, `region` and other columns that a profile takes from the hat are given as they are in the form.
    """
    actor = coming if hasattr(coming, "role") else actor_of(coming)
    found = actions.begin(event_id=event.pk, by=SYSTEM, at=at, coming=actor)
    wanted = {**PROFILE, **fields}
    if not found.organisation_name:
        wanted.setdefault("organisation_name", "Nobody's")
    found = actions.save(registration_id=found.pk, **wanted, by=SYSTEM, at=at)
    if state == "draft":
        return found
    actions.submit(registration_id=found.pk, by=SYSTEM, at=at)
    found = Registration.objects.select_related("event").get(pk=found.pk)
    given: dict[str, Any] = {"registration_id": found.pk, "by": SYSTEM, "at": at}
    if state in ("approved", "attended", "no_show") and found.state == "submitted":
        actions.approve(**given)
    if state == "waiting" and found.state == "submitted":
        actions.wait(**given)
    if state == "rejected":
        actions.reject(**given, reason="We have too many of your kind.")
    if state == "cancelled":
        actions.cancel_registration(**given)
    if state == "attended":
        moment = event.starts_at
        actions.check_in(code=found.code, event_id=event.pk, scanned_at=moment, by=SYSTEM, at=moment)
    if state == "no_show":
        actions.miss(registration_id=found.pk, by=SYSTEM, at=event.ends_at)
    return Registration.objects.select_related("event").get(pk=found.pk)


PROFILE: dict[str, Any] = {
    "offers": "A clean room for filling vials, and people who know it.",
    "seeks": "A partner for the analysis of peptides in tissue.",
    "wants_to_meet": "Facilities with mass spectrometers",
    "job_title": "Head of research",
    "agrees": True,
}


def a_person(number: int, *, name: str = "") -> Person:
    """Somebody without a hat, one of many."""
    return Person.objects.create(email=f"guest{number}@example.org", name=name or f"Guest {number}")
