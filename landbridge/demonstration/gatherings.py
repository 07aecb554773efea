"""A matchmaking event of 120 invented people that takes place today, one to come, and last year's.

Today's began three hours before the demonstration was set up: its timetable was published on the eve, people did
not come and it was repaired, two met at the bar, and what came of the first meetings has been said.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from landbridge.algorithms.timetable import Effort, solve
from landbridge.demonstration.guests import Guest, guests
from landbridge.demonstration.people import MEMBERS
from landbridge.events import actions as events
from landbridge.events.actions import SessionText
from landbridge.events.models import Event, Registration, Slot
from landbridge.events.rules.moving import Stretch
from landbridge.events.rules.slots import Plan
from landbridge.events.states import Attendee, Form, Kind, Registered, SessionKind
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.permissions.roles import Role
from landbridge.meetings import actions as meetings
from landbridge.meetings.models import Meeting, MeetingRules
from landbridge.meetings.queries.material import material_of
from landbridge.meetings.rules import planning
from landbridge.meetings.rules.weighing import Weights
from landbridge.meetings.states import MeetingState, Missing, Priority
from landbridge.memberships.queries import actor_of
from landbridge.programmes.models import Programme, Region

SEED = 20261121
GUESTS = 106
ZONE = "Europe/Brussels"
COMERS = {
    Role.SME: Attendee.COMPANY,
    Role.PROVIDER: Attendee.FACILITY,
    Role.BROKER: Attendee.BROKER,
    Role.INVESTOR: Attendee.INVESTOR,
}
PLACE = {
    "venue": "Invented Congress Hall", "street": "Voorbeeldlaan 100", "postcode": "5611", "town": "Eindhoven",
    "country": "NL", "directions": "Ten minutes on foot from the station; the way has no steps.",
}  # fmt: skip
WHY = (
    "You seek what we do every day; twenty minutes will show whether it fits.",
    "We have a sample that nobody here can measure. Could you?",
    "Your method and our patients' data could answer the same question.",
    "We look for a first customer abroad and would like your honest view.",
)
NEXT_STEPS = (
    "Send a sample",
    "Call next week",
    "Exchange a confidentiality agreement",
    "Visit the laboratory",
)


def is_there() -> bool:
    """Whether they were set up before."""
    return Event.objects.filter(is_demonstration=True).exists()


def play(*, at: datetime) -> None:
    """Set them up as they stand today."""
    draw = random.Random(SEED)  # noqa: S311 - invented people, not secrets
    _last_years(at=at)
    _next_one(at=at)
    event = _todays(at=at)
    people = _comers(event, draw, at=at)
    _requests(people, draw, at=at)
    _plan(event, at=at)
    _door(event, draw)
    _on_the_day(event, draw, at=at)


# ── Three events ─────────────────────────────────────────────────────────────────────────────────────────────────────
def _begun(
    title: str, *, starts: datetime, kind: str = Kind.MATCHMAKING, at: datetime, **changes: Any
) -> Event:
    found = events.draft(
        kind=kind,
        form=Form.ON_SITE,
        title=title,
        starts_at=starts,
        ends_at=starts + timedelta(hours=8),
        time_zone=ZONE,
        programme_id=Programme.objects.get(key="bridging-regions").pk,
        contact_email="events@landbridge.example",
        is_demonstration=True,
        by=SYSTEM,
        at=at,
    )
    return events.edit(
        event_id=found.pk, version=found.version, changes={**PLACE, **changes}, by=SYSTEM, at=at
    )


def _todays(*, at: datetime) -> Event:
    starts = at.replace(minute=0, second=0, microsecond=0) - timedelta(hours=3)
    began = at - timedelta(days=60)
    found = _begun(
        "Partnering Day: diagnostics and imaging",
        starts=starts,
        at=began,
        summary="One day, 120 people, meetings of twenty minutes with those whom you chose.",
        description="Companies, laboratories and investors of the network's regions. An invented event.",
        capacity=130,
        registration_closes_at=starts - timedelta(hours=12),
        conditions="Your profile is shown to those who take part. Photographs are taken in the hall.",
    )
    events.add_room(event_id=found.pk, name="Great hall", places=200, by=SYSTEM, at=began)
    hall = events.add_room(event_id=found.pk, name="Meeting hall", places=120, by=SYSTEM, at=began)
    _session(found, "Welcome", starts, 45, at=began, kind=SessionKind.PLENARY)
    _session(found, "Lunch", starts + timedelta(hours=3), 30, at=began, kind=SessionKind.BREAK)
    _session(found, "What comes next", starts + timedelta(hours=7), 60, at=began, kind=SessionKind.PLENARY)
    parts = (
        Stretch(starts + timedelta(hours=1), starts + timedelta(hours=3)),
        Stretch(starts + timedelta(hours=3, minutes=30), starts + timedelta(hours=7)),
    )
    events.lay_slots(event_id=found.pk, plan=Plan(20, 5, parts), by=SYSTEM, at=began)
    events.lay_tables(event_id=found.pk, count=32, room_id=hall.pk, by=SYSTEM, at=began)
    _rules(found, opens=began, at=began)
    return events.publish(event_id=found.pk, by=SYSTEM, at=began)


def _rules(event: Event, *, opens: datetime, at: datetime) -> None:
    meetings.set_rules(
        event_id=event.pk,
        asking=planning.Asking(opens_at=opens, closes_at=event.ends_at),
        weights=Weights(must=8, high=3, medium=2, low=1, mutual=2, cross_border=1),
        by=SYSTEM,
        at=at,
    )


def _session(event: Event, title: str, starts: datetime, minutes: int, *, at: datetime, kind: str) -> None:
    text = SessionText(title=title, kind=kind)
    ends = starts + timedelta(minutes=minutes)
    events.add_session(event_id=event.pk, text=text, starts_at=starts, ends_at=ends, by=SYSTEM, at=at)


def _next_one(*, at: datetime) -> None:
    starts = (at + timedelta(days=38)).replace(hour=8, minute=0, second=0, microsecond=0)
    began = at - timedelta(days=6)
    found = _begun(
        "Open challenges in peptide production",
        starts=starts,
        kind=Kind.OPEN_INNOVATION,
        at=began,
        summary="Two companies say what they cannot do. Can you?",
        description="Read the challenges, answer one, and meet those who set it. An invented event.",
        capacity=60,
    )
    for title, text in (
        (
            "Peptides without a cold chain",
            "Our wound dressing must keep for a year at 30 °C. Which formulation does?",
        ),
        ("Purity in minutes", "We wait two days for a purity figure. Who measures it beside the reactor?"),
    ):
        events.add_challenge(
            event_id=found.pk,
            organisation_name="Øresund Peptides ApS",
            title=title,
            text=f"{text} An invented challenge.",
            offers="A paid pilot of three months.",
            by=SYSTEM,
            at=began,
        )
    part = Stretch(starts + timedelta(hours=2), starts + timedelta(hours=6))
    events.lay_slots(event_id=found.pk, plan=Plan(20, 10, (part,)), by=SYSTEM, at=began)
    events.lay_tables(event_id=found.pk, count=10, by=SYSTEM, at=began)
    _rules(found, opens=at - timedelta(days=1), at=began)
    events.publish(event_id=found.pk, by=SYSTEM, at=began)
    for person in _cast(Role.PROVIDER, Role.BROKER):
        _registered(found, person, at=at - timedelta(days=3), slots=None)


def _last_years(*, at: datetime) -> None:
    starts = (at - timedelta(days=364)).replace(hour=8, minute=0, second=0, microsecond=0)
    began = starts - timedelta(days=60)
    found = _begun(
        "Partnering Day of last year", starts=starts, at=began, summary="The first one.",
        description="An invented event.",
    )  # fmt: skip
    part = Stretch(starts + timedelta(hours=2), starts + timedelta(hours=6))
    events.lay_slots(event_id=found.pk, plan=Plan(20, 10, (part,)), by=SYSTEM, at=began)
    events.lay_tables(event_id=found.pk, count=10, by=SYSTEM, at=began)
    events.publish(event_id=found.pk, by=SYSTEM, at=began)
    events.end(event_id=found.pk, by=SYSTEM, at=found.ends_at + timedelta(hours=1))


# ── Who comes ────────────────────────────────────────────────────────────────────────────────────────────────────────
def _cast(*roles: Role) -> Iterator[Person]:
    addresses = [member.email for member in MEMBERS if member.role in roles]
    yield from Person.objects.filter(email__in=addresses).order_by("pk")


def _registered(
    event: Event, person: Person, *, at: datetime, slots: list[int] | None, **profile: Any
) -> Registration:
    actor = actor_of(person)
    own = events.begin(event_id=event.pk, coming=actor, by=SYSTEM, at=at)
    attendee = COMERS.get(actor.role, Attendee.GUEST) if actor.role else Attendee.GUEST
    told: dict[str, Any] = {
        "organisation_name": own.organisation_name or actor.scope_name or "Independent",
        "seeks": "Partners in another region for a first project.",
        "offers": "Twenty years of work in the field, and an open door.",
        "attendee": attendee,
        "agrees": True,
        "shows_contact": True,
        **profile,
    }
    events.save(registration_id=own.pk, by=SYSTEM, at=at, **told)
    events.submit(registration_id=own.pk, by=SYSTEM, at=at)
    if slots is not None:
        events.set_slots(registration_id=own.pk, slots=slots, by=SYSTEM, at=at)
    return Registration.objects.get(pk=own.pk)


def _comers(event: Event, draw: random.Random, *, at: datetime) -> list[tuple[int, Guest]]:
    """The cast and its guests; a few never tick when they are there."""
    slots = list(Slot.objects.filter(event=event).order_by("number").values_list("pk", flat=True))
    regions = {region.country: region.pk for region in Region.objects.order_by("-pk")}
    found: list[tuple[int, Guest]] = []
    for number, guest in enumerate(guests(draw, GUESTS)):
        came = at - timedelta(days=draw.randint(4, 40))
        entered = events.enter_guest(
            event_id=event.pk, name=guest.name, email=guest.email, organisation_name=guest.organisation,
            attendee=guest.attendee, region_id=regions.get(guest.country), country=guest.country,
            job_title=guest.job_title, wants_meetings=True, by=SYSTEM, at=came,
        )  # fmt: skip
        events.save(
            registration_id=entered.pk, seeks=guest.seeks, offers=guest.offers, languages=["en"],
            shows_contact=number % 4 != 0, agrees=True, by=SYSTEM, at=came,
        )  # fmt: skip
        if number % 17:
            there = [slot for slot in slots if draw.random() > 0.2]
            events.set_slots(registration_id=entered.pk, slots=there, by=SYSTEM, at=came)
        found.append((entered.pk, guest))
    for person, guest in zip(_cast(*COMERS), guests(draw, len(MEMBERS)), strict=False):
        own = _registered(
            event, person, at=at - timedelta(days=20), slots=slots, seeks=guest.seeks, offers=guest.offers
        )
        found.append((own.pk, replace(guest, organisation=own.organisation_name)))
    return found


# ── Who asks whom, and what came of it ───────────────────────────────────────────────────────────────────────────────
def _requests(people: list[tuple[int, Guest]], draw: random.Random, *, at: datetime) -> None:
    """Most ask for what they seek; two of three are accepted."""
    by_field: dict[str, list[int]] = {}
    for pk, guest in people:
        by_field.setdefault(guest.can, []).append(pk)
    everybody = [pk for pk, _ in people]
    home = {pk: guest.organisation for pk, guest in people}
    asked: set[tuple[int, int]] = set()
    for pk, guest in people:
        sent = 0
        able = by_field.get(guest.wants, [])
        for other in (*draw.sample(able, k=min(3, len(able))), *draw.sample(everybody, k=1)):
            if home[other] == home[pk] or {(pk, other), (other, pk)} & asked:
                continue
            asked.add((pk, other))
            priority = Priority.HIGH if sent == 3 else draw.choice((Priority.MEDIUM, Priority.LOW))
            sent += 1
            moment = at - timedelta(days=draw.randint(2, 4), minutes=draw.randint(0, 600))
            request = meetings.ask(
                sender_id=pk,
                receiver_id=other,
                sentence=draw.choice(WHY),
                priority=priority,
                by=SYSTEM,
                at=moment,
            )
            if draw.random() < 0.72:
                meetings.accept(
                    request_id=request.pk, priority=draw.choice(("", "", Priority.MEDIUM)), by=SYSTEM,
                    at=moment + timedelta(hours=5),
                )  # fmt: skip
            elif draw.random() < 0.5:
                meetings.decline(request_id=request.pk, reason="", by=SYSTEM, at=moment + timedelta(hours=6))


def _plan(event: Event, *, at: datetime) -> None:
    eve = at - timedelta(hours=22)
    rules = MeetingRules.objects.select_related("event").get(event=event)
    run = meetings.queue_run(event_id=event.pk, seed=SEED, effort=Effort.QUICK, by=SYSTEM, at=eve)
    started = meetings.start_run(run_id=run.pk, by=SYSTEM, at=eve)
    assert started is not None  # noqa: S101 - nobody else computes it
    material = material_of(rules.event, rules=rules, at=eve)
    found = solve(material.problem, seed=SEED, effort=Effort.QUICK)
    meetings.finish_run(
        run_id=run.pk, attempt=started.attempt, found=found, material=material, by=SYSTEM, at=eve
    )
    meetings.publish_run(run_id=run.pk, by=SYSTEM, at=eve + timedelta(minutes=10))


def _door(event: Event, draw: random.Random) -> None:
    """Nine of ten have come."""
    rows = Registration.objects.filter(event=event, state=Registered.APPROVED).order_by("pk")
    for row in rows:
        if draw.random() < 0.92 or row.person_id:
            moment = event.starts_at + timedelta(minutes=draw.randint(-20, 50))
            events.check_in(
                code=row.code, event_id=event.pk, scanned_at=moment, device="Door 1", by=SYSTEM, at=moment
            )


def _on_the_day(event: Event, draw: random.Random, *, at: datetime) -> None:
    missing = Registration.objects.filter(event=event, state=Registered.APPROVED).order_by("pk")
    gone = list(missing.values_list("pk", flat=True)[:3])
    if gone:
        meetings.report_missing(
            event_id=event.pk,
            registration_ids=gone,
            kind=Missing.NO_SHOW,
            by=SYSTEM,
            at=event.starts_at + timedelta(minutes=70),
        )
    over = Meeting.objects.filter(event=event, state=MeetingState.PLANNED, slot__ends_at__lte=at).order_by(
        "pk"
    )
    for meeting in over:
        for seat in meeting.seats.order_by("pk"):
            if draw.random() < 0.6:
                _said(seat.pk, draw, at=at)


def _said(seat_id: int, draw: random.Random, *, at: datetime) -> None:
    held = draw.random() < 0.95
    step = draw.choice(NEXT_STEPS) if held and draw.random() < 0.5 else ""
    meetings.say_outcome(
        seat_id=seat_id,
        was_held=held,
        worth=draw.randint(2, 5) if held else None,
        next_step=step,
        next_step_by_me=draw.random() < 0.5,
        next_step_on=(at + timedelta(days=draw.randint(5, 20))).date() if step else None,
        by=SYSTEM,
        at=at,
    )
