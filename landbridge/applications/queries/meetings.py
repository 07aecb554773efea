"""What an application takes from a meeting at an event."""

from __future__ import annotations

from typing import Any

from landbridge.applications.rules.content import LONGEST_TITLE
from landbridge.calls.models import Call, Question
from landbridge.foundation.permissions.actor import Actor
from landbridge.meetings.models import Seat
from landbridge.meetings.queries import other_of, own_seats
from landbridge.meetings.states import MeetingState
from landbridge.organisations.models import Organisation


def seat_named(text: str, *, actor: Actor) -> Seat | None:
    """One's own seat that an address names; anything else is none."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    return own_seat(int(text), actor=actor)


def own_seat(seat_id: int | None, *, actor: Actor) -> Seat | None:
    """One's own part of a meeting that was not cancelled, with both people."""
    rows = own_seats(actor).exclude(meeting__state=MeetingState.CANCELLED)
    rows = rows.select_related(
        "meeting__event",
        "meeting__request",
        "meeting__first__organisation",
        "meeting__second__organisation",
        "registration__organisation",
    )
    return rows.filter(pk=seat_id or 0).first()


def seat_of(seat_id: int | None, *, applicant: Organisation, actor: Actor) -> Seat | None:
    """The seat, if its person came for the applicant."""
    found = own_seat(seat_id, actor=actor)
    return found if found is not None and found.registration.organisation_id == applicant.pk else None


def filled_from_meeting(seat: Seat, *, call: Call) -> dict[str, Any]:
    """The columns that a draft takes over: the other side as provider where it gives access, and why the two met."""
    other = other_of(seat).organisation
    question = (
        Question.objects.filter(call=call, kind=Question.Kind.LONG_TEXT).order_by("position", "pk").first()
    )
    sentence = seat.meeting.request.sentence
    is_provider = other is not None and other.offers_access and other.pk != seat.registration.organisation_id
    return {
        "meeting": seat.meeting,
        "provider": other if is_provider else None,
        "title": sentence[:LONGEST_TITLE],
        "answers": {question.key: sentence[: question.longest]} if question else {},
    }
