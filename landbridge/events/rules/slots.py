"""Laying slots: from when until when, how long each is, how long between them; and what stands where meetings are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from landbridge.events.rules.moving import Stretch
from landbridge.foundation.problems import N_, Problem

SHORTEST_SLOT, LONGEST_SLOT = 5, 240
LONGEST_PAUSE = 60
MOST_SLOTS = 400
MOST_PARTS = 20


@dataclass(frozen=True, slots=True)
class Plan:
    """Slots of so many minutes with so many between them, in each of these parts."""

    minutes: int
    pause: int
    parts: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Laid:
    """What a plan leads to: the slots in their order, and which of the planned ones had to give way."""

    slots: tuple[
        tuple[int | None, Stretch], ...
    ]  # the id of a slot that stands already, or None for a new one
    given_way: tuple[Stretch, ...] = ()
    gone: tuple[int, ...] = ()  # ids of slots that are no longer planned and in which nothing is


def planned(plan: Plan) -> Iterator[Stretch]:
    """The slots of a plan: as many as fit into each part, the parts numbered in the order of time."""
    step, length = timedelta(minutes=plan.minutes + plan.pause), timedelta(minutes=plan.minutes)
    for number, part in enumerate(sorted(plan.parts, key=lambda one: one.starts_at), start=1):
        begin = part.starts_at
        while begin + length <= part.ends_at:
            yield Stretch(begin, begin + length, number)
            begin += step


def laid(plan: Plan, *, standing: Mapping[int, Stretch], in_use: Iterable[int]) -> Laid:
    """The plan beside what stands: a slot of the same time keeps its id, one in use stays whatever is planned.

    Whoever ticked a slot that stays has still ticked it.
    """
    used = frozenset(in_use)
    new = list(planned(plan))
    by_time = {(slot.starts_at, slot.ends_at): key for key, slot in standing.items()}
    kept = {key for slot in new if (key := by_time.get((slot.starts_at, slot.ends_at))) is not None}
    fixed = [(key, slot) for key, slot in standing.items() if key in used and key not in kept]
    free = [slot for slot in new if not any(slot.overlaps(other) for _key, other in fixed)]
    rows: list[tuple[int | None, Stretch]] = [
        *((by_time.get((slot.starts_at, slot.ends_at)), slot) for slot in free),
        *fixed,
    ]
    stay = {key for key, _slot in rows}
    return Laid(
        slots=tuple(sorted(rows, key=lambda row: row[1].starts_at)),
        given_way=tuple(slot for slot in new if slot not in free),
        gone=tuple(key for key in standing if key not in stay),
    )


def problems_with_plan(plan: Plan, *, starts_at: datetime, ends_at: datetime) -> Iterator[Problem]:
    """Parts lie within the event, do not overlap, and hold a slot each."""
    if not SHORTEST_SLOT <= plan.minutes <= LONGEST_SLOT or not 0 <= plan.pause <= LONGEST_PAUSE:
        yield Problem(
            code="slot_length",
            message=N_("A slot has %(shortest)s to %(longest)s minutes, the pause at most %(pause)s."),
            field="minutes",
            params={"shortest": SHORTEST_SLOT, "longest": LONGEST_SLOT, "pause": LONGEST_PAUSE},
        )
        return
    ordered = sorted(plan.parts, key=lambda one: one.starts_at)
    for part in ordered:
        yield from _problems_with_part(part, minutes=plan.minutes, starts_at=starts_at, ends_at=ends_at)
    for one, other in pairwise(ordered):
        if one.overlaps(other):
            yield Problem(
                code="parts_overlap",
                message=N_("Two parts overlap: one begins at %(moment)s, before the other has ended."),
                cure=N_("Let it begin later, or the other end earlier."),
                params={"moment": other.starts_at},
            )
    count = sum(1 for _slot in zip(planned(plan), range(MOST_SLOTS + 1), strict=False))
    if count > MOST_SLOTS:
        yield Problem(
            code="too_many_slots",
            message=N_("These would be more than %(most)s slots."),
            cure=N_("Make them longer, or leave out a part."),
            params={"most": MOST_SLOTS},
        )


def _problems_with_part(
    part: Stretch, *, minutes: int, starts_at: datetime, ends_at: datetime
) -> Iterator[Problem]:
    if part.ends_at <= part.starts_at:
        yield Problem(
            code="part_ends_first",
            message=N_("The part that begins at %(moment)s ends before it begins."),
            cure=N_("Give an end that is later."),
            params={"moment": part.starts_at},
        )
    elif part.starts_at < starts_at or part.ends_at > ends_at:
        yield Problem(
            code="part_outside",
            message=N_("The part that begins at %(moment)s lies outside the event."),
            cure=N_("The event begins at %(starts_at)s and ends at %(ends_at)s."),
            params={"moment": part.starts_at, "starts_at": starts_at, "ends_at": ends_at},
        )
    elif part.length < timedelta(minutes=minutes):
        yield Problem(
            code="part_too_short",
            message=N_("No slot of %(minutes)s minutes fits into the part that begins at %(moment)s."),
            cure=N_("Make the part longer, or the slots shorter."),
            params={"minutes": minutes, "moment": part.starts_at},
        )
