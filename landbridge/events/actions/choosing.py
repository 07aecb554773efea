"""What people who come choose: when they are there, sessions, and what they answer to challenges."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.events.actions._registered import _changed, _require, _with_event
from landbridge.events.models import Challenge, ChallengeAnswer, Registration, Session, SessionPlace, Slot
from landbridge.events.queries.coming import doors_of, sessions_of
from landbridge.events.rules import presence, registering
from landbridge.events.rules.presence import Span
from landbridge.events.states import TAKING_PART, Registered
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, refuse, refuse_if

ENDED = (Registered.REJECTED, Registered.CANCELLED, Registered.NO_SHOW)


@transaction.atomic
def set_slots(*, registration_id: int, slots: list[int], by: Actor, at: datetime) -> Registration:
    """Say in which slots one is there for meetings; none ticked says that one has no time for any."""
    _require(P.EVENT_ATTEND, by=by)
    registration = _changed(registration_id, by=by)
    _refuse_ended(registration, at=at)
    known = set(Slot.objects.filter(event=registration.event_id).values_list("pk", flat=True))
    refuse_if(presence.problems_with_slots(slots, known=known))
    chosen = sorted(set(slots))
    if registration.slots != chosen:
        registration.slots = chosen
        registration.version += 1
        registration.save(update_fields=["slots", "version"])
        record("registration.slots_set", registration, by=by, at=at, slots=len(chosen), of=len(known))
    return registration


@transaction.atomic
def take_session(*, registration_id: int, session_id: int, by: Actor, at: datetime) -> Registration:
    """Take a place in a session for which one signs up."""
    _require(P.EVENT_ATTEND, by=by)
    registration = _with_event(registration_id, by=by)
    _refuse_ended(registration, at=at)
    if registration.state not in TAKING_PART:
        refuse(
            "no_place_yet",
            N_("Places in sessions are for those who have a place at the event."),
            cure=N_("Choose sessions as soon as you have yours."),
        )
    session = Session.objects.get(pk=session_id, event=registration.event_id)
    chosen = sessions_of(registration)
    if session in chosen:
        return registration
    refuse_if(
        presence.problems_with_session(
            _span(session),
            needs_sign_up=session.needs_sign_up,
            capacity=session.capacity,
            taken=SessionPlace.objects.filter(session=session).count(),
            others=[(other.title, _span(other)) for other in chosen],
            at=at,
        )
    )
    SessionPlace.objects.create(session=session, registration=registration, taken_at=at)
    record("registration.session_taken", registration, by=by, at=at, session=session.title)
    return registration


@transaction.atomic
def leave_session(*, registration_id: int, session_id: int, by: Actor, at: datetime) -> Registration:
    """Give the place in a session back; it is free for others at once."""
    _require(P.EVENT_ATTEND, by=by)
    registration = _with_event(registration_id, by=by)
    place = SessionPlace.objects.filter(registration=registration, session=session_id)
    held = place.select_related("session").first()
    if held is not None:
        place.delete()
        record("registration.session_left", registration, by=by, at=at, session=held.session.title)
    return registration


@transaction.atomic
def answer_challenge(
    *, registration_id: int, challenge_id: int, text: str, by: Actor, at: datetime
) -> Registration:
    """Propose something to a company's challenge, or change what was proposed; an empty text takes it back."""
    _require(P.EVENT_ATTEND, by=by)
    registration = _changed(registration_id, by=by)
    _refuse_ended(registration, at=at)
    challenge = Challenge.objects.get(pk=challenge_id, event=registration.event_id)
    answers = ChallengeAnswer.objects.filter(challenge=challenge, registration=registration)
    if not text.strip():
        answers.delete()
    elif answer := answers.for_update().first():
        answer.text, answer.answered_at = text.strip(), at
        answer.save(update_fields=["text", "answered_at"])
    else:
        ChallengeAnswer.objects.create(
            challenge=challenge, registration=registration, text=text.strip(), answered_at=at
        )
    record(
        "registration.challenge_answered",
        registration,
        by=by,
        at=at,
        challenge=challenge.title,
        is_empty=not text.strip(),
    )
    return registration


def _refuse_ended(registration: Registration, *, at: datetime) -> None:
    refuse_if(registering.problems_with_change(doors_of(registration.event), at=at))
    if registration.state in ENDED:
        refuse(
            "registration_ended",
            N_("This registration cannot be changed any more."),
            cure=N_("Register again, or write to the organiser."),
        )


def _span(session: Session) -> Span:
    return Span(session.pk, session.starts_at, session.ends_at)
