"""Booking a meeting by oneself: where the event allows it, both agreed, and they have none yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from landbridge.foundation.problems import N_, Problem

NO_SLOT_LEFT = Problem(
    code="no_slot_left",
    message=N_("There is no slot with a table in which you are both free."),
    cure=N_("Tick more slots in your registration, or ask the organiser."),
)


@dataclass(frozen=True, slots=True)
class Booking:
    """What decides whether one may book."""

    may_book: bool
    is_accepted: bool
    meet_already: bool


def problems_with_booking(facts: Booking) -> Iterator[Problem]:
    """All that speaks against it but the slot."""
    if not facts.may_book:
        yield Problem(
            code="booking_is_not_open",
            message=N_("At this event meetings are placed by a timetable for all."),
            cure=N_("Wait until it is published; your requests count for it."),
        )
    if not facts.is_accepted:
        yield Problem(
            code="request_not_accepted",
            message=N_("The other side has not said yes, or one of you has withdrawn."),
            cure=N_("A slot is taken once both have agreed."),
        )
    if facts.meet_already:
        yield Problem(
            code="meet_already",
            message=N_("You two have a meeting, or had one."),
            cure=N_("It stands in your plan."),
        )
