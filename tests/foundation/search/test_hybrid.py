"""Words and meaning as one ranking; words alone where there is nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from landbridge.algorithms.matching.question import EMPTY, read_prose
from landbridge.foundation.search import hybrid
from landbridge.foundation.search.engine import Document, engine_at

pytestmark = pytest.mark.once

OFFERS = [
    Document(1, "Caco-2 assays", "Uptake of proteins by intestinal cells", facets={"region": ("kent",)}),
    Document(2, "Peptide absorption in the gut", facets={"region": ("liege",)}),
    Document(3, "Protein crystallography", facets={"region": ("kent",)}),
    Document(4, "Canteen", facets={"region": ("liege",)}),
]
NEARNESS = {1: 0.7, 2: 0.9, 3: 0.2, 4: 0.1}


@dataclass
class Nearest:
    ids: np.ndarray
    scores: np.ndarray


class Near:
    """Stands for vectors whose nearness to every question is known; it keeps what it was asked."""

    def __init__(self):
        self.asked = []
        self.also = []

    def nearest(self, question, *, limit=1000, allowed=None, also=None):
        self.asked.append(question)
        self.also = also.tolist()
        chosen = [one for one in NEARNESS if allowed is None or one in allowed]
        chosen = sorted(chosen, key=lambda one: -NEARNESS[one])
        chosen = [one for place, one in enumerate(chosen) if place < limit or one in also]
        return Nearest(np.array(chosen, dtype=np.int64), np.array([NEARNESS[one] for one in chosen]))

    def nearest_items(self, ids, question):
        return np.array([DIRECTIONS[one] for one in ids], dtype=np.float32).reshape(-1, 3)


class Encoding:
    """The heading of the long question lies across all other questions."""

    def question(self, text):
        assert text
        return np.array([0, 1, 0] if text == HEADING else [1, 0, 0], dtype=np.float32)


DIRECTIONS = {1: [1, 0, 0], 2: [0, 0, 1], 3: [0, 1, 0], 4: [0, 1, 0]}
HEADING = "Absorption of peptides."
LONG = f"""{HEADING} Our team makes a drink for sportsmen with collagen from salmon skin, pressed, dried and ground,
whose label says that half arrives in blood within an hour, and needs laboratories to show numbers."""
MEANING = hybrid.Meaning(encoder=Encoding(), vectors=Near())
ASKED = read_prose("How are proteins taken up by intestinal cells?")


@pytest.fixture
def searched(tmp_path):
    made = engine_at(tmp_path, name="tantivy")
    made.rebuild(OFFERS)
    return made


def test_by_words_alone_only_what_has_a_word_is_found(searched):
    found = hybrid.ranked(ASKED, searched=searched)
    assert list(found) == [1, 3]
    assert found[1] == 1.0


def test_meaning_finds_what_has_none_of_the_words(searched):
    found = hybrid.ranked(ASKED, searched=searched, meaning=MEANING)
    assert list(found)[:2] == [1, 2]
    assert set(found) == {1, 2, 3, 4}
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_facets_hold_in_both_halves(searched):
    for chosen in ({"filters": {"region": ["kent"]}}, {"unless": {"region": ["liege"]}}):
        assert set(hybrid.ranked(ASKED, searched=searched, meaning=MEANING, **chosen)) == {1, 3}


def test_what_is_found_by_words_has_its_true_nearness(searched):
    near = Near()
    hybrid.ranked(ASKED, searched=searched, meaning=hybrid.Meaning(Encoding(), near), limit=1)
    assert near.also == [1], "the nearest in meaning alone is 2"


def test_who_asks_nothing_finds_nothing(searched):
    assert hybrid.ranked(EMPTY, searched=searched, meaning=MEANING) == {}


def test_the_heading_of_a_question_that_is_not_long_is_not_asked_by_itself(searched):
    near = Near()
    shorter = read_prose(" ".join(LONG.split()[:26]))
    assert shorter.heading
    hybrid.ranked(shorter, searched=searched, meaning=hybrid.Meaning(Encoding(), near))
    assert near.asked[0].tolist() == [1, 0, 0]


def test_the_heading_of_a_long_question_is_asked_with_the_whole(searched):
    near = Near()
    hybrid.ranked(read_prose(LONG), searched=searched, meaning=hybrid.Meaning(Encoding(), near))
    (asked,) = near.asked
    assert asked[1] / asked[0] == pytest.approx(hybrid.HEADING / (1 - hybrid.HEADING))
    assert np.linalg.norm(asked) == pytest.approx(1)


def test_a_subject_is_asked_again_with_what_its_best_answers_say(searched):
    near = Near()
    meaning = hybrid.Meaning(Encoding(), near)
    hybrid.ranked(read_prose("peptide absorption"), searched=searched, meaning=meaning)
    first, second = near.asked
    assert first.tolist() == [1, 0, 0]
    assert second[2] > second[1] > 0, "towards 2, the best, more than towards 3"
    assert np.linalg.norm(second) == pytest.approx(1)
    hybrid.ranked(read_prose("peptide absorption in living cells"), searched=searched, meaning=meaning)
    assert len(near.asked) == 3, "four words say enough"


def test_a_subject_that_nothing_answers_is_asked_once_more_as_it_is(searched):
    near = Near()
    chosen = {"region": ["nowhere"]}
    meaning = hybrid.Meaning(Encoding(), near)
    assert hybrid.ranked(read_prose("peptides"), searched=searched, meaning=meaning, filters=chosen) == {}
    assert near.asked[0].tolist() == near.asked[1].tolist()


def test_a_direction_that_is_none_stays_none():
    assert hybrid._of_length_one(np.zeros(3, np.float32)).tolist() == [0, 0, 0]
