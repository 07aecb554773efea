"""The boards keep the rules, and every step on them can be taken back."""

from __future__ import annotations

from random import Random

import pytest

from landbridge.algorithms.timetable import Person, Placed, Problem, Wish, repair, statistics
from landbridge.algorithms.timetable.board import Board
from landbridge.algorithms.timetable.bound import priced
from landbridge.algorithms.timetable.event import NOBODY, Event
from landbridge.algorithms.timetable.gaps import Gaps
from landbridge.algorithms.timetable.search import Search
from landbridge.algorithms.timetable.seated import SeatedBoard

pytestmark = pytest.mark.once

# Two meet online, two others sit at the only table; a third pair could meet at that time alone, and at a table.
FULL = Problem(
    2,
    ((1,), ()),
    (Person(1, (0, 1)), Person(2, (0,)), Person(3, (0, 1)), Person(4, (0,)), Person(5, (0,))),
    (Wish(1, 1, 3, 1, needs_table=False), Wish(2, 4, 5, 9), Wish(3, 1, 2, 5)),
)


def test_tables_that_all_are_taken_by_those_who_reach_no_other_leave_no_way():
    people = [Person(key, (0,), tables=frozenset({1, 2})) for key in range(6)]
    problem = Problem(1, ((1, 2, 3),), tuple(people), (Wish(1, 0, 1, 1), Wish(2, 2, 3, 1), Wish(3, 4, 5, 1)))
    board = Board(Event(problem))
    board.put(0, 0)
    board.put(1, 0)
    assert board.ways(2) == 0
    board.take(0)
    assert board.ways(2) == 1


def test_a_walk_that_finds_no_table_changes_nothing():
    event = Event(FULL)
    board = Board(event)
    board.put(0, 0)
    board.put(1, 0)
    search = Search(board, priced(event, floor=False), chance=Random(1))
    search.walk(2, 10)
    assert board.slot == [0, 0, NOBODY]


def test_a_push_that_finds_no_table_changes_nothing():
    before = [Placed(1, 0, None), Placed(2, 0, 1)]
    done = repair(FULL, before)
    assert (done.moved, done.cancelled, done.added) == ((), (), ())


def test_steps_on_a_board_with_tables_are_taken_back():
    before = {1: Placed(1, 1, None), 2: Placed(2, 0, 1)}
    board = SeatedBoard(Event(FULL), before=before)
    board.lay()
    board.take(0)
    board.take(1)
    board.put(2, 0)
    assert board.placed() == (Placed(3, 0, 1),)
    board.back_to(0)
    assert board.placed() == (Placed(2, 0, 1), Placed(1, 1, None))


def test_a_hole_is_closed_by_moving_a_meeting():
    people = (Person(1, (0, 1, 2)), Person(2, (0,)), Person(3, (1, 2)))
    problem = Problem(3, ((1,),) * 3, people, (Wish(1, 1, 2, 1), Wish(2, 1, 3, 1)))
    board = Board(Event(problem))
    board.put(0, 0)
    board.put(1, 2)
    assert statistics(problem, [Placed(1, 0, 1), Placed(2, 2, 1)]).idle_slots == 1
    Gaps(board, chance=Random(1)).run(most=50)
    assert board.slot == [0, 1]


def test_waiting_over_a_break_is_not_waiting():
    people = (Person(1, (0, 1, 2)), Person(2, (0,)), Person(3, (2,)))
    wishes = (Wish(1, 1, 2, 1), Wish(2, 1, 3, 1, is_mutual=True))
    placed = [Placed(1, 0, 1), Placed(2, 2, 2)]
    whole = statistics(Problem(3, ((1, 2),) * 3, people, wishes), placed)
    parts = statistics(Problem(3, ((1, 2),) * 3, people, wishes, parts=(0, 2)), placed)
    assert (whole.idle_slots, parts.idle_slots) == (1, 0)
    assert (whole.meetings, whole.mutual, whole.changes_of_table) == (2, 1, 1)
    assert (whole.nobody, whole.fewer_than_three, whole.jain) == (0, 0, 1.0)


def test_whoever_could_meet_and_does_not_is_counted():
    people = (Person(1, (0, 1)), Person(2, (0,)), Person(3, (1,)), Person(4, ()))
    wishes = (Wish(1, 1, 2, 1), Wish(2, 1, 3, 1), Wish(3, 1, 4, 1))
    problem = Problem(2, ((1,),) * 2, people, wishes)
    nothing = statistics(problem, [])
    assert (nothing.nobody, nothing.fewer_than_three, nothing.jain) == (3, 3, 1.0)
    one = statistics(problem, [Placed(1, 0, 1)])
    assert (one.nobody, one.fewer_than_three) == (1, 2)
    assert one.jain == round((0.5 + 1) ** 2 / (3 * (0.25 + 1)), 6)
