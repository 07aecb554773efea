"""Invented events, the ways of booking them that ours is compared with, and the judge of all of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import bookings, repairs, verdicts
from benchmarks.bookings import WAYS
from benchmarks.gatherings import Gathering, gathering
from benchmarks.verdicts import Rules, verdict
from landbridge.algorithms.timetable import Person, Placed, Problem, Wish, violations

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def event():
    return gathering(60, slots=10, tables=20, seed=3)


def test_the_same_seed_makes_the_same_event(event):
    assert gathering(60, slots=10, tables=20, seed=3) == event
    assert gathering(60, slots=10, tables=20, seed=4) != event


def test_an_event_is_as_real_ones_are(event):
    people, wishes = event.problem.people, event.problem.wishes
    assert {len(person.slots) for person in people} == {7}  # 30 % of ten slots are taken up
    asked = sorted(
        (sum(person.key in (w.first, w.second) for w in wishes) for person in people), reverse=True
    )
    assert sum(asked[:6]) > 2 * sum(asked[-6:])  # a few are asked by many
    assert 0.1 < sum(wish.is_mutual for wish in wishes) / len(wishes) < 0.5
    assert {wish.weight for wish in wishes if not wish.is_mutual} == {1, 2, 3}
    assert {wish.weight for wish in wishes if wish.is_mutual} <= set(range(4, 9))
    met = {frozenset((wish.first, wish.second)) for wish in wishes}
    assert len(met) == len(wishes)
    assert not met & {frozenset(pair) for pair in event.declined}


@pytest.mark.parametrize("name", WAYS)
def test_a_way_of_booking_breaks_no_rule_and_stays_below_the_bound(event, name):
    found = verdict(event.problem, WAYS[name](event))
    assert found.broken == ()
    assert 0 < found.weight <= verdicts.bound(event.problem)


def test_who_has_the_whole_list_does_better_than_who_books_as_it_comes(event):
    weights = {name: verdict(event.problem, way(event)).weight for name, way in WAYS.items()}
    first, keen, batch = (
        weights[name] for name in ("first come first served", "keen pairs first", "organiser's batch")
    )
    assert first < keen < batch


# ── Any problem at all ───────────────────────────────────────────────────────────────────────────────────────────────


@st.composite
def problems(draw):
    slots = draw(st.integers(1, 4))
    tables = tuple(tuple(sorted(draw(st.sets(st.integers(1, 3))))) for _ in range(slots))
    people = tuple(
        Person(
            key=key,
            slots=tuple(sorted(draw(st.sets(st.integers(0, slots - 1))))),
            most=draw(st.none() | st.integers(0, 3)),
            tables=draw(st.none() | st.frozensets(st.integers(1, 3))),
        )
        for key in range(draw(st.integers(2, 5)))
    )
    people = tuple(
        replace(one, stand=draw(st.none() | st.integers(1, 3))) if one.tables is None else one
        for one in people
    )
    keys = [one.key for one in people]
    pairs = draw(st.sets(st.sampled_from([(one, two) for one in keys for two in keys if one < two])))
    wishes = tuple(
        Wish(
            key=number,
            first=one,
            second=two,
            weight=draw(st.integers(1, 9)),
            needs_table=draw(st.booleans()),
            slots=draw(st.none() | st.just((0,))),
        )
        for number, (one, two) in enumerate(sorted(pairs), start=10)
    )
    return Problem(slots=slots, tables=tables, people=people, wishes=wishes)


@settings(max_examples=150, deadline=None)
@given(problems())
def test_no_way_of_booking_ever_breaks_a_rule(problem):
    for way in WAYS.values():
        placed = way(Gathering(problem=problem, declined=()))
        assert list(Rules(problem).broken(placed)) == []
        assert violations(problem, placed) == []
        assert verdict(problem, placed).weight <= verdicts.bound(problem) + 1e-6


@settings(max_examples=300, deadline=None)
@given(problems(), st.data())
def test_both_judges_say_the_same_of_any_timetable(problem, data):
    places = st.builds(
        Placed,
        wish=st.sampled_from([wish.key for wish in problem.wishes] or [0]),
        slot=st.integers(0, problem.slots - 1),
        table=st.none() | st.integers(1, 3),
    )
    placed = data.draw(st.lists(places, max_size=4)) if problem.wishes else []
    assert bool(list(Rules(problem).broken(placed))) == bool(violations(problem, placed))


def test_a_locked_meeting_stays_in_every_way(event):
    lock = bookings.first_come(event)[7]
    locked = replace(event, problem=replace(event.problem, locked=(lock,)))
    for way in WAYS.values():
        placed = way(locked)
        assert lock in placed
        assert list(Rules(locked.problem).broken(placed)) == []


def test_a_request_that_waits_holds_its_slot():
    people = tuple(Person(key=key, slots=(0,)) for key in range(3))
    problem = Problem(slots=1, tables=((1, 2),), people=people, wishes=(Wish(0, 0, 1, weight=1),))
    waiting = Gathering(problem=problem, declined=((0, 2),))
    met = [bool(bookings.held_while_pending(waiting, seed=seed)) for seed in range(40)]
    assert set(met) == {True, False}  # it depends on who asks first


# ── What people get from it ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_figures_of_a_timetable():
    people = (
        Person(key=1, slots=(0, 1, 2, 3, 4)),
        *(Person(key=key, slots=(0, 1, 2, 3, 4)) for key in (2, 3, 4)),
        Person(key=5, slots=(0,)),
    )
    wishes = (
        Wish(1, 1, 2, weight=5, is_mutual=True),
        Wish(2, 1, 3, weight=2),
        Wish(3, 1, 4, weight=1),
        Wish(4, 1, 5, weight=1),
    )
    problem = Problem(slots=5, tables=((7, 8),) * 5, people=people, wishes=wishes, parts=(0, 3))
    found = verdict(problem, [Placed(1, 0, 7), Placed(2, 2, 8), Placed(3, 4, 8)])
    assert (found.weight, found.meetings, found.mutual) == (8, 3, 1)
    assert (found.nobody, found.fewer) == (
        1,
        1,
    )  # who is there in one slot alone; the others have all they could
    assert found.idle == 1  # between the first two; after that comes the break
    assert found.changes == 1
    assert found.broken == ()


def test_whoever_does_not_come_loses_their_meetings_alone(event):
    placed = bookings.batch(event)
    now, kept = repairs.without_some(event.problem, placed, seed=1)
    absent = {person.key for person in now.people if not person.slots}
    assert len(absent) == 3
    assert list(Rules(now).broken(kept)) == []
    filled = repairs.changed(
        now, placed, kept, lambda now, kept: bookings.in_turn(now, bookings.by_weight(now), kept)
    )
    assert (filled.moved, filled.reseated, filled.disturbed, filled.broken) == (0, 0, 0, 0)
    assert filled.won >= 0
