"""Fifty events with who came, and webinars with who listened for how long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from landbridge.demonstration.years.chance import Span, moments
from landbridge.demonstration.years.ground import ABOUT, Ground
from landbridge.demonstration.years.writing import put
from landbridge.events.models import CheckIn, Event, Registration
from landbridge.events.states import Attendee, Form, Kind, Registered
from landbridge.events.states import S as EventState
from landbridge.organisations.models import Organisation
from landbridge.webinars.models import Attendance, Opinion, SignUp, Webinar
from landbridge.webinars.states import S as WebinarState
from landbridge.webinars.states import Signed, Source

EVENTS, GUESTS = 50, 90
WEBINARS, LISTENERS = 40, 60
TITLES = (
    "Partners across the border", "Open innovation in medtech", "Meet the laboratories", "From bench to bedside",
    "New materials for implants", "Diagnostics day",
)  # fmt: skip
TOPICS = (
    "Approval in small steps",
    "Writing a voucher application",
    "Data from a first study",
    "Finding a partner",
)
# The state in which a registration ended, by weight
CAME: tuple[tuple[str, int], ...] = (
    (Registered.ATTENDED, 74), (Registered.NO_SHOW, 11), (Registered.CANCELLED, 12), (Registered.REJECTED, 3),
)  # fmt: skip


def gathered(ground: Ground) -> tuple[list[Event], list[Registration]]:
    """The events, all over; and those who came to them."""
    held = moments(ground.chance, _gone(ground), ground.number(EVENTS, least=6))
    events = put(_event(ground, number, at) for number, at in enumerate(held, start=1))
    guests = round(GUESTS * min(1.0, 0.25 + ground.scale))
    rows = put(row for event in events for row in _registrations(ground, event, guests))
    came = [row for row in rows if row.state == Registered.ATTENDED]
    put(_check_in(row) for row in came)
    return events, came


def _gone(ground: Ground) -> Span:
    """So long ago that nobody is asked any more what they thought."""
    return replace(ground.span, last=ground.span.last - timedelta(days=60))


def _event(ground: Ground, number: int, at: datetime) -> Event:
    chance = ground.chance
    region = chance.one_of(ground.regions)
    day = at.replace(hour=8, minute=0)
    made = max(day - timedelta(days=80), datetime.combine(ground.span.first, day.timetz()))
    return Event(
        slug=f"first-round-event-{number}",
        programme=ground.programme,
        kind=chance.one_of(list(Kind)),
        form=chance.draw.choices(list(Form), (70, 15, 15))[0],
        title=f"{chance.one_of(TITLES)}, {region.name}",
        summary="An event of the simulated years.",
        description=ABOUT,
        time_zone=region.time_zone,
        starts_at=day,
        ends_at=day + timedelta(hours=8),
        venue="Example Hall",
        town=region.name[:60],
        country=region.country,
        contact_email="office@landbridge.example",
        registration_opens_at=made - timedelta(days=1),
        registration_closes_at=day,
        state=EventState.ENDED,
        created_by_name="The office",
        created_at=made - timedelta(days=20),
        edited_by_name="The office",
        edited_at=made,
        published_at=made,
        ended_at=day + timedelta(hours=10),
        is_demonstration=True,
    )


def _registrations(ground: Ground, event: Event, guests: int) -> Iterator[Registration]:
    chance = ground.chance
    number = max(4, round(guests * (0.6 + 0.8 * chance.draw.random())))
    window = event.registration_closes_at - event.registration_opens_at
    for place in range(number):
        side = chance.one_of(ground.companies if chance.happens(0.7) else ground.providers)
        at = event.registration_opens_at + window * (1 - chance.draw.random() ** 2)
        state = chance.draw.choices([one for one, _ in CAME], [weight for _, weight in CAME])[0]
        row = _registration(ground, event, place, side, at)
        row.state = state
        if state == Registered.ATTENDED:
            row.attended_at = event.starts_at + timedelta(minutes=int(chance.draw.random() * 90))
        if state == Registered.CANCELLED:
            row.cancelled_at = at + (event.starts_at - at) * 0.8
        if state == Registered.REJECTED:
            row.reason, row.approved_at = "All places were taken.", None
        yield row


def _registration(ground: Ground, event: Event, place: int, side: Organisation, at: datetime) -> Registration:
    chance = ground.chance
    return Registration(
        event=event,
        email=f"guest-{event.slug[18:]}-{place}@demonstration.example",
        name=chance.person(),
        organisation=side,
        organisation_name=side.name,
        region_id=side.region_id,
        country=side.country,
        attendee=Attendee.FACILITY if side.kind != "company" else Attendee.COMPANY,
        is_listed=False,
        wants_meetings=False,
        code=chance.key(11),
        calendar_key=chance.key(40),
        begun_at=at,
        submitted_at=at,
        approved_at=at + timedelta(hours=1),
        decided_by_name="The office",
    )


def _check_in(row: Registration) -> CheckIn:
    at = row.attended_at or row.begun_at
    return CheckIn(registration=row, day=at.date(), scanned_at=at, received_at=at, by_name="The door")


# ── Webinars ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def listened(ground: Ground) -> list[Webinar]:
    """The webinars, all held, with who signed up, who was there, and what some thought."""
    held = moments(ground.chance, _gone(ground), ground.number(WEBINARS, least=5))
    webinars = put(_webinar(ground, number, at) for number, at in enumerate(held, start=1))
    listeners = round(LISTENERS * min(1.0, 0.25 + ground.scale))
    rows = put(row for webinar in webinars for row in _sign_ups(ground, webinar, listeners))
    there = [row for row in rows if row.minutes]
    put(_attendance(row) for row in there)
    put(_opinion(ground, row) for row in there if ground.chance.happens(0.35))
    return webinars


def _webinar(ground: Ground, number: int, at: datetime) -> Webinar:
    starts = at.replace(hour=13, minute=0)
    return Webinar(
        slug=f"first-round-webinar-{number}",
        programme=ground.programme,
        title=f"{ground.chance.one_of(TOPICS)}, part {number}",
        summary="A webinar of the simulated years.",
        description=ABOUT,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        contact_email="office@landbridge.example",
        state=WebinarState.HELD,
        created_by_name="The office",
        created_at=starts - timedelta(days=40),
        published_at=starts - timedelta(days=30),
        held_at=starts + timedelta(hours=2),
        reminded_day_at=starts - timedelta(days=1),
        reminded_hour_at=starts - timedelta(hours=1),
        thanked_at=starts + timedelta(hours=20),
        is_demonstration=True,
    )


def _sign_ups(ground: Ground, webinar: Webinar, listeners: int) -> Iterator[SignUp]:
    chance = ground.chance
    for place in range(max(4, round(listeners * (0.5 + chance.draw.random())))):
        side = chance.one_of(ground.companies if chance.happens(0.8) else ground.providers)
        was_there = chance.happens(0.62)
        yield SignUp(
            webinar=webinar,
            email=f"listener-{webinar.slug[20:]}-{place}@demonstration.example",
            name=chance.person(),
            organisation=side,
            organisation_name=side.name,
            region_id=side.region_id,
            calendar_key=chance.key(40),
            state=Signed.SIGNED_UP,
            signed_up_at=webinar.starts_at - timedelta(hours=2 + int(chance.draw.random() * 600)),
            minutes=20 + int(chance.draw.random() * 40) if was_there else 0,
            attendance_source=Source.CSV,
        )


def _attendance(row: SignUp) -> Attendance:
    webinar = row.webinar
    return Attendance(
        sign_up=row,
        joined_at=webinar.ends_at - timedelta(minutes=row.minutes or 0),
        left_at=webinar.ends_at,
        source=Source.CSV,
        told_at=webinar.ends_at + timedelta(hours=1),
    )


def _opinion(ground: Ground, row: SignUp) -> Opinion:
    marks = ground.chance.draw.choices((2, 3, 4, 5), (5, 17, 46, 32), k=2)
    return Opinion(
        sign_up=row, useful=marks[0], clear=marks[1], given_at=row.webinar.ends_at + timedelta(hours=3)
    )
