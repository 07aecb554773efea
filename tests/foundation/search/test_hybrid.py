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
    """Stands for vectors whose nearness to every question is known."""

    def nearest(self, question, *, limit=1000, allowed=None):
        chosen = [one for one in NEARNESS if allowed is None or one in allowed]
        chosen = sorted(chosen, key=lambda one: -NEARNESS[one])[:limit]
        return Nearest(np.array(chosen, dtype=np.int64), np.array([NEARNESS[one] for one in chosen]))


class Encoding:
    def question(self, text):
        assert text
        return np.ones(3, dtype=np.float32)


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
    found = hybrid.ranked(ASKED, searched=searched, meaning=MEANING, limit=1)
    assert list(found) == [1], "the nearest in meaning alone is 2"


def test_who_asks_nothing_finds_nothing(searched):
    assert hybrid.ranked(EMPTY, searched=searched, meaning=MEANING) == {}
