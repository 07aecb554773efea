"""Every timetable keeps the rules, is as good as its bound allows, and is the same wherever it is made."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.algorithms.timetable import (
    Effort,
    Person,
    Placed,
    Problem,
    Stage,
    Wish,
    solve,
    upper_bound,
    violations,
)
from tests.algorithms.timetable.invented import crowd, exhaustive, tiny, worths

pytestmark = pytest.mark.once

SEEDS = st.integers(0, 10**9)
GOLDEN = "4a5b048bc3859db5"


def fingerprint(timetable):
    """What two machines must agree on."""
    text = repr([(one.wish, one.slot, one.table) for one in timetable.placed])
    return hashlib.sha256(f"{text} {timetable.bound} {timetable.iterations}".encode()).hexdigest()[:16]


def golden():
    return fingerprint(solve(crowd(120, slots=7, tables=40), seed=7, effort=Effort.QUICK))


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_no_rule_is_ever_broken(seed):
    problem = tiny(seed)
    timetable = solve(problem, seed=seed, effort=Effort.QUICK)
    assert violations(problem, timetable.placed) == []
    assert timetable.weight == worths(problem)[0](timetable.placed)
    assert {one.wish for one in timetable.placed} | {one.wish for one in timetable.unplaced} == {
        wish.key for wish in problem.wishes
    }
    assert len(timetable.placed) + len(timetable.unplaced) == len(problem.wishes)


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_the_bound_is_a_bound_and_the_floor_off_is_tried_to_the_last(seed):
    problem = tiny(seed, floor=0)
    weight, _ = worths(problem)
    best = exhaustive(problem, weight)
    timetable = solve(problem, seed=1, effort=Effort.QUICK)
    assert timetable.weight <= best <= timetable.bound == upper_bound(problem)
    assert timetable.share == (timetable.weight / timetable.bound if timetable.bound else 1.0)


@pytest.mark.parametrize("seed", range(60))
def test_the_floor_holds_as_far_as_it_can(seed):
    """First that as many as possible meet anybody, then a second time, then a third, then weight: by trying everything."""
    problem = tiny(seed, special=False, floor=3)
    weight, served = worths(problem)
    timetable = solve(problem, seed=1, effort=Effort.QUICK)
    best = exhaustive(problem, lambda placed: (served(placed), weight(placed)))
    assert (served(timetable.placed), timetable.weight) == best


def test_a_crowd_is_served_to_the_last_and_near_the_bound():
    problem = crowd(150, slots=12)
    timetable = solve(problem, seed=1, effort=Effort.QUICK)
    assert violations(problem, timetable.placed) == []
    assert timetable.statistics.nobody == timetable.statistics.fewer_than_three == 0
    assert timetable.share > 0.99
    assert solve(replace(problem, floor=0), seed=1, effort=Effort.QUICK).share > 0.998


def test_few_tables_are_all_used():
    problem = crowd(80, tables=15)
    timetable = solve(problem, seed=1, effort=Effort.QUICK)
    assert violations(problem, timetable.placed) == []
    assert len(timetable.placed) == 15 * problem.slots
    assert timetable.statistics.nobody == 0


def test_more_effort_is_no_worse():
    problem = crowd(60, slots=6, per=8)
    shares = [solve(problem, seed=1, effort=effort).share for effort in (Effort.QUICK, Effort.NORMAL)]
    assert shares == sorted(shares)


def test_locked_meetings_stay_exactly_where_they_are():
    problem = crowd(60)
    free = solve(problem, seed=1, effort=Effort.QUICK)
    locks = (*free.placed[:20], *(replace(one, table=None) for one in free.placed[20:40]))
    locked = replace(problem, locked=locks)
    timetable = solve(locked, seed=2, effort=Effort.QUICK)
    assert violations(locked, timetable.placed) == []
    assert set(free.placed[:20]) <= set(timetable.placed)
    assert {(one.wish, one.slot) for one in locks} <= {(one.wish, one.slot) for one in timetable.placed}
    assert timetable.weight <= timetable.bound <= free.bound


def test_people_have_no_more_meetings_than_they_want():
    problem = crowd(60)
    limited = replace(problem, people=tuple(replace(one, most=1 + one.key % 3) for one in problem.people))
    timetable = solve(limited, seed=1, effort=Effort.QUICK)
    assert violations(limited, timetable.placed) == []
    assert timetable.share > 0.97


def test_stands_and_reach_are_kept_in_a_crowd():
    problem = crowd(60, tables=40)
    people = [replace(one, stand=one.key) if one.key < 6 else one for one in problem.people]
    people[10] = replace(people[10], tables=frozenset({20, 21, 3}))
    people[11] = replace(people[11], tables=frozenset({21}))
    hall = replace(problem, people=tuple(people))
    timetable = solve(hall, seed=1, effort=Effort.QUICK)
    assert violations(hall, timetable.placed) == []
    assert timetable.share > 0.97


def test_nothing_to_plan_is_a_timetable_too():
    empty = solve(Problem(slots=0, tables=(), people=(), wishes=()), seed=1)
    assert (empty.placed, empty.unplaced, empty.weight, empty.bound, empty.share) == ((), (), 0, 0.0, 1.0)
    alone = solve(Problem(2, ((1,), (1,)), (Person(1, (0,)), Person(2, (1,))), (Wish(1, 1, 2, 1),)), seed=1)
    assert (alone.placed, alone.bound, alone.share) == ((), 0.0, 1.0)


def test_the_same_seed_gives_the_same_timetable():
    problem = crowd(60)
    one, other = (solve(problem, seed=3, effort=Effort.QUICK) for _ in range(2))
    assert one == other
    mixed = replace(problem, people=problem.people[::-1], wishes=problem.wishes[::-1])
    assert solve(mixed, seed=3, effort=Effort.QUICK) == one, "the order in which they come does not matter"


def test_the_same_seed_gives_the_same_timetable_on_every_machine():
    assert golden() == GOLDEN


@pytest.mark.parametrize("hashes", ["1", "4711"])
def test_the_order_of_hashes_does_not_matter(hashes):
    code = "from tests.algorithms.timetable.test_plan import golden; print(golden())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": hashes, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == GOLDEN


def test_progress_goes_from_nothing_to_all():
    told = []
    timetable = solve(crowd(60, slots=5, per=8), seed=1, effort=Effort.QUICK, on_progress=told.append)
    assert [one.done for one in told] == sorted(one.done for one in told)
    assert (told[0].stage, told[0].done, told[0].weight, told[0].share) == (Stage.BOUND, 0.0, 0, 0.0)
    assert (told[-1].stage, told[-1].done, told[-1].weight) == (Stage.DONE, 1.0, timetable.weight)
    assert {one.stage for one in told} == set(Stage)


def test_an_online_meeting_needs_no_table():
    problem = Problem(1, ((),), (Person(1, (0,)), Person(2, (0,))), (Wish(5, 1, 2, 1, needs_table=False),))
    assert solve(problem, seed=1).placed == (Placed(5, 0, None),)
