"""A side's one-to-one meetings with all that stands around them; `world.fill` calls it, after the events."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from landbridge.events import actions as events
from landbridge.events.models import Registration
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.meetings import actions
from landbridge.meetings.models import Absence, Meeting, Request, Run
from landbridge.meetings.rules.planning import Asking
from landbridge.meetings.rules.weighing import Weights
from landbridge.memberships.models import Membership


def hold_meetings(side: Any) -> None:
    """Somebody of the applicant comes and is asked, asks, meets and says what came of it; others come each time."""
    things, at = side.things, side.at
    if "meeting_event" not in things:
        things["meeting_event"] = things["event"]
        _set_rules(side)
        people = Membership.objects.filter(organisation=side.applicant, ended_at=None).order_by("pk")
        person = people[0].person
        things["coming"] = _comes(side, person.name, email=person.email, organisation=side.applicant.name)
    me, given = things["coming"], {"by": SYSTEM, "at": at}
    others = [_comes(side, f"Guest {side.name}") for _ in range(3)]
    things["coming_other"] = _comes(side, f"Guest {side.name}")
    things["meeting_request"] = _asks(others[0], me, at=at)
    _asks(me, others[1], at=at)
    agreed = actions.accept(request_id=_asks(others[2], me, at=at).pk, **given)
    things["meeting"] = _placed(side, agreed)
    things["seat"] = things["meeting"].seats.get(registration=me)
    actions.say_outcome(
        seat_id=things["seat"].pk, was_held=True, worth=4, next_step="Send two milligrams.", by=SYSTEM,
        at=things["meeting"].slot.ends_at,
    )  # fmt: skip
    missing = _comes(side, f"Guest {side.name}")
    actions.report_missing(event_id=things["meeting_event"].pk, registration_ids=[missing.pk], **given)
    things["absence"] = Absence.objects.get(registration=missing)
    things["meeting_run"] = Run.objects.filter(event=things["meeting_event"]).order_by("-number")[0]
    blocked = _comes(side, f"Guest {side.name}")
    actions.block(registration_id=me.pk, other_id=blocked.pk, **given)


def _set_rules(side: Any) -> None:
    event, at = side.things["meeting_event"], side.at
    asking = Asking(opens_at=at - timedelta(days=1), closes_at=at + timedelta(days=14))
    weights = Weights(must=8, high=3, medium=2, low=1, mutual=2, cross_border=0)
    actions.set_rules(event_id=event.pk, asking=asking, weights=weights, by=SYSTEM, at=at)


def _comes(side: Any, name: str, *, email: str = "", organisation: str = "") -> Registration:
    event = side.things["meeting_event"]
    number = Registration.objects.count()
    found = events.enter_guest(
        event_id=event.pk, name=f"{name} {number}", email=email or f"guest-{number}@{side.name}.example",
        organisation_name=organisation or f"Guests {number}", wants_meetings=True, by=SYSTEM, at=side.at,
    )  # fmt: skip
    return events.set_slots(
        registration_id=found.pk, slots=list(event.slots.values_list("pk", flat=True)), by=SYSTEM, at=side.at
    )


def _asks(sender: Registration, receiver: Registration, *, at: Any) -> Request:
    return actions.ask(
        sender_id=sender.pk,
        receiver_id=receiver.pk,
        sentence="Can you bind it?",
        priority="low",
        by=SYSTEM,
        at=at,
    )


def _placed(side: Any, request: Request) -> Meeting:
    event = side.things["meeting_event"]
    taken = Meeting.objects.filter(event=event).count()
    slot, table = event.slots.order_by("number")[taken], event.tables.order_by("number")[0]
    actions.place(request_id=request.pk, slot_id=slot.pk, table_id=table.pk, by=SYSTEM, at=side.at)
    return Meeting.objects.select_related("slot").get(request=request)
