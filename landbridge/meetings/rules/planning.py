"""What may be set for the meetings of an event, when a version may be made, and when it may be published."""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from landbridge.foundation.problems import N_, Problem
from landbridge.meetings.rules.weighing import Weights

HEAVIEST = 100
MOST_REQUESTS = 200
MOST_MEETINGS = 60
LONGEST_ANSWER_DAYS = 60
PLACES_OF_LINKS = frozenset({"event", "code"})


@dataclass(frozen=True, slots=True)
class Asking:
    """From when to when people ask each other, and how much."""

    opens_at: datetime
    closes_at: datetime
    most_requests: int = 20
    most_meetings: int | None = None
    high_share_percent: int = 25
    days_to_answer: int = 7


def problems_with_asking(asking: Asking, *, event_ends_at: datetime) -> Iterator[Problem]:
    """Requests are made in a stretch of time that begins before it ends, and that ends with the event at the latest."""
    if asking.closes_at <= asking.opens_at:
        yield Problem(
            code="asking_ends_first",
            message=N_("Asking ends before it begins."),
            cure=N_("Give an end that is later."),
            field="requests_close_at",
        )
    elif asking.closes_at > event_ends_at:
        yield Problem(
            code="asking_after_the_event",
            message=N_("The event is over before asking ends."),
            cure=N_("Let it end with the event at the latest: %(ends)s."),
            field="requests_close_at",
            params={"ends": event_ends_at},
        )


def problems_with_weights(weights: Weights) -> Iterator[Problem]:
    """A stronger wish never weighs less than a weaker one."""
    if not 1 <= weights.low <= weights.medium <= weights.high <= weights.must:
        yield Problem(
            code="weights_out_of_order",
            message=N_("A stronger wish must not weigh less than a weaker one."),
            cure=N_("Keep this order: low, medium, high, must meet; the least is 1."),
            field="weight_high",
        )


def problems_with_link_pattern(pattern: str) -> Iterator[Problem]:
    """The address of an online meeting is secure, and differs from meeting to meeting."""
    if not pattern:
        return
    try:
        places = {name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None}
    except ValueError:
        places = {""}
    if not places <= PLACES_OF_LINKS:
        yield Problem(
            code="link_places_unknown",
            message=N_("The pattern has places that we cannot fill."),
            cure=N_("Use {event} and {code} alone."),
            field="link_pattern",
        )
    elif "code" not in places:
        yield Problem(
            code="link_without_code",
            message=N_("With this pattern all meetings would have the same address."),
            cure=N_("Put {code} into it: every meeting has its own."),
            field="link_pattern",
        )
    if not pattern.startswith("https://"):
        yield Problem(
            code="link_not_secure",
            message=N_("The address of an online meeting begins with https://."),
            field="link_pattern",
        )


@dataclass(frozen=True, slots=True)
class Making:
    """What must be there before a timetable can be made."""

    slots_ahead: int
    wishes: int
    is_being_made: bool
    is_called_off: bool


def problems_with_making(facts: Making) -> Iterator[Problem]:
    """A timetable needs slots that lie ahead and requests that were accepted, and one is made at a time."""
    if facts.is_called_off:
        yield Problem(code="event_called_off", message=N_("The event was called off."))
    if facts.is_being_made:
        yield Problem(
            code="already_being_made",
            message=N_("A timetable is being made at this moment."),
            cure=N_("Wait until it is there, or stop it."),
        )
    if not facts.slots_ahead:
        yield Problem(
            code="no_slots_ahead",
            message=N_("No slot for meetings lies ahead."),
            cure=N_("Lay slots in the programme of the event first."),
        )
    if not facts.wishes:
        yield Problem(
            code="no_accepted_requests",
            message=N_("No request has been accepted yet."),
            cure=N_("A timetable is made from accepted requests. Remind those who have not answered."),
        )


@dataclass(frozen=True, slots=True)
class Publishing:
    """Where a version stands when somebody wants to publish it."""

    newest: int
    number: int
    is_still_true: bool
    all_the_same: bool
    is_called_off: bool


def problems_with_publishing(facts: Publishing) -> Iterator[Problem]:
    """The newest version is published, and only while what it was computed from still holds, or all the same."""
    if facts.is_called_off:
        yield Problem(code="event_called_off", message=N_("The event was called off."))
    if facts.number != facts.newest:
        yield Problem(
            code="not_the_newest",
            message=N_("There is a newer version: %(newest)s."),
            cure=N_("Publish that one, or make a new one with the seed of this one."),
            params={"newest": facts.newest},
        )
    if not facts.is_still_true and not facts.all_the_same:
        yield Problem(
            code="changed_since",
            message=N_("People, requests, slots or tables have changed since this version was computed."),
            cure=N_("Make a new one, or publish this one all the same: what no longer fits is repaired."),
        )
