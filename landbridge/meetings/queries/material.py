"""What a timetable is made from: the wishes of an event with their weights, and the problem the algorithm solves."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from landbridge.algorithms.timetable import Person, Placed, Problem, Wish
from landbridge.events.models import Event
from landbridge.events.states import Form
from landbridge.meetings.models import Block, Meeting, MeetingRules, Request
from landbridge.meetings.queries.asking import is_same_organisation
from landbridge.meetings.queries.people_there import Grid, There, people_there
from landbridge.meetings.rules.weighing import Weights, stronger, weight_of_wish
from landbridge.meetings.states import Asked, MeetingState

Pair = tuple[int, int]


class Standing(NamedTuple):
    """A meeting that is not cancelled, as its row has it."""

    pk: int
    request_id: int
    first_id: int
    second_id: int
    slot_id: int
    table_id: int | None
    state: str
    is_locked: bool
    run_id: int | None

    @property
    def pair(self) -> Pair:
        return pair_of(self.first_id, self.second_id)


@dataclass(frozen=True, slots=True)
class Wished:
    """Two people of whom one asked and the other said yes."""

    request_id: int
    pair: Pair
    weight: int
    is_mutual: bool
    needs_table: bool


@dataclass(frozen=True, slots=True)
class Material:
    """A problem with what its numbers stand for."""

    problem: Problem
    grid: Grid
    people: dict[int, There]
    wished: dict[int, Wished]
    standing: dict[int, Standing]
    fixed: frozenset[int]
    lapsed: tuple[Standing, ...] = ()
    inputs: dict[str, Any] = field(default_factory=dict)

    @property
    def input_hash(self) -> str:
        """What this was computed from, as one SHA-256."""
        return _hash(self.inputs)

    def placed(self) -> list[Placed]:
        """The meetings that stand and still have a wish, as the algorithm reads them; `fixed` are never touched."""
        place = self.grid.place
        return [
            Placed(key, place[meeting.slot_id], meeting.table_id) for key, meeting in self.standing.items()
        ]


def pair_of(one: int, other: int) -> Pair:
    """Two people in their order."""
    return (one, other) if one < other else (other, one)


def weights_of(rules: MeetingRules) -> Weights:
    """The weights of an event as the rules read them."""
    return Weights(
        must=rules.weight_must,
        high=rules.weight_high,
        medium=rules.weight_medium,
        low=rules.weight_low,
        mutual=rules.weight_mutual,
        cross_border=rules.weight_cross_border,
    )


def rules_of(event: Event) -> MeetingRules | None:
    """How meetings go at this event; None while its organiser has not said."""
    return MeetingRules.objects.filter(event=event).first()


def wishes(
    event: Event, *, rules: MeetingRules, people: dict[int, There], only: Pair | None = None
) -> dict[Pair, Wished]:
    """Each pair that would meet, once, with the weight of both directions; blocked pairs and colleagues excluded."""
    asked = Request.objects.filter(event=event, state=Asked.ACCEPTED)
    blocks = Block.objects.filter(event=event)
    if only is not None:
        asked, blocks = asked.filter(sender__in=only, receiver__in=only), blocks.filter(first=only[0])
    blocked = set(blocks.values_list("first_id", "second_id"))
    wants: dict[Pair, dict[int, str]] = {}
    request_of: dict[Pair, int] = {}
    rows = asked.order_by("pk").values_list("pk", "sender_id", "receiver_id", "priority", "answer_priority")
    for pk, sender, receiver, priority, answer in rows:
        if sender not in people or receiver not in people:
            continue
        pair = (sender, receiver) if sender < receiver else (receiver, sender)
        if pair in blocked:
            continue
        if pair not in wants:
            if is_same_organisation(people[sender], people[receiver]):
                continue
            wants[pair], request_of[pair] = {sender: priority, receiver: answer}, pk
        else:
            known = wants[pair]
            known[sender] = stronger(known[sender], priority)
            known[receiver] = stronger(known[receiver], answer)
    weights, online = weights_of(rules), event.form == Form.ONLINE
    found: dict[Pair, Wished] = {}
    for pair, known in wants.items():
        one, other = people[pair[0]], people[pair[1]]
        mine, theirs = known[one.key], known[other.key]
        found[pair] = Wished(
            request_id=request_of[pair],
            pair=pair,
            weight=weight_of_wish(weights, one=mine, other=theirs, countries=(one.country, other.country)),
            is_mutual=bool(mine and theirs),
            needs_table=not (online or one.is_online or other.is_online),
        )
    return found


STANDING = (
    "pk", "request_id", "first_id", "second_id", "slot_id", "table_id", "state", "is_locked", "run_id",
)  # fmt: skip


def standing_of(event: Event) -> list[Standing]:
    """The meetings of an event that are not cancelled."""
    rows = Meeting.objects.filter(event=event).standing().order_by("pk").values_list(*STANDING)
    return [Standing(*row) for row in rows]


def material_of(
    event: Event, *, rules: MeetingRules, at: datetime, for_repair: bool = False, only: int | None = None
) -> Material:
    """Everything a new plan is made from; or, `for_repair`, the world as it is now under the meetings that stand.

    Meetings that began, ended, are locked or were booked by the people themselves are fixed: a plan has them as its
    locks. With `only`, nothing is wished for but what stands and this one request.
    """
    grid = Grid(event, at=at)
    people = people_there(grid, rules=rules)
    wished = wishes(event, rules=rules, people=people)
    if only is not None:
        standing_pairs = {meeting.pair for meeting in standing_of(event)}
        wished = {
            pair: one for pair, one in wished.items() if one.request_id == only or pair in standing_pairs
        }
    standing, fixed, lapsed = _standing(grid, people=people, wished=wished, keeps_booked=not for_repair)
    wish_of = {one.request_id: one for one in wished.values()}
    locks = [_lock(standing[key], grid=grid) for key in sorted(fixed)]
    problem = _problem(grid, people=people, wished=wish_of, locks=locks, are_locks=not for_repair)
    return Material(
        problem=problem,
        grid=grid,
        people=people,
        wished=wish_of,
        standing=standing,
        fixed=frozenset(fixed),
        lapsed=tuple(lapsed),
        inputs={} if for_repair else _inputs(problem, grid=grid),
    )


def problem_of(event: Event, *, rules: MeetingRules, at: datetime) -> Problem:
    """The problem of a new plan, as the algorithm takes it."""
    return material_of(event, rules=rules, at=at).problem


def _standing(
    grid: Grid, *, people: dict[int, There], wished: dict[Pair, Wished], keeps_booked: bool
) -> tuple[dict[int, Standing], set[int], list[Standing]]:
    """Meetings by the key of their wish, the fixed among them, and those that ahead of us have lost their wish.

    A wish takes the key of the request that its meeting was made from, so that a meeting stays the same meeting.
    """
    standing: dict[int, Standing] = {}
    fixed: set[int] = set()
    lapsed: list[Standing] = []
    for meeting in standing_of(grid.event):
        place = grid.place[meeting.slot_id]
        is_over = place < grid.from_slot or meeting.state != MeetingState.PLANNED
        wish = wished.get(meeting.pair)
        if wish is None and not is_over:
            lapsed.append(meeting)
            continue
        needs_table = meeting.table_id is not None if is_over else wish is None or wish.needs_table
        wished[meeting.pair] = Wished(
            request_id=meeting.request_id,
            pair=meeting.pair,
            weight=wish.weight if wish else 1,
            is_mutual=bool(wish and wish.is_mutual),
            needs_table=needs_table,
        )
        standing[meeting.request_id] = meeting
        keeps = meeting.is_locked or (keeps_booked and meeting.run_id is None)
        if is_over or (keeps and _still_possible(meeting, place, grid=grid, people=people)):
            fixed.add(meeting.request_id)
    return standing, fixed, lapsed


def _still_possible(meeting: Standing, place: int, *, grid: Grid, people: dict[int, There]) -> bool:
    """A lock does not hold somebody who has left; a lost table frees it as well."""
    table = grid.tables.get(meeting.table_id) if meeting.table_id else None
    return (table is None or table.out_since is None) and all(
        place in people[key].slots for key in meeting.pair
    )


def _lock(meeting: Standing, *, grid: Grid) -> Placed:
    return Placed(meeting.request_id, grid.place[meeting.slot_id], meeting.table_id)


def _problem(
    grid: Grid,
    *,
    people: dict[int, There],
    wished: dict[int, Wished],
    locks: list[Placed],
    are_locks: bool,
) -> Problem:
    """What is fixed is made possible: its people are there, its table can be used, it counts within their limits."""
    extra: defaultdict[int, set[int]] = defaultdict(set)
    number: Counter[int] = Counter()
    tables = [list(grid.usable) for _ in grid.slots]
    for lock in locks:
        for key in wished[lock.wish].pair:
            extra[key].add(lock.slot)
            number[key] += 1
        if lock.table is not None and lock.table not in tables[lock.slot]:
            tables[lock.slot].append(lock.table)
    keys = {key for one in wished.values() for key in one.pair}
    return Problem(
        slots=len(grid.slots),
        tables=tuple(map(tuple, tables)),
        people=tuple(
            _person(key, people.get(key), grid=grid, extra=extra.get(key, set()), least=number[key])
            for key in sorted(keys)
        ),
        wishes=tuple(
            Wish(
                key=one.request_id,
                first=one.pair[0],
                second=one.pair[1],
                weight=one.weight,
                is_mutual=one.is_mutual,
                needs_table=one.needs_table,
            )
            for one in sorted(wished.values(), key=lambda one: one.request_id)
        ),
        locked=tuple(locks) if are_locks else (),
        parts=grid.parts,
    )


def _person(key: int, there: There | None, *, grid: Grid, extra: set[int], least: int) -> Person:
    """Somebody as the algorithm reads them; one who no longer takes part is there for what is over alone."""
    if there is None:
        return Person(key=key, slots=tuple(sorted(extra)), most=least)
    stand = grid.stands.get(key)
    reach: frozenset[int] | None = None
    if there.needs_step_free and len(grid.step_free) < len(grid.tables):
        reach = grid.step_free | ({stand} if stand is not None else frozenset())
    return Person(
        key=key,
        slots=tuple(sorted({*there.slots, *extra})),
        most=None if there.most is None else max(there.most, least),
        tables=reach,
        stand=stand,
    )


def _inputs(problem: Problem, *, grid: Grid) -> dict[str, Any]:
    """The parts of a problem, each as a hash, so that one can say later which of them has changed."""
    return {
        "slots": _hash([[slot.pk, slot.starts_at.isoformat(), slot.part] for slot in grid.slots])[:16],
        "past": grid.from_slot,
        "tables": _hash(problem.tables)[:16],
        "wishes": _hash(
            [[one.key, one.first, one.second, one.weight, one.needs_table] for one in problem.wishes]
        )[:16],
        "locks": _hash([[one.wish, one.slot, one.table] for one in problem.locked])[:16],
        "people": {
            str(one.key): _hash([one.slots, one.most, sorted(one.tables or ()), one.stand])[:8]
            for one in problem.people
        },
    }


def _hash(value: Iterable[Any]) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
