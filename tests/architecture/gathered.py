"""A side's events with all that stands in one; `world.fill` calls it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from landbridge.events import actions
from landbridge.events.actions import SessionText
from landbridge.events.models import Event
from landbridge.events.rules.answers import Asks, Question
from landbridge.events.rules.moving import Stretch
from landbridge.events.rules.slots import Plan
from landbridge.foundation.permissions.actor import SYSTEM

AHEAD = timedelta(days=60)
WHERE = {"venue": "Hall", "town": "Ghent", "country": "BE", "directions": "By tram."}
WORDS = {"summary": "Meet.", "description": "All day."}


def hold_events(side: Any) -> None:
    """An event in preparation and a published one, each with sessions, rooms, slots, tables, challenges, questions."""
    things, at = side.things, side.at
    things["event_draft"] = _prepared(side, "Prepared")
    published = _prepared(side, "Announced")
    things["event"] = actions.publish(event_id=published.pk, by=SYSTEM, at=at)
    actions.notify(event_id=published.pk, subject="Gate", text="Come in by gate 3.", by=SYSTEM, at=at)
    things["event_session"] = published.sessions.order_by("pk")[0]
    things["room"] = published.rooms.order_by("pk")[0]
    things["meeting_table"] = published.tables.order_by("pk")[0]
    things["challenge"] = published.challenges.order_by("pk")[0]
    for event in Event.objects.filter(programme=side.programme, state="published").order_by("pk"):
        _somebody_comes(side, event)


def _somebody_comes(side: Any, event: Event) -> None:
    """One more person with a place, who has answered a challenge and has been at the door."""
    number = event.registrations.count() + 1
    given: dict[str, Any] = {"by": SYSTEM, "at": side.at}
    found = actions.enter_guest(
        event_id=event.pk, name=f"Comer {number}", email=f"comer{number}@{side.name}.example",
        organisation_name="Comers", region_id=side.region.pk, **given,
    )  # fmt: skip
    for challenge in event.challenges.order_by("pk")[:1]:
        actions.answer_challenge(registration_id=found.pk, challenge_id=challenge.pk, text="Thus.", **given)
    begins = event.starts_at
    actions.check_in(code=found.code, event_id=event.pk, scanned_at=begins, by=SYSTEM, at=begins)


def _prepared(side: Any, title: str) -> Event:
    at = side.at
    begin = (at + AHEAD).replace(hour=8, minute=0, second=0, microsecond=0)
    event = actions.draft(
        kind="open_innovation", form="hybrid", title=f"{title} {Event.objects.count()}", starts_at=begin,
        ends_at=begin + timedelta(hours=9), time_zone="Europe/Brussels", programme_id=side.programme.pk,
        contact_email="events@example.org", by=SYSTEM, at=at,
    )  # fmt: skip
    given: dict[str, Any] = {"event_id": event.pk, "by": SYSTEM, "at": at}
    actions.edit(**given, version=event.version, changes={**WHERE, **WORDS})
    event.refresh_from_db()
    actions.set_texts(**given, version=event.version, language="fr", texts={"title": "Un"})
    event.refresh_from_db()
    actions.set_questions(
        **given, version=event.version, questions=[Question("dinner", "Dinner?", Asks.YES_NO)]
    )
    actions.set_quotas(**given, by_region={side.region.pk: 20}, by_attendee={"investor": 5})
    room = actions.add_room(**given, name="Hall A", places=50)
    for hour in (0, 1):
        actions.add_session(
            **given, text=SessionText(title=f"Talk {hour}"), starts_at=begin + timedelta(hours=hour),
            ends_at=begin + timedelta(hours=hour + 1), room_id=room.pk,
        )  # fmt: skip
    part = Stretch(begin + timedelta(hours=3), begin + timedelta(hours=5))
    actions.lay_slots(**given, plan=Plan(20, 5, (part,)))
    actions.lay_tables(**given, count=3, room_id=room.pk)
    actions.add_challenge(
        **given,
        organisation_name=side.applicant.name,
        organisation_id=side.applicant.pk,
        title="Bind",
        text="Faster.",
    )
    return event
