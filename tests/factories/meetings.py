"""Events with one-to-one meetings in the situations that tests need: people who come, requests, meetings that stand."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from landbridge.events.models import Event, MeetingTable, Registration, Slot
from landbridge.events.states import Attendee, Registered
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.meetings import actions
from landbridge.meetings.models import Meeting, MeetingRules, Request, Seat
from landbridge.meetings.states import Priority
from landbridge.memberships.queries import actor_of
from tests.cast import Cast
from tests.factories.events import AT, an_event

DANISH, BELGIAN, GERMAN = "danish_sme", "belgian_sme", "german_provider"
_codes = itertools.count(1)


@dataclass(frozen=True)
class Forum:
    """An event with slots, tables and rules; its people by the names of the cast; its slots and tables by number."""

    event: Event
    rules: MeetingRules
    slots: list[Slot]
    tables: list[MeetingTable]
    people: dict[str, Registration]
    at: datetime

    def of(self, name: str) -> Registration:
        return self.people[name]

    def actor(self, name: str) -> Actor:
        """Somebody who comes, without a hat that would change anything."""
        person = self.people[name].person
        return actor_of(person) if person else SYSTEM


def a_forum(
    cast: Cast,
    *,
    at: datetime = AT,
    slots: int = 6,
    tables: int = 4,
    names: tuple[str, ...] | None = None,
    **changes: Any,
) -> Forum:
    """Requests are open now for two weeks; those who come have ticked every slot. `changes` are columns of the rules."""
    event = an_event(cast, slots=slots, tables=tables, at=at, has_meetings=True)
    rules = MeetingRules.objects.create(
        event=event,
        **{
            "requests_open_at": at - timedelta(days=1),
            "requests_close_at": at + timedelta(days=14),
            **changes,
        },
    )
    found = list(Slot.objects.filter(event=event).order_by("number"))
    ticked = [slot.pk for slot in found]
    people = {
        name: a_guest(event, getattr(cast, name), organisation=organisation, slots=ticked, **about)
        for name, (organisation, about) in _known(cast).items()
        if names is None or name in names
    }
    return Forum(event, rules, found, list(event.tables.order_by("number")), people, at)


def a_guest(
    event: Event,
    person: Person | None = None,
    *,
    organisation: Any = None,
    state: str = Registered.APPROVED,
    competences: tuple[Any, ...] = (),
    **changes: Any,
) -> Registration:
    """Somebody with a place; `changes` are columns of the registration."""
    number = next(_codes)
    given: dict[str, Any] = {
        "email": person.email if person else f"guest-{number}@example.org",
        "name": person.name if person else f"Guest {number}",
        "organisation_name": organisation.name if organisation else f"Organisation {number}",
        "region": organisation.region if organisation else None,
        "country": organisation.country if organisation else "",
        "languages": ["en"],
        "begun_at": AT,
        "submitted_at": AT,
        "approved_at": AT,
        "attended_at": AT if state == Registered.ATTENDED else None,
        "code": f"t{number:09d}",
        "calendar_key": f"calendar-key-of-guest-{number:020d}",
        **changes,
    }
    row = Registration.objects.create(
        event=event, person=person, organisation=organisation, state=state, **given
    )
    row.competences.set(competences)
    return row


def a_request(
    forum: Forum,
    sender: str = DANISH,
    receiver: str = GERMAN,
    *,
    priority: str = Priority.MEDIUM,
    accepted: bool = False,
    at: datetime | None = None,
) -> Request:
    """One asks another; on demand, they say yes."""
    request = actions.ask(
        sender_id=forum.of(sender).pk, receiver_id=forum.of(receiver).pk, sentence="Can you bind our peptide?",
        priority=priority, by=SYSTEM, at=at or forum.at,
    )  # fmt: skip
    if accepted:
        return actions.accept(request_id=request.pk, by=forum.actor(receiver), at=at or forum.at)
    return request


def a_meeting(
    forum: Forum,
    sender: str = DANISH,
    receiver: str = GERMAN,
    *,
    slot: int = 1,
    table: int = 1,
    **changes: Any,
) -> Meeting:
    """A meeting that stands, of a request that was accepted."""
    request = a_request(forum, sender, receiver, accepted=True)
    return placed(forum, request, slot=slot, table=table, **changes)


def placed(forum: Forum, request: Request, *, slot: int = 1, table: int = 1, **changes: Any) -> Meeting:
    """Place an accepted request by hand, as a published version would."""
    code = f"m{next(_codes):09d}"
    meeting = Meeting.objects.create(
        event=forum.event, request=request, first=request.sender, second=request.receiver,
        slot=forum.slots[slot - 1], table=forum.tables[table - 1] if table else None, code=code, placed_at=forum.at,
        **changes,
    )  # fmt: skip
    for person in (request.sender, request.receiver):
        Seat.objects.create(meeting=meeting, registration=person, slot=meeting.slot)
    return meeting


def seat_of(meeting: Meeting, registration: Registration) -> Seat:
    """Somebody's part of a meeting."""
    return Seat.objects.get(meeting=meeting, registration=registration)


def after(meeting: Meeting, **later: float) -> datetime:
    """A moment after the meeting."""
    return meeting.slot.ends_at.astimezone(UTC) + timedelta(**(later or {"minutes": 1}))


def _known(cast: Cast) -> dict[str, tuple[Any, dict[str, Any]]]:
    return {
        "danish_sme": (
            cast.danish_company,
            {
                "attendee": Attendee.COMPANY,
                "seeks": "Affinity measurements of peptides by surface plasmon resonance.",
                "offers": "Peptide synthesis at small scale.",
            },
        ),
        "danish_colleague": (cast.danish_company, {"attendee": Attendee.COMPANY, "offers": "Marketing."}),
        "belgian_sme": (
            cast.belgian_company,
            {
                "attendee": Attendee.COMPANY,
                "seeks": "Peptide synthesis for a vaccine.",
                "offers": "Antibodies from llamas.",
            },
        ),
        "german_provider": (
            cast.german_institute,
            {
                "attendee": Attendee.FACILITY,
                "seeks": "Companies with peptides for our screening.",
                "offers": "Surface plasmon resonance for binding affinity. Mass spectrometry.",
            },
        ),
    }
