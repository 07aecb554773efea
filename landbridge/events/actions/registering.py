"""One's own registration: begun with a drafted profile, written, handed in, cancelled, begun again."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from landbridge.catalogue.models import Competence
from landbridge.catalogue.rules import LANGUAGES
from landbridge.events.actions._registered import _changed, _move_up, _require, _tell, _with_event
from landbridge.events.models import Event, Registration, SessionPlace
from landbridge.events.queries.coming import doors_of, own_registration, written_of
from landbridge.events.queries.drafting import drafted, terms_for
from landbridge.events.queries.places import comer_of, taken_of
from landbridge.events.rules import codes, registering
from landbridge.events.rules.answers import kept_answers, questions_of
from landbridge.events.states import REGISTRATION_WORKFLOW, Attendee, Registered, RegistrationMove
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, NotAllowed, refuse, refuse_if

# In these states what one says about oneself can still be changed.
OPEN = (Registered.DRAFT, Registered.SUBMITTED, Registered.WAITING, Registered.APPROVED, Registered.ATTENDED)


@transaction.atomic
def begin(*, event_id: int, by: Actor, at: datetime, coming: Actor | None = None) -> Registration:
    """A draft with the profile filled in; where somebody has begun before, that registration.

    People register themselves; only Landbridge itself names somebody else (`coming`).
    """
    _require(P.EVENT_ATTEND, by=by)
    if coming is not None and by.role is not Role.SYSTEM:
        raise NotAllowed(P.EVENT_ATTEND)
    comer = coming or by
    if comer.person_id is None:
        raise NotAllowed(P.EVENT_ATTEND)
    event = Event.objects.public().for_update().get(pk=event_id)
    standing = own_registration(event, comer)
    if standing is not None:
        return standing
    refuse_if(registering.problems_with_time(doors_of(event), at=at))
    values: dict[str, Any] = drafted(event, comer)
    registration = Registration.objects.create(
        event=event, **values, code=_new_code(), calendar_key=secrets.token_urlsafe(24), begun_at=at
    )
    registration.competences.set(terms_for(registration))
    record("registration.begun", registration, by=by, at=at, gathering=event.title)
    return registration


@transaction.atomic
def save(*, registration_id: int, by: Actor, at: datetime, **fields: Any) -> Registration:
    """Keep what was written; gaps are allowed in a draft, and what was handed in keeps what the organiser needs.

    `fields` are columns of the registration; besides them `competence_ids`, and `agrees` (to the conditions).
    """
    _require(P.EVENT_ATTEND, by=by)
    registration = _changed(registration_id, by=by)
    if registration.state not in OPEN:
        refuse(
            "registration_ended",
            N_("This registration cannot be changed any more."),
            cure=N_("Register again, or write to the organiser."),
        )
    refuse_if(registering.problems_with_change(doors_of(registration.event), at=at))
    changed = _written_into(registration, fields, at=at)
    if registration.person_id is None and by.person_id and by.role is not Role.SYSTEM:
        changed += _taken_over(registration, by=by)
    is_draft = registration.state == Registered.DRAFT
    refuse_if(registering.problems_with_fields(changed, is_draft=is_draft))
    terms_changed = _terms_into(registration, fields.get("competence_ids"))
    if not is_draft and registration.submitted_at is not None:
        refuse_if(registering.problems_with(written_of(registration)))
    if changed:
        registration.version += 1
        registration.save(update_fields=[*changed, "version"])
    if changed or terms_changed:
        record("registration.saved", registration, by=by, at=at, fields=sorted(changed))
    return registration


@transaction.atomic
def submit(*, registration_id: int, by: Actor, at: datetime) -> Registration:
    """Hand it in. Without approval it takes a place at once, or stands last on the waiting list."""
    registration = _with_event(registration_id, by=by)
    event = registration.event
    target = REGISTRATION_WORKFLOW.target(RegistrationMove.SUBMIT, of=registration, by=by)
    refuse_if(registering.problems_with_time(doors_of(event), at=at))
    refuse_if(registering.problems_with(written_of(registration)))
    registration.state, registration.submitted_at, registration.reason = target, at, ""
    registration.save(update_fields=["state", "submitted_at", "reason"])
    record("registration.submitted", registration, by=by, at=at)
    if event.needs_approval:
        _tell("received", registration, at=at)
        return registration
    if not event.has_waiting_list:
        refuse_if(taken_of(event).problems_with(comer_of(registration)))
    _put_in_line(registration, by=SYSTEM)
    if registration.pk not in _move_up(event, at=at, newcomer=registration.pk):
        record("registration.waiting", registration, by=SYSTEM, at=at)
        _tell("waiting", registration, at=at)
    registration.refresh_from_db(fields=["state", "approved_at", "decided_by_name"])
    return registration


@transaction.atomic
def cancel_registration(*, registration_id: int, by: Actor, at: datetime) -> Registration:
    """Somebody does not come: their place and their sessions are free at once, and the waiting list moves up."""
    registration = _with_event(registration_id, by=by)
    target = REGISTRATION_WORKFLOW.target(RegistrationMove.CANCEL, of=registration, by=by)
    was_draft = registration.state == Registered.DRAFT
    registration.state, registration.cancelled_at = target, at
    registration.save(update_fields=["state", "cancelled_at"])
    freed, _rows = SessionPlace.objects.filter(registration=registration).delete()
    record("registration.cancelled", registration, by=by, at=at, sessions_freed=freed)
    if not was_draft:
        _tell("cancelled", registration, at=at)
        _move_up(registration.event, at=at)
    return registration


@transaction.atomic
def reopen(*, registration_id: int, by: Actor, at: datetime) -> Registration:
    """Whoever cancelled registers again: the profile is still there, the place in the order is not."""
    registration = _with_event(registration_id, by=by)
    target = REGISTRATION_WORKFLOW.target(RegistrationMove.REOPEN, of=registration, by=by)
    refuse_if(registering.problems_with_time(doors_of(registration.event), at=at))
    registration.state, registration.begun_at, registration.reason = target, at, ""
    for name in ("submitted_at", "approved_at", "cancelled_at", "agreed_to_conditions_at", "reminded_at"):
        setattr(registration, name, None)
    registration.save()
    record("registration.reopened", registration, by=by, at=at)
    return registration


def _put_in_line(registration: Registration, *, by: Actor) -> None:
    registration.state = REGISTRATION_WORKFLOW.target(RegistrationMove.WAIT, of=registration, by=by)
    registration.save(update_fields=["state"])


def _new_code() -> str:
    while True:
        code = codes.code_for(secrets.randbelow(codes.POSSIBLE))
        if not Registration.objects.filter(code=code).exists():
            return code


def _written_into(registration: Registration, fields: dict[str, Any], *, at: datetime) -> list[str]:
    """Put the fields into the row, and name the columns that changed by it."""
    unknown = set(fields) - registering.OPEN_TO_CHANGE
    if unknown:
        raise TypeError(f"A registration has no {', '.join(sorted(unknown))} to save.")
    values = {name: value for name, value in fields.items() if name not in ("agrees", "competence_ids")}
    values = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    if "languages" in values:
        values["languages"] = [code for code in LANGUAGES if code in values["languages"]]
    if values.get("attendee") not in (None, *Attendee):
        values.pop("attendee")
    if "answers" in values:
        questions = questions_of(registration.event.questions)
        attendee = values.get("attendee") or registration.attendee
        values["answers"] = kept_answers(questions, values["answers"], attendee=attendee)
    changed = [name for name, value in values.items() if getattr(registration, name) != value]
    for name in changed:
        setattr(registration, name, values[name])
    return changed + _agreed(registration, agrees=fields.get("agrees"), at=at)


def _agreed(registration: Registration, *, agrees: bool | None, at: datetime) -> list[str]:
    if agrees is None or agrees == (registration.agreed_to_conditions_at is not None):
        return []
    registration.agreed_to_conditions_at = at if agrees else None
    return ["agreed_to_conditions_at"]


def _taken_over(registration: Registration, *, by: Actor) -> list[str]:
    """A guest entered by the organiser signs in for the first time: from now on it is theirs."""
    if not Registration.objects.of_person(by).filter(pk=registration.pk).exists():
        return []
    registration.person_id = by.person_id
    return ["person_id"]


def _terms_into(registration: Registration, wanted: list[int] | None) -> bool:
    if wanted is None:
        return False
    known = Competence.objects.accepted().filter(pk__in=list(wanted)[: registering.MOST_COMPETENCES])
    terms = set(known.values_list("pk", flat=True))
    if terms == set(registration.competences.values_list("pk", flat=True)):
        return False
    registration.competences.set(terms)
    return True
