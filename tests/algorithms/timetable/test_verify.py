"""The verifier finds every way in which a timetable can be broken."""

from __future__ import annotations

import pytest

from landbridge.algorithms.timetable import Person, Placed, Problem, Wish, violations

pytestmark = pytest.mark.once

PROBLEM = Problem(
    slots=3,
    tables=((1, 2, 7), (1, 2, 7), (1, 7)),
    people=(
        Person(1, (0, 1, 2), most=2),
        Person(2, (0, 1, 2)),
        Person(3, (0, 1), tables=frozenset({1, 7})),
        Person(4, (0, 1, 2), stand=7),
    ),
    wishes=(
        Wish(10, 1, 2, 3),
        Wish(11, 1, 3, 1, slots=(0,)),
        Wish(12, 2, 4, 1),
        Wish(13, 1, 4, 1),
        Wish(14, 2, 3, 2, needs_table=False),
    ),
    locked=(Placed(12, 2, 7),),
)
LOCKED = Placed(12, 2, 7)


def test_a_sound_timetable_has_no_violation():
    assert violations(PROBLEM, [Placed(10, 1, 2), Placed(11, 0, 1), LOCKED]) == []
    assert violations(PROBLEM, [Placed(10, 1, 1), Placed(14, 0, None), LOCKED]) == []


@pytest.mark.parametrize(
    ("placed", "sentences"),
    [
        ([Placed(99, 0, 1), LOCKED], ["Nobody wished for meeting 99."]),
        ([Placed(10, 3, 1), LOCKED], ["Wish 10 is placed in slot 3, which does not exist."]),
        ([Placed(10, -1, 1), LOCKED], ["Wish 10 is placed in slot -1, which does not exist."]),
        ([Placed(10, 0, 1), Placed(10, 1, 1), LOCKED], ["Wish 10 is placed 2 times."]),
        (
            [Placed(10, 0, 1), Placed(11, 0, 1), LOCKED],
            [
                "Person 1 has 2 meetings in slot 0.",
                "Table 1 has 2 meetings in slot 0.",
            ],
        ),
        (
            [Placed(14, 2, None), LOCKED],
            [
                "Person 2 has 2 meetings in slot 2.",
                "Person 3 is not there in slot 2.",
            ],
        ),
        ([Placed(11, 1, 1), LOCKED], ["Wish 11 does not allow slot 1."]),
        ([Placed(14, 0, 1), LOCKED], ["Wish 14 needs no table and has table 1."]),
        ([Placed(10, 0, None), LOCKED], ["Wish 10 has no table."]),
        ([Placed(10, 0, 9), LOCKED], ["Table 9 cannot be used in slot 0."]),
        ([Placed(11, 0, 2), LOCKED], ["Person 3 cannot reach table 2."]),
        ([Placed(13, 0, 1), LOCKED], ["Wish 13 is away from the stand of its people."]),
        ([Placed(10, 0, 7), LOCKED], ["Wish 10 is at the stand of somebody else."]),
        (
            [Placed(10, 1, 1), Placed(11, 0, 1), Placed(13, 2, 1), LOCKED],
            [
                "Wish 13 is away from the stand of its people.",
                "Person 4 has 2 meetings in slot 2.",
                "Person 1 has 3 meetings and wants 2 at most.",
            ],
        ),
        ([], ["Wish 12 is locked and is not where it was."]),
        ([Placed(12, 1, 7)], ["Wish 12 is locked and is not where it was."]),
    ],
)
def test_every_broken_rule_is_said(placed, sentences):
    assert sorted(violations(PROBLEM, placed)) == sorted(sentences)
