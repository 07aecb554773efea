"""A large matchmaking event in the database: its people, their slots, and the requests of `gatherings.py`.

The event goes through the actions; its people and requests are written past them: they are many, not true.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from benchmarks.gatherings import HIGH, LOW, MEDIUM, MUTUAL, Gathering, gathering

if TYPE_CHECKING:
    from landbridge.events.models import Event, Registration

SLOTS = 14
MINUTES, PAUSE = 20, 5
SIGNED_IN_EVERY = 50  # so many have an account of their own
TOGETHER = 500


def crowd(people: int, *, tables: int, seed: int, starts_at: datetime, at: datetime) -> Event:
    """An event of so many people who take part, with all requests answered; its slots begin half an hour in."""
    event = _event(people, tables=tables, starts_at=starts_at, at=at)
    invented = gathering(people, slots=SLOTS, tables=tables, seed=seed)
    rows = _registrations(event, invented, seed=seed, at=at)
    _requests(event, invented, rows, at=at)
    return event


def _event(people: int, *, tables: int, starts_at: datetime, at: datetime) -> Event:
    from landbridge.events import actions as events
    from landbridge.events.rules.moving import Stretch
    from landbridge.events.rules.slots import Plan
    from landbridge.events.states import Form, Kind
    from landbridge.foundation.permissions.actor import SYSTEM
    from landbridge.meetings import actions as meetings
    from landbridge.meetings.rules import planning
    from landbridge.meetings.rules.weighing import Weights

    began = at - timedelta(days=60)
    draft = events.draft(
        kind=Kind.MATCHMAKING,
        form=Form.ON_SITE,
        title=f"An invented day of {people} people",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=8),
        time_zone="Europe/Brussels",
        programme_id=None,
        contact_email="events@example.org",
        is_demonstration=True,
        by=SYSTEM,
        at=began,
    )
    about = {
        "summary": "An invented event.",
        "description": "An invented event.",
        "venue": "Invented Congress Hall",
        "street": "Voorbeeldlaan 100",
        "postcode": "5611",
        "town": "Eindhoven",
        "country": "NL",
        "directions": "Ten minutes on foot from the station; the way has no steps.",
        "registration_closes_at": starts_at - timedelta(hours=1),
    }
    events.edit(event_id=draft.pk, version=draft.version, changes=about, by=SYSTEM, at=began)
    first = starts_at + timedelta(minutes=30)
    part = Stretch(first, first + timedelta(minutes=SLOTS * (MINUTES + PAUSE)))
    events.lay_slots(event_id=draft.pk, plan=Plan(MINUTES, PAUSE, (part,)), by=SYSTEM, at=began)
    events.lay_tables(event_id=draft.pk, count=tables, by=SYSTEM, at=began)
    meetings.set_rules(
        event_id=draft.pk,
        asking=planning.Asking(opens_at=began, closes_at=draft.ends_at),
        weights=Weights(must=8, high=HIGH, medium=MEDIUM, low=LOW, mutual=MUTUAL, cross_border=0),
        by=SYSTEM,
        at=began,
    )
    return events.publish(event_id=draft.pk, by=SYSTEM, at=began)


def _registrations(event: Event, invented: Gathering, *, seed: int, at: datetime) -> list[Registration]:
    from landbridge.events.models import Registration, Slot
    from landbridge.events.rules import codes
    from landbridge.events.states import Registered
    from landbridge.foundation.people.models import Person

    slots = list(Slot.objects.filter(event=event).order_by("number").values_list("pk", flat=True))
    chance = random.Random(f"{seed} {event.pk}")
    numbers = chance.sample(range(codes.POSSIBLE), len(invented.problem.people))
    came = at - timedelta(days=30)
    rows = []
    for one, number in zip(invented.problem.people, numbers, strict=True):
        email = f"comer-{event.pk}-{one.key}@example.org"
        name = f"Comer {one.key:04d}"
        has_account = one.key % SIGNED_IN_EVERY == 0
        rows.append(
            Registration(
                event=event,
                person=Person.objects.create(email=email, name=name) if has_account else None,
                email=email,
                name=name,
                organisation_name=f"Invented Laboratory {one.key:04d}",
                languages=["en"],
                seeks="Partners in another region for a first project.",
                offers="Twenty years of work in the field, and an open door.",
                slots=[slots[slot] for slot in one.slots],
                state=Registered.APPROVED,
                code=codes.code_for(number),
                calendar_key=f"invented-{event.pk}-{one.key}",
                begun_at=came,
                submitted_at=came,
                approved_at=came,
            )
        )
    return Registration.objects.bulk_create(rows, batch_size=TOGETHER)


def _requests(event: Event, invented: Gathering, rows: Sequence[Registration], *, at: datetime) -> None:
    from landbridge.meetings.models import Request
    from landbridge.meetings.states import Asked, Priority

    priorities = {HIGH: Priority.HIGH, MEDIUM: Priority.MEDIUM, LOW: Priority.LOW}
    asked = at - timedelta(days=20)

    def request(people: tuple[int, int], state: Asked, one: str, other: str = "") -> Request:
        return Request(
            event=event,
            sender=rows[people[0]],
            receiver=rows[people[1]],
            sentence="Your method and our patients' data could answer the same question.",
            priority=one,
            answer_priority=other,
            state=state,
            asked_at=asked,
            answered_at=asked + timedelta(days=1),
            expires_at=asked + timedelta(days=7),
            sender_told_at=asked,
            receiver_told_at=asked,
        )

    found = []
    for wish in invented.problem.wishes:
        both = wish.weight - MUTUAL if wish.is_mutual else wish.weight
        one = min(HIGH, both - LOW) if wish.is_mutual else both
        other = priorities[both - one] if wish.is_mutual else ""
        found.append(request((wish.first, wish.second), Asked.ACCEPTED, priorities[one], other))
    found += [request(pair, Asked.DECLINED, Priority.LOW) for pair in invented.declined]
    Request.objects.bulk_create(found, batch_size=TOGETHER)
