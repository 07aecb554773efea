"""From meetings that no longer all fit to meetings that do, with few changes: what a repair would do, not yet done."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from landbridge.algorithms.timetable import Placed, Problem, Repair, repair
from landbridge.meetings.queries.material import Material, Pair, Standing
from landbridge.meetings.queries.versions import Changes, Planned, Spot
from landbridge.meetings.states import MeetingState


@dataclass(frozen=True, slots=True)
class Mended:
    """What a repair would change for the meetings that stand."""

    changes: Changes
    found: Repair


def mended(material: Material, *, fills_gaps: bool, seed: int = 0, most_moves: int = 2) -> Mended:
    """What has become impossible is cancelled; then, if `fills_gaps`, wishes without a meeting are put into the gaps.

    `material` is the world as it is now, `for_repair`.
    """
    problem = material.problem if fills_gaps else _only(material.problem, material.standing)
    found = repair(
        problem,
        material.placed(),
        seed=seed,
        most_moves=most_moves,
        held=material.fixed,
        from_slot=material.grid.from_slot,
    )
    standing = material.standing
    return Mended(
        changes=Changes(
            added=tuple(planned_of(one, material) for one in found.added),
            moved=tuple(
                (standing[after.wish], planned_of(after, material).spot) for _before, after in found.moved
            ),
            cancelled=(*material.lapsed, *(standing[one.wish] for one in found.cancelled)),
        ),
        found=found,
    )


def mended_version(
    world: Material, planned: Mapping[Pair, Planned], *, fixed: Mapping[int, Standing], seed: int
) -> dict[Pair, Planned]:
    """What of a version still fits under the meetings that are fixed, with the gaps filled."""
    placed = [*_fixed(fixed, world), *_fitting(planned, fixed=fixed, world=world)]
    found = repair(world.problem, placed, held=frozenset(fixed), from_slot=world.grid.from_slot, seed=seed)
    wanted = _wanted(found, world)
    for meeting in fixed.values():
        wanted.pop(meeting.pair, None)
    return wanted


def as_standing(planned: Iterable[Planned]) -> list[Standing]:
    """The meetings of a version, as if they stood."""
    return [
        Standing(0, one.request_id, *one.pair, *one.spot, MeetingState.PLANNED.value, one.is_locked, None)
        for one in planned
    ]


def planned_of(placed: Placed, material: Material) -> Planned:
    """One meeting of the algorithm in rows of ours."""
    wish = material.wished[placed.wish]
    return Planned(
        request_id=placed.wish,
        pair=wish.pair,
        spot=Spot(material.grid.slots[placed.slot].pk, placed.table),
        is_locked=placed.wish in material.fixed,
        weight=wish.weight,
    )


def _wanted(found: Repair, material: Material) -> dict[Pair, Planned]:
    return {one.pair: one for one in (planned_of(placed, material) for placed in found.placed)}


def _only(problem: Problem, keys: Iterable[int]) -> Problem:
    wanted = set(keys)
    return dataclasses.replace(problem, wishes=tuple(wish for wish in problem.wishes if wish.key in wanted))


def _fixed(fixed: Mapping[int, Standing], world: Material) -> list[Placed]:
    place = world.grid.place
    return [Placed(key, place[one.slot_id], one.table_id) for key, one in fixed.items()]


def _fitting(
    planned: Mapping[Pair, Planned], *, fixed: Mapping[int, Standing], world: Material
) -> Sequence[Placed]:
    """The placements that do not run into a fixed meeting, a slot that has begun, or a wish that is gone."""
    wish_of = {one.pair: key for key, one in world.wished.items()}
    pairs = {one.pair for one in fixed.values()}
    seats = {(person, one.slot_id) for one in fixed.values() for person in one.pair}
    tables = {(one.table_id, one.slot_id) for one in fixed.values() if one.table_id is not None}
    found = []
    for pair, one in planned.items():
        key, place = wish_of.get(pair), world.grid.place.get(one.spot.slot_id, -1)
        if key is None or pair in pairs or place < world.grid.from_slot:
            continue
        if (one.spot.table_id, one.spot.slot_id) in tables:
            continue
        if any((person, one.spot.slot_id) in seats for person in pair):
            continue
        if world.wished[key].needs_table == (one.spot.table_id is not None):
            found.append(Placed(key, place, one.spot.table_id))
    return found
