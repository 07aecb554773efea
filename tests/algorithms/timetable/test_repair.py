"""A repair cancels what cannot be, moves little, and never touches what is held, past or locked."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.algorithms.timetable import (
    Effort,
    Person,
    Placed,
    Problem,
    Why,
    Wish,
    repair,
    solve,
    violations,
)
from tests.algorithms.timetable.invented import crowd, tiny

pytestmark = pytest.mark.once


@cache
def planned(people=80, **settings):
    problem = crowd(people, **settings)
    return problem, solve(problem, seed=1, effort=Effort.QUICK).placed


def without(problem, *gone):
    """The world after these people have gone home."""
    return replace(
        problem,
        people=tuple(replace(one, slots=()) if one.key in gone else one for one in problem.people),
    )


def weight_of(problem, placed):
    weights = {wish.key: wish.weight for wish in problem.wishes}
    return sum(weights[one.wish] for one in placed)


def people_of(problem, wishes):
    return {key for wish in problem.wishes if wish.key in wishes for key in (wish.first, wish.second)}


def happening(problem, placed, chance):
    """Something happens: people go home, come late, a table is lost, a wish is withdrawn, others are new."""
    people = tuple(
        replace(one, slots=tuple(slot for slot in one.slots if slot >= chance.choice((0, 0, 0, 0, 1, 2, 9))))
        for one in problem.people
    )
    tables = tuple(keys[chance.choice((0, 0, 1)) :] for keys in problem.tables)
    wishes = [wish for wish in problem.wishes if chance.random() > 0.05]
    new = Wish(10_000, problem.people[0].key, problem.people[-1].key, 4)
    return replace(problem, people=people, tables=tables, wishes=(*wishes, new), locked=())


def check(world, before, done, *, most_moves, held=frozenset(), from_slot=0):
    """The laws of every repair."""
    was, now = ({one.wish: one for one in placed} for placed in (before, done.placed))
    assert len(now) == len(done.placed)
    assert {one.wish for one in done.cancelled} == was.keys() - now.keys()
    assert {one.wish for one in done.added} == now.keys() - was.keys()
    assert {old.wish for old, _ in done.moved} == {
        key for key in was.keys() & now.keys() if was[key] != now[key]
    }
    assert all(new == now[old.wish] == new and old == was[old.wish] for old, new in done.moved)
    assert {one.wish for one in done.unplaced} == {wish.key for wish in world.wishes} - now.keys()
    moved = {old.wish for old, _ in done.moved}
    assert set(done.people_disturbed) == people_of(world, moved)
    wishes = {wish.key for wish in world.wishes}
    for one in before:
        if one.wish in wishes and (one.wish in held or one.slot < from_slot):
            assert now[one.wish] == one
    assert all(one.slot >= from_slot for one in done.added)
    could_stay = {one.wish for one in before if not violations(replace(world, locked=()), [one])}
    assert len(moved & could_stay) <= most_moves * (len(done.added) + len(moved - could_stay))
    if not held and not from_slot:
        assert violations(world, done.placed) == []


@given(st.integers(0, 10**9), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_the_laws_of_repair_hold_in_tiny_events(seed, most_moves):
    chance = Random(seed)
    problem = tiny(seed)
    before = solve(problem, seed=1, effort=Effort.QUICK).placed
    world = happening(problem, before, chance)
    check(world, before, repair(world, before, seed=seed, most_moves=most_moves), most_moves=most_moves)
    held = frozenset(one.wish for one in before if chance.random() < 0.3)
    done = repair(world, before, most_moves=most_moves, held=held, from_slot=1)
    check(world, before, done, most_moves=most_moves, held=held, from_slot=1)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("tables", [None, 22])
def test_the_laws_of_repair_hold_in_a_crowd(seed, tables):
    problem, before = planned(tables=tables)
    chance = Random(seed)
    world = happening(problem, before, chance)
    for most_moves in (0, 2, 3):
        check(world, before, repair(world, before, seed=seed, most_moves=most_moves), most_moves=most_moves)
    held = frozenset(one.wish for one in before if chance.random() < 0.1)
    done = repair(world, before, held=held, from_slot=3)
    check(world, before, done, most_moves=2, held=held, from_slot=3)


def test_nothing_happened_nothing_changes():
    problem, before = planned()
    done = repair(problem, before, most_moves=0)
    assert (done.cancelled, done.moved, set(done.placed)) == ((), (), {*before, *done.added})


def test_no_shows_are_made_good_by_few_moves():
    problem, before = planned(people=200, slots=12, per=8)
    world = without(problem, *range(0, 200, 20))
    filled, moved = (repair(world, before, most_moves=most) for most in (0, 2))
    assert filled.moved == ()
    assert weight_of(world, moved.placed) > weight_of(world, filled.placed)
    assert len(moved.moved) <= len(moved.added)
    assert len(moved.people_disturbed) <= 0.1 * 200
    assert {one.wish for one in moved.cancelled} == {
        one.wish for one in before if people_of(problem, {one.wish}) & set(range(0, 200, 20))
    }


def test_a_lost_table_moves_its_meeting_to_another_one_in_the_same_slot():
    problem, before = planned(tables=60)
    lost = before[0].table
    world = replace(problem, tables=tuple(tuple(set(keys) - {lost}) for keys in problem.tables))
    done = repair(world, before, most_moves=0)
    assert done.cancelled == ()
    assert {old for old, _ in done.moved} == {one for one in before if one.table == lost}
    assert all(old.slot == new.slot for old, new in done.moved)


def test_a_meeting_whose_slot_is_full_without_the_lost_table_goes_to_another_slot():
    people = (Person(1, (0, 1)), Person(2, (0, 1)), Person(3, (0,)), Person(4, (0,)))
    world = Problem(2, ((2,), (2,)), people, (Wish(1, 1, 2, 5), Wish(2, 3, 4, 1)))
    done = repair(world, [Placed(1, 0, 1), Placed(2, 0, 2)])
    assert (done.cancelled, done.added) == ((), ())
    assert done.moved == ((Placed(1, 0, 1), Placed(1, 1, 2)),)


def test_a_wish_made_at_the_bar_is_placed_by_two_moves_and_no_more():
    people = (Person(1, (0, 1)), Person(2, (1, 2)), Person(3, (1, 2, 3)), Person(4, (2, 3)))
    wishes = (Wish(1, 2, 3, 1), Wish(2, 3, 4, 1), Wish(3, 1, 5, 1), Wish(9, 1, 2, 1))
    world = Problem(4, ((1, 2),) * 4, (*people, Person(5, (0,))), wishes)
    before = [Placed(1, 1, 1), Placed(2, 2, 1), Placed(3, 0, 1)]
    assert repair(world, before, most_moves=1).added == ()
    refused = {one.wish: one.why for one in repair(world, before, most_moves=1).unplaced}
    assert refused == {9: Why.OUTWEIGHED}
    done = repair(world, before, only=frozenset({9}))
    assert (done.added, done.cancelled) == ((Placed(9, 1, 1),), ())
    assert {(old.wish, new.slot) for old, new in done.moved} == {(1, 2), (2, 3)}
    assert done.people_disturbed == (2, 3, 4)


def test_only_what_is_asked_for_is_put_in():
    problem, before = planned()
    fewer = [one for one in before if one.wish % 4]
    assert repair(problem, fewer, only=frozenset()).added == ()
    some = frozenset(one.wish for one in before if one.wish % 8 == 0)
    assert {one.wish for one in repair(problem, fewer, only=some).added} <= some
    left = {one.why for one in repair(problem, fewer, only=frozenset()).unplaced}
    assert Why.NOT_MOVED in left


def test_a_table_is_freed_for_those_who_can_meet_at_no_other_time():
    people = (Person(1, (0, 1)), Person(2, (0, 1)), Person(3, (0,)), Person(4, (0,)))
    world = Problem(2, ((7,), (7,)), people, (Wish(1, 1, 2, 1), Wish(2, 3, 4, 1)))
    done = repair(world, [Placed(1, 0, 7)])
    assert done.moved == ((Placed(1, 0, 7), Placed(1, 1, 7)),)
    assert done.added == (Placed(2, 0, 7),)


def test_whoever_comes_late_has_their_meetings_later():
    people = (Person(1, (1, 2)), Person(2, (0, 1, 2)))
    world = Problem(3, ((1,), (1,), (1,)), people, (Wish(1, 1, 2, 1),))
    done = repair(world, [Placed(1, 0, 1)])
    assert done.moved == ((Placed(1, 0, 1), Placed(1, 1, 1)),)


def test_a_new_lock_wins_over_what_was_there():
    people = (Person(1, (0, 1)), Person(2, (0, 1)), Person(3, (0, 1)))
    world = Problem(
        2,
        ((1,), (1,)),
        people,
        (Wish(1, 1, 2, 1), Wish(2, 1, 3, 1), Wish(3, 2, 3, 1, needs_table=False)),
        locked=(Placed(2, 0, 1), Placed(3, 1, None)),
    )
    done = repair(world, [Placed(1, 0, 1)])
    assert set(done.placed) == {Placed(2, 0, 1), Placed(3, 1, None)}
    assert done.cancelled == (Placed(1, 0, 1),)
    assert [one.why for one in done.unplaced] == [Why.BLOCKED_BY_LOCK]


def test_a_slot_lock_keeps_its_table_if_that_is_still_there():
    people = (Person(1, (0,)), Person(2, (0,)))
    world = Problem(1, ((1, 2, 3),), people, (Wish(1, 1, 2, 1),), locked=(Placed(1, 0, None),))
    assert repair(world, [Placed(1, 0, 2)]).placed == (Placed(1, 0, 2),)
    assert repair(world, [Placed(1, 0, 9)]).moved == ((Placed(1, 0, 9), Placed(1, 0, 1)),)


def test_the_same_seed_repairs_the_same_way():
    problem, before = planned()
    world = without(problem, 3, 14, 15)
    assert repair(world, before, seed=5) == repair(world, before, seed=5)


def test_meetings_of_slots_that_never_were_are_cancelled():
    people = (Person(1, (0,)), Person(2, (0,)))
    world = Problem(1, ((1,),), people, (Wish(1, 1, 2, 1),))
    done = repair(world, [Placed(1, 5, 1), Placed(77, 0, 1)])
    assert done.cancelled == (Placed(77, 0, 1),)
    assert done.moved == ((Placed(1, 5, 1), Placed(1, 0, 1)),)
