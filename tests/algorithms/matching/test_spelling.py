"""Spelling: near words."""

from __future__ import annotations

import pytest

from landbridge.algorithms.matching.spelling import NOTHING_KNOWN, WordList, distance

KNOWN = WordList(
    [
        ("protein", 40),
        ("proteins", 9),
        ("microscopy", 12),
        ("crystallography", 3),
        ("lipid", 5),
        ("rapid", 5),
        ("pcr", 8),
    ]
)

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("protien", "protein"),  # swapped
        ("protin", "protein"),  # lost
        ("prottein", "protein"),  # added
        ("protean", "protein"),  # changed
        ("mikroscopi", "microscopy"),  # two mistakes in a long word
        ("cristalography", "crystallography"),
        ("prtn", ""),  # too far
        ("pcs", ""),  # too short to be a mistake
        ("il6", ""),
        ("lapid", "lipid"),  # the same first letter first
        ("", ""),
    ],
)
def test_the_nearest_word_is_proposed(typed, proposed):
    assert KNOWN.nearest(typed) == proposed


def test_between_two_as_near_the_commoner_is_proposed():
    known = WordList([("assay", 3), ("essay", 90), ("assaz", 2)])
    assert known.nearest("assab") == "assay"


@pytest.mark.parametrize(
    ("one", "other", "mistakes"),
    [
        ("", "", 0),
        ("ab", "ba", 1),
        ("abc", "acb", 1),
        ("abc", "abcd", 1),
        ("abcd", "axyd", 2),
        ("kitten", "sitting", 3),
        ("a", "abcd", 3),
    ],
)
def test_mistakes_are_counted(one, other, mistakes):
    assert distance(one, other, most=3) == mistakes
    assert distance(other, one, most=3) == mistakes
    assert distance(one, other, most=1) == min(mistakes, 2), "beyond the most, nobody counts on"


def test_without_an_index_nothing_is_known():
    assert NOTHING_KNOWN.count("protein") == 0
    assert NOTHING_KNOWN.nearest("protien") == ""
    assert WordList([]).nearest("protien") == ""
