"""The bound holds whatever the linear program did, and is the same however that was solved."""

from __future__ import annotations

import highspy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.algorithms.timetable import Person, Problem, Wish
from landbridge.algorithms.timetable import bound as stage
from landbridge.algorithms.timetable.event import Event
from tests.algorithms.timetable.invented import crowd, exhaustive, tiny, worths

pytestmark = pytest.mark.once


def test_the_bound_of_a_triangle_in_one_slot_is_cut_to_whole_meetings():
    everyone = Problem(
        slots=1,
        tables=((1, 2, 3),),
        people=tuple(Person(key, (0,)) for key in (1, 2, 3)),
        wishes=(Wish(1, 1, 2, 1), Wish(2, 2, 3, 1), Wish(3, 1, 3, 1)),
    )
    assert stage.upper_bound(everyone) == 1.0, "the linear program says one and a half"


@given(st.integers(0, 10**9), st.lists(st.integers(0, 12), min_size=15, max_size=15), st.integers(0, 6))
@settings(max_examples=80, deadline=None)
def test_any_prices_whatever_prove_a_bound(seed, prices, table):
    problem = tiny(seed)
    event = Event(problem)
    people = len(event.people)
    wild = stage.Prices(tuple(prices[:people]), tuple(prices[people : 2 * people]), table, (), 0)
    weightless = stage.Prices(wild.person, (0,) * people, table, (), 0)
    possible = [wish for wish, may in enumerate(event.may) if may]
    best = exhaustive(problem, worths(problem)[0])
    assert 2 * best <= stage.limit_of(event, weightless, possible, [])


@pytest.mark.parametrize("floor", [False, True])
@pytest.mark.parametrize("option", [("simplex_strategy", 4), ("solver", "ipm"), ("presolve", "off")])
def test_the_program_has_one_answer_whichever_way_it_is_solved(monkeypatch, floor, option):
    event = Event(crowd(90, slots=6, tables=25))
    usual = stage.priced(event, floor=floor)
    assert usual.chosen
    program = stage.program

    def otherwise(*args):
        solver = program(*args)
        assert solver.setOptionValue(*option) == highspy.HighsStatus.kOk
        return solver

    monkeypatch.setattr(stage, "program", otherwise)
    assert stage.priced(event, floor=floor) == usual


def test_the_limit_with_the_floor_is_no_less_than_what_is_reached():
    problem = crowd(40)
    event = Event(problem)
    assert stage.priced(event, floor=True).limit >= stage.priced(event, floor=False).limit
