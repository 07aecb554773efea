"""Reminders: say when you are there, the event comes nearer, and what is left to do afterwards. Each once."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from landbridge.events.actions._registered import _require, _row, _tell
from landbridge.events.models import Event, Registration
from landbridge.events.queries.coming import completeness, own_zone
from landbridge.events.queries.telling import page_for
from landbridge.events.states import TAKING_PART
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, refuse


@transaction.atomic
def remind_of_gaps(*, registration_id: int, by: Actor, at: datetime) -> Registration:
    """Remind somebody of what is missing: when they are there, or the profile. At most once a day."""
    _require(P.REGISTRATION_DECIDE, by=by)
    registration = _row(Registration.objects.decided_by(by), registration_id)
    found = completeness(registration)
    if registration.state not in TAKING_PART or found.is_complete:
        refuse("nothing_missing", N_("Nothing is missing here, or this person does not come."))
    day = at.astimezone(ZoneInfo(registration.event.time_zone)).date()
    registration.reminded_at = at
    registration.save(update_fields=["reminded_at"])
    record("registration.reminded", registration, by=by, at=at, missing=list(found.missing))
    _tell(
        "gaps",
        registration,
        at=at,
        key=f"events/gaps|{registration.pk}|{day}",
        says_when="slots" not in found.missing,
        is_full_profile=set(found.missing) <= {"slots"},
        page=page_for("availability" if "slots" in found.missing else "registration_text", registration),
    )
    return registration


@transaction.atomic
def remind_of_event(*, registration_id: int, which: str, by: Actor, at: datetime) -> Registration:
    """The event is a `week` or a `day` ahead: when, where, the code for the door. Told once each."""
    _require(P.REGISTRATION_DECIDE, by=by)
    registration = _row(Registration.objects.decided_by(by), registration_id)
    zone = own_zone(registration)
    begins = registration.event.starts_at
    _tell(
        f"in_a_{which}",
        registration,
        at=at,
        key=f"events/in_a_{which}|{registration.pk}|{begins.isoformat()}",
        begins_there=begins.astimezone(ZoneInfo(zone)) if zone else None,
        says_when=registration.slots is not None or not registration.event.has_meetings,
        join_page=page_for("registration", registration),
    )
    return registration


@transaction.atomic
def note_reminded(*, event_id: int, which: str, by: Actor, at: datetime) -> Event:
    """Everyone has been reminded of the event: not again."""
    _require(P.EVENT_EDIT, by=by)
    event = Event.objects.kept_by(by).for_update().get(pk=event_id)
    column = {"week": "reminded_week_at", "day": "reminded_day_at"}[which]
    setattr(event, column, at)
    event.save(update_fields=[column])
    record("event.reminded", event, by=by, at=at, which=which)
    return event


@transaction.atomic
def follow_up(*, registration_id: int, by: Actor, at: datetime) -> Registration:
    """After the event: thanks, what remains to be done, and where what one wrote down stays. Told once."""
    _require(P.REGISTRATION_DECIDE, by=by)
    registration = _row(Registration.objects.decided_by(by), registration_id)
    _tell("afterwards", registration, at=at, key=f"events/afterwards|{registration.pk}")
    return registration
