"""Two rankings made one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.algorithms.matching.fusion import fused, scaled

pytestmark = pytest.mark.once

RANKINGS = st.dictionaries(st.integers(1, 50), st.floats(0, 100), max_size=20)


def ranking(scores):
    return list(scores), list(scores.values())


def test_words_and_meaning_weigh_the_same():
    numbers, scores = fused(([1, 2, 3], [10.0, 5.0, 0.0]), ([2, 3, 1], [0.9, 0.65, 0.4]))
    assert numbers.tolist() == [2, 1, 3]
    assert scores.tolist() == pytest.approx([0.75, 0.5, 0.25])


def test_a_ranking_that_scatters_more_weighs_less():
    words, meaning = [10.0, 0.1, 0.0, 9.9], [0.5, 0.9, 0.4, 0.6]
    numbers, scores = fused(([1, 2, 3, 4], words), ([1, 2, 3, 4], meaning), words=0.4)
    standard = 0.4 * standardised(words) + 0.6 * standardised(meaning)
    assert numbers.tolist() == [1 + int(place) for place in np.argsort(-standard)], (
        "the order of standard scores"
    )
    assert np.diff(scores) / np.diff(sorted(-standard)) == pytest.approx(
        np.full(3, -np.ptp(scores) / np.ptp(standard))
    )


def standardised(scores):
    return (np.array(scores) - np.mean(scores)) / np.std(scores)


def test_a_ranking_that_says_nothing_leaves_the_order_to_the_other():
    numbers, scores = fused(([1, 2], [3.0, 3.0]), ([1, 2], [0.2, 0.7]))
    assert (numbers.tolist(), scores.tolist()) == ([2, 1], [1.0, 0.5])


def test_without_meaning_the_words_decide_alone():
    numbers, scores = fused(([7, 3, 5], [2.0, 4.0, 2.0]))
    assert numbers.tolist() == [3, 5, 7], "ties by number"
    assert scores.tolist() == [1.0, 0.5, 0.5]


def test_nothing_found_is_nothing():
    for answer in (fused(([], [])), fused(([], []), ([], []))):
        assert answer[0].tolist() == answer[1].tolist() == []


def test_equal_scores_say_nothing():
    assert scaled(np.array([2.0, 2.0])).tolist() == [0.0, 0.0]
    assert scaled(np.array([2.0, 2.0]), lowest=0.0).tolist() == [1.0, 1.0]


@given(RANKINGS, RANKINGS)
def test_every_candidate_once_from_0_to_1_best_first(lexical, dense):
    numbers, scores = fused(ranking(lexical), ranking(dense))
    assert sorted(numbers.tolist()) == sorted(lexical.keys() | dense.keys())
    assert all(0 <= score <= 1 + 1e-9 for score in scores)
    assert sorted(zip(-scores, numbers, strict=True)) == list(zip(-scores, numbers, strict=True))


@given(RANKINGS, RANKINGS, st.randoms())
def test_the_order_of_the_input_does_not_matter(lexical, dense, chance):
    mixed = list(lexical.items())
    chance.shuffle(mixed)
    one, other = fused(ranking(lexical), ranking(dense)), fused(ranking(dict(mixed)), ranking(dense))
    assert one[0].tolist() == other[0].tolist()
    assert one[1].tolist() == other[1].tolist()
