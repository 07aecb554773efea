"""Events full of people who want to meet, for the timetable: built in bulk, since what matters is what becomes of them."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from landbridge.algorithms.timetable import solve, violations
from landbridge.events.models import Event, Registration, Slot
from landbridge.events.states import Attendee, Registered
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.meetings import actions
from landbridge.meetings.models import Meeting, MeetingRules, Request, Run, Seat
from landbridge.meetings.queries.material import material_of
from landbridge.meetings.rules.planning import Asking
from landbridge.meetings.rules.weighing import Weights
from landbridge.meetings.states import Asked, Priority
from tests.cast import Cast
from tests.factories.events import AT, an_event

WEIGHTS = Weights(must=8, high=3, medium=2, low=1, mutual=2, cross_border=0)
SOON = timedelta(days=1)


def a_matchmaking(
    cast: Cast, *, people: int = 8, slots: int = 6, tables: int = 4, at: datetime = AT, **changes: Any
) -> Event:
    """An event with rules and so many people, each of their own company, who are there in every slot."""
    event = an_event(cast, slots=slots, tables=tables, at=at, has_meetings=True, **changes)
    the_rules(event, at=at)
    add_people(event, people)
    return event


def the_rules(event: Event, *, at: datetime = AT, **changes: Any) -> MeetingRules:
    """Asking from now to the day before the event."""
    asking = Asking(opens_at=at, closes_at=event.starts_at - SOON)
    given: dict[str, Any] = {"asking": asking, "weights": WEIGHTS, **changes}
    return actions.set_rules(event_id=event.pk, **given, by=SYSTEM, at=at)


def add_people(event: Event, count: int, **changes: Any) -> list[Registration]:
    """So many who have a place, with invented names."""
    first = event.registrations.count() + 1
    ticked = list(Slot.objects.filter(event=event).order_by("number").values_list("pk", flat=True))
    rows = []
    for number in range(first, first + count):
        given: dict[str, Any] = {
            "email": f"person{number}-of-{event.pk}@example.org",
            "name": f"Person {number}",
            "organisation_name": f"Company {number}",
            "country": "BE" if number % 2 else "DE",
            "attendee": Attendee.COMPANY,
            "state": Registered.APPROVED,
            "slots": ticked,
            "code": f"e{event.pk}n{number}",
            "calendar_key": f"key-{event.pk}-{number}",
            "begun_at": AT,
            "submitted_at": AT,
            "approved_at": AT,
            **changes,
        }
        rows.append(Registration(event=event, **given))
    return Registration.objects.bulk_create(rows)


def people_of(event: Event) -> list[Registration]:
    """Everybody of an event, in the order in which they were added."""
    return list(Registration.objects.filter(event=event).order_by("pk"))


def agreed(one: Registration, other: Registration, **changes: Any) -> Request:
    """One asked the other, who said yes."""
    given: dict[str, Any] = {
        "priority": Priority.MEDIUM,
        "state": Asked.ACCEPTED,
        "answered_at": AT,
        "expires_at": AT + timedelta(days=7),
        **changes,
    }
    return Request.objects.create(
        event_id=one.event_id, sender=one, receiver=other, sentence="To talk.", asked_at=AT, **given
    )


def many_agreed(event: Event, *, each: int = 4, seed: int = 1) -> list[Request]:
    """Everybody has asked so many others, who all said yes; no pair twice."""
    dice, people = random.Random(seed), people_of(event)
    pairs: set[tuple[int, int]] = set()
    for one in range(len(people)):
        for other in dice.sample(range(len(people)), min(each + 1, len(people))):
            if one != other and (other, one) not in pairs:
                pairs.add((one, other))
    rows = [
        Request(
            event=event,
            sender=people[one],
            receiver=people[other],
            sentence="To talk.",
            priority=dice.choice(list(Priority)[1:]),
            answer_priority=dice.choice(["", "", Priority.HIGH]),
            state=Asked.ACCEPTED,
            asked_at=AT,
            answered_at=AT,
            expires_at=AT + timedelta(days=7),
        )
        for one, other in sorted(pairs)
    ]
    return Request.objects.bulk_create(rows, batch_size=500)


def a_draft_run(event: Event, *, at: datetime = AT, seed: int = 1) -> Run:
    """A version computed here and now, as the job does it but without a process of its own."""
    run = actions.queue_run(event_id=event.pk, seed=seed, by=SYSTEM, at=at)
    started = actions.start_run(run_id=run.pk, by=SYSTEM, at=at)
    assert started is not None
    rules = MeetingRules.objects.get(event=event)
    material = material_of(event, rules=rules, at=at)
    found = solve(material.problem, seed=seed)
    finished = actions.finish_run(
        run_id=run.pk, attempt=started.attempt, found=found, material=material, by=SYSTEM, at=at
    )
    assert finished is not None
    return finished


def a_published_run(event: Event, *, at: datetime = AT) -> Run:
    """A version that holds."""
    return actions.publish_run(run_id=a_draft_run(event, at=at).pk, by=SYSTEM, at=at)


def standing(event: Event) -> list[Meeting]:
    """The meetings that are not cancelled."""
    return list(Meeting.objects.filter(event=event).standing().order_by("slot__number", "pk"))


def laws_broken(event: Event, *, at: datetime = AT) -> list[str]:
    """What the independent verifier finds in the meetings that stand, and seats that are not those of their meetings."""
    rules = MeetingRules.objects.get(event=event)
    material = material_of(event, rules=rules, at=at, for_repair=True)
    found = [f"{meeting.pair} has no wish any more." for meeting in material.lapsed]
    found += violations(material.problem, material.placed())
    for meeting in standing(event):
        seats = set(
            Seat.objects.filter(meeting=meeting).values_list("registration_id", "slot_id", "is_taken")
        )
        if seats != {(key, meeting.slot_id, True) for key in (meeting.first_id, meeting.second_id)}:
            found.append(f"{meeting} has other seats.")
    return found
