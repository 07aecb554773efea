"""Why a wish has no meeting: true, and of use to whoever plans the next event."""

from __future__ import annotations

import pytest

from landbridge.algorithms.timetable import Person, Placed, Problem, Unplaced, Why, Wish, solve

pytestmark = pytest.mark.once


def event(people, wishes, *, tables=((1, 2, 3), (1, 2, 3)), locked=()):
    return Problem(
        len(tables), tables, tuple(Person(key, slots) for key, slots in people.items()), wishes, locked=locked
    )


def reasons(problem):
    return {one.wish: one for one in solve(problem, seed=1).unplaced}


def test_they_are_never_there_together():
    problem = event({1: (0,), 2: (1,), 3: ()}, (Wish(1, 1, 2, 1), Wish(2, 1, 3, 1)))
    found = reasons(problem)
    assert found[1] == Unplaced(1, Why.NO_COMMON_SLOT, (1, 2), (0, 0), (1, 1))
    assert found[2] == Unplaced(2, Why.NO_COMMON_SLOT, (3,), (0,), (0,)), "it is the third who is never there"


def test_they_reach_no_common_table():
    problem = Problem(
        1,
        ((1, 2),),
        (Person(1, (0,), tables=frozenset({1})), Person(2, (0,), tables=frozenset({2}))),
        (Wish(1, 1, 2, 1),),
    )
    assert reasons(problem)[1].why == Why.NO_COMMON_TABLE


def test_a_lock_stands_in_the_way():
    problem = event(
        {1: (0,), 2: (0,), 3: (0,)}, (Wish(1, 1, 2, 1), Wish(2, 1, 3, 9)), locked=(Placed(1, 0, 1),)
    )
    assert reasons(problem)[2] == Unplaced(2, Why.BLOCKED_BY_LOCK, (1, 3), (1, 0), (1, 1))


def test_somebody_is_full_with_the_number_of_their_meetings():
    problem = event(
        {1: (0, 1), 2: (0, 1), 3: (0, 1), 4: (0, 1)},
        (Wish(1, 1, 2, 3), Wish(2, 1, 3, 3), Wish(3, 1, 4, 1), Wish(4, 4, 2, 1)),
    )
    assert reasons(problem)[3] == Unplaced(3, Why.PERSON_FULL, (1,), (2,), (2,))


def test_all_tables_are_taken():
    problem = event(
        {1: (0,), 2: (0,), 3: (0,), 4: (0,)}, (Wish(1, 1, 2, 3), Wish(2, 3, 4, 1)), tables=((1,),)
    )
    assert reasons(problem)[2] == Unplaced(2, Why.TABLES_FULL)


def test_in_every_common_slot_one_has_something_weightier():
    problem = event(
        {1: (0, 1), 2: (1, 2), 3: (1,), 9: (5, 6)[:0]},
        (Wish(1, 2, 3, 5), Wish(2, 1, 2, 1)),
        tables=((1, 2),) * 3,
    )
    assert reasons(problem)[2] == Unplaced(2, Why.OUTWEIGHED, (1, 2), (0, 1), (2, 2))


def test_others_together_weigh_more_though_none_does():
    people = {1: (0, 1), 2: (1, 2), 3: (1,), 4: (1,)}
    wishes = (Wish(1, 1, 3, 2), Wish(2, 2, 4, 2), Wish(3, 1, 2, 3))
    assert reasons(event(people, wishes, tables=((1, 2),) * 3))[3].why == Why.OUTWEIGHED


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_is_a_sentence(why):
    assert why.label[0].isupper()
    assert why.label.endswith(".")
