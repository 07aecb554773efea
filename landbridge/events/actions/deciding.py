"""The organiser's part: giving places, the waiting list, refusing with a reason, guests entered by hand."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from landbridge.events.actions._registered import _give_place, _move_up, _require, _tell, _with_event
from landbridge.events.actions.registering import _new_code
from landbridge.events.models import Event, Registration, SessionPlace
from landbridge.events.queries.places import comer_of, taken_of
from landbridge.events.rules import registering
from landbridge.events.states import REGISTRATION_WORKFLOW, Attendee, Registered, RegistrationMove, S
from landbridge.foundation.audit.record import record
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.foundation.reasons import problems_with as problems_with_reason


@transaction.atomic
def approve(*, registration_id: int, by: Actor, at: datetime) -> Registration:
    """Give somebody a place, where there is one."""
    registration = _with_event(registration_id, by=by, as_organiser=True)
    REGISTRATION_WORKFLOW.target(RegistrationMove.APPROVE, of=registration, by=by)
    refuse_if(taken_of(registration.event).problems_with(comer_of(registration)))
    _give_place(registration, by=by, at=at, event="approved")
    return registration


@transaction.atomic
def wait(*, registration_id: int, by: Actor, at: datetime) -> Registration:
    """Admit somebody as soon as there is a place: they stand on the waiting list where their submission puts them."""
    registration = _with_event(registration_id, by=by, as_organiser=True)
    registration.state = REGISTRATION_WORKFLOW.target(RegistrationMove.WAIT, of=registration, by=by)
    registration.decided_by_name = by.name[:150]
    registration.save(update_fields=["state", "decided_by_name"])
    record("registration.waiting", registration, by=by, at=at)
    if registration.pk not in _move_up(registration.event, at=at, newcomer=registration.pk):
        _tell("waiting", registration, at=at)
    registration.refresh_from_db(fields=["state", "approved_at", "decided_by_name"])
    return registration


@transaction.atomic
def reject(*, registration_id: int, reason: str, by: Actor, at: datetime) -> Registration:
    """Somebody is not admitted, and reads why. A place that they had is free at once."""
    registration = _with_event(registration_id, by=by, as_organiser=True)
    target = REGISTRATION_WORKFLOW.target(RegistrationMove.REJECT, of=registration, by=by)
    refuse_if(
        problems_with_reason(
            reason, cure=N_("Say why: the person reads it."), longest=registering.LONGEST_REFUSAL
        )
    )
    registration.state, registration.reason = target, reason.strip()
    registration.decided_by_name = by.name[:150]
    registration.save(update_fields=["state", "reason", "decided_by_name"])
    freed, _rows = SessionPlace.objects.filter(registration=registration).delete()
    record(
        "registration.rejected", registration, by=by, at=at, reason=registration.reason, sessions_freed=freed
    )
    _tell("rejected", registration, at=at)
    _move_up(registration.event, at=at)
    return registration


@transaction.atomic
def enter_guest(
    *,
    event_id: int,
    name: str,
    email: str,
    organisation_name: str,
    attendee: str = Attendee.GUEST,
    region_id: int | None = None,
    country: str = "",
    language: str = "en-gb",
    job_title: str = "",
    wants_meetings: bool = False,
    by: Actor,
    at: datetime,
) -> Registration:
    """The organiser enters somebody: a speaker, or who stands at the door. They have a place at once, and its letter."""
    _require(P.REGISTRATION_DECIDE, by=by)
    event = Event.objects.kept_by(by).for_update().get(pk=event_id)
    if event.state != S.PUBLISHED:
        refuse("event_not_open", N_("Guests can be entered while the event is published."))
    address = email.strip().lower()
    _refuse_known(event, address)
    person = Person.objects.filter(email=address).first()
    guest = Registration(
        event=event,
        person=person,
        email=address,
        name=name.strip(),
        organisation_name=organisation_name.strip(),
        attendee=attendee,
        region_id=region_id,
        country=country,
        language=person.language if person else language,
        job_title=job_title.strip(),
        wants_meetings=wants_meetings,
        state=Registered.SUBMITTED,
        code=_new_code(),
        calendar_key=secrets.token_urlsafe(24),
        begun_at=at,
        submitted_at=at,
    )
    refuse_if(taken_of(event).problems_with(comer_of(guest)))
    guest.save()
    record("registration.entered", guest, by=by, at=at, email=address)
    _give_place(guest, by=by, at=at, event="approved")
    return guest


@transaction.atomic
def move_up(*, event_id: int, by: Actor, at: datetime) -> Event:
    """Give the free places of an event to those who wait for them, each with a letter."""
    _require(P.REGISTRATION_DECIDE, by=by)
    event = Event.objects.kept_by(by).for_update().get(pk=event_id)
    up = _move_up(event, at=at)
    if up:
        record("event.places_given", event, by=by, at=at, places=len(up))
    return event


@transaction.atomic
def miss(*, registration_id: int, by: Actor, at: datetime) -> Registration:
    """Somebody had a place and never came; a check-in that arrives later still counts."""
    registration = _with_event(registration_id, by=by, as_organiser=by is not SYSTEM)
    registration.state = REGISTRATION_WORKFLOW.target(RegistrationMove.MISS, of=registration, by=by)
    registration.save(update_fields=["state"])
    record("registration.missed", registration, by=by, at=at)
    return registration


def _refuse_known(event: Event, address: str) -> None:
    if Registration.objects.filter(event=event, email=address).exists():
        refuse(
            "registered_already",
            N_("This address is registered for the event already."),
            cure=N_("Look for it in the list, and give it a place there."),
            field="email",
        )
