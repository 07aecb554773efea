"""What the actions on registrations share: the locks in their order, the letters, giving places to those who wait."""

from __future__ import annotations

from datetime import datetime

from landbridge.events.models import Event, Registration, RegistrationRows
from landbridge.events.queries.coming import is_running
from landbridge.events.queries.places import taken_of, waiting_of
from landbridge.events.queries.telling import letter_about, recipient_of
from landbridge.events.rules.places import moving_up
from landbridge.events.states import REGISTRATION_WORKFLOW, RegistrationMove
from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed


def _require(permission: P, *, by: Actor) -> None:
    if not by.may(permission):
        raise NotAllowed(permission)


def _changed(registration_id: int, *, by: Actor) -> Registration:
    """One's own registration, or one of an event that one keeps, locked."""
    return _row(Registration.objects.changed_by(by), registration_id)


def _with_event(registration_id: int, *, by: Actor, as_organiser: bool = False) -> Registration:
    """The registration with its event, both locked, the event first: whoever counts places does so alone."""
    rows = Registration.objects.decided_by(by) if as_organiser else Registration.objects.changed_by(by)
    event_id = rows.values_list("event_id", flat=True).get(pk=registration_id)
    event = Event.objects.for_update().get(pk=event_id)
    registration = _row(rows, registration_id)
    registration.event = event
    return registration


def _row(rows: RegistrationRows, registration_id: int) -> Registration:
    return rows.for_update().select_related("event").get(pk=registration_id)


def _tell(event: str, registration: Registration, *, at: datetime, key: str = "", **places: object) -> None:
    context = {**letter_about(registration), **places}
    tell(
        f"events/{event}",
        registration,
        to=[recipient_of(registration)],
        at=at,
        context=context,
        key=key or None,
    )


def _move_up(event: Event, *, at: datetime, newcomer: int = 0) -> list[int]:
    """Give the free places to those who wait, in their order. The event is locked by the caller.

    `newcomer` has only just handed in: to them it is said that they have a place, not that they moved up.
    """
    if not is_running(event, at=at):
        return []
    waiting = waiting_of(event)
    if not waiting:
        return []
    up = [comer.key for comer in moving_up(taken_of(event), waiting)]
    for key in up:
        registration = _row(Registration.objects.filter(event=event), key)
        registration.event = event
        is_new = key == newcomer
        _give_place(registration, by=SYSTEM, at=at, event="approved" if is_new else "moved_up")
    return up


def _give_place(registration: Registration, *, by: Actor, at: datetime, event: str) -> None:
    target = REGISTRATION_WORKFLOW.target(RegistrationMove.APPROVE, of=registration, by=by)
    registration.state, registration.approved_at, registration.reason = target, at, ""
    registration.decided_by_name = by.name[:150]
    registration.save(update_fields=["state", "approved_at", "reason", "decided_by_name"])
    record(f"registration.{event}", registration, by=by, at=at)
    _tell(event, registration, at=at)
