"""Ranking by marks of people some of whom are stricter: the formula, ties, lots."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.algorithms.ranking import Mark, Standing, by_lot, lot, ranked, standings


def of(marks: list[Mark], item: int, **more: float) -> Standing:
    items = sorted({mark.item for mark in marks})
    return next(one for one in standings(marks, items=items, **more) if one.item == item)


def test_nothing_marked_has_no_means():
    assert standings([], items=[1, 2]) == [Standing(1), Standing(2)]


def test_equal_marks_stay_what_they_are():
    found = of([Mark(1, 1, 3.0), Mark(2, 1, 3.0), Mark(1, 2, 3.0)], 1)
    assert (found.raw, found.normalised, found.spread, found.marks) == (3.0, 3.0, 0.0, 2)


def test_the_formula_by_hand():
    """Two jurors, two things each: M = 3, S^2 = 10/3; m' = (2*4 + 9)/5 = 3.4 and (2*2 + 9)/5 = 2.6; s'^2 = (2 + 10)/4 = 3."""
    marks = [Mark(1, 1, 5.0), Mark(1, 2, 3.0), Mark(2, 1, 3.0), Mark(2, 2, 1.0)]
    variance = 8 / 3
    within = (1 * 2 + 3 * variance) / 4
    scale = (variance / within) ** 0.5
    expected = 3 + scale * ((5 - 3.4) + (3 - 2.6)) / 2
    assert of(marks, 1).normalised == pytest.approx(expected)
    assert of(marks, 1).spread == pytest.approx(2**0.5)


def test_who_was_marked_by_the_strict_one_alone_rises():
    mild = [Mark(1, item, value) for item, value in ((1, 5.0), (2, 4.5), (3, 4.0), (4, 4.5))]
    strict = [Mark(2, item, value) for item, value in ((5, 2.5), (2, 1.0), (3, 0.5), (4, 1.0))]
    found = {one.item: one for one in standings(mild + strict, items=[1, 2, 3, 4, 5])}
    assert found[5].raw < found[1].raw
    assert found[5].normalised > found[2].normalised
    assert found[5].normalised - found[5].raw > 1


def test_one_mark_says_little_about_a_habit():
    marks = [Mark(1, 1, 5.0), *(Mark(2, item, 2.0 + item / 10) for item in range(2, 12))]
    weak, strong = of(marks, 1, strength=3.0), of(marks, 1, strength=0.01)
    assert weak.normalised > strong.normalised


def test_ranked_by_the_published_rule_down_to_the_lot():
    a, b = Standing(1, 4.0, 3.0, 0.0, 2), Standing(2, 3.0, 3.001, 0.0, 2)
    assert [one.item for one in ranked([b, a], seed="s")] == [1, 2]  # equal as shown: the raw mean decides
    c, d = Standing(3, 3.0, 3.0, 0.0, 1), Standing(4, 3.0, 3.0, 0.0, 2)
    assert [one.item for one in ranked([c, d], seed="s")] == [4, 3]
    assert [one.item for one in ranked([c, d], seed="s", also={3: 5.0, 4: 1.0}.get)] == [3, 4]
    e, f = Standing(5, 3.0, 3.0, 0.0, 2), Standing(6, 3.0, 3.0, 0.0, 2)
    first = min((5, 6), key=lambda item: lot("s", "tie", item))
    assert ranked([e, f], seed="s")[0].item == ranked([f, e], seed="s")[0].item == first
    assert [one.item for one in ranked([Standing(7), a], seed="s")] == [1, 7]


@given(st.lists(st.integers(0, 10**6), unique=True), st.text(max_size=20))
def test_a_lot_is_an_order_of_all_and_does_not_depend_on_theirs(items, seed):
    drawn = by_lot(items, seed=seed, purpose="order")
    assert sorted(drawn) == sorted(items)
    assert by_lot(list(reversed(items)), seed=seed, purpose="order") == drawn


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 6), st.integers(0, 10)), min_size=1, max_size=30))
def test_means_lie_within_reason_whatever_is_marked(rows):
    marks = [
        Mark(judge, item, half / 2) for judge, item, half in {(j, i): (j, i, h) for j, i, h in rows}.values()
    ]
    for one in standings(marks, items=list(range(1, 7))):
        if one.marks:
            assert 0 <= one.raw <= 5
            assert -10 < one.normalised < 15
        else:
            assert one.normalised is None
