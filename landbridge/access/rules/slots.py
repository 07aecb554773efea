"""Slots: stretches of a record's capacity that never overlap, and that two requests never both hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from landbridge.access.states import HOLDING
from landbridge.foundation.problems import N_, Problem

LONGEST_SLOT = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when until when."""

    starts_at: datetime
    ends_at: datetime


def overlap(one: Stretch, other: Stretch) -> bool:
    """Whether the two share a moment; what ends when the other begins does not."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def problems_with_slot(slot: Stretch, *, others: tuple[Stretch, ...], at: datetime) -> Iterator[Problem]:
    """A slot lies ahead, ends after it begins, and shares no moment with another of the same record."""
    if slot.ends_at <= slot.starts_at:
        yield Problem(
            code="slot_ends_first",
            message=N_("The slot ends before it begins."),
            cure=N_("Give an end that is later."),
            field="ends_at",
        )
    elif slot.ends_at - slot.starts_at > LONGEST_SLOT:
        yield Problem(
            code="slot_too_long",
            message=N_("A slot is two months long at most."),
            cure=N_("Offer several."),
            field="ends_at",
        )
    if slot.starts_at <= at:
        yield Problem(
            code="slot_has_begun",
            message=N_("A slot is offered before it begins."),
            cure=N_("Give a moment that lies ahead."),
            field="starts_at",
        )
    if any(overlap(slot, other) for other in others):
        yield Problem(
            code="slot_overlaps",
            message=N_("Another slot of the same offer lies within these hours."),
            cure=N_("Slots of one offer never overlap. Choose other hours."),
            field="starts_at",
        )


def problems_with_holding(
    *, state: str, starts_at: datetime, is_held: bool, is_ours: bool, is_same_offer: bool, at: datetime
) -> Iterator[Problem]:
    """A slot is held by one request, of the same offer, once there is a quote and before it begins."""
    if not is_same_offer:
        yield Problem(
            code="slot_of_another",
            message=N_("This slot belongs to another offer."),
            cure=N_("Choose one of those that are listed."),
        )
    if state not in HOLDING:
        yield Problem(
            code="slots_not_now",
            message=N_("Slots are chosen between the quote and the agreement."),
            cure=N_("Wait for the quote. After the agreement, ask the facility."),
        )
    if is_held and not is_ours:
        yield Problem(
            code="slot_taken",
            message=N_("Somebody else holds this slot."),
            cure=N_("Choose another one."),
        )
    if starts_at <= at:
        yield Problem(
            code="slot_passed",
            message=N_("This slot has begun already."),
            cure=N_("Choose a later one."),
        )
