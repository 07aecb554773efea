"""A problem that contradicts itself is refused with a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from landbridge.algorithms.timetable import Contradiction, Person, Placed, Problem, Wish
from landbridge.algorithms.timetable.problem import HEAVIEST

pytestmark = pytest.mark.once

SOUND = Problem(
    slots=2,
    tables=((1, 2), (1,)),
    people=(Person(1, (0, 1)), Person(2, (0, 1)), Person(3, (0,)), Person(4, (0, 1))),
    wishes=(Wish(10, 1, 2, 3), Wish(11, 3, 4, 1), Wish(12, 1, 4, 2)),
    locked=(Placed(10, 0, 1), Placed(12, 1, None)),
)


def test_a_sound_problem_is_taken():
    assert replace(SOUND, floor=0).wishes == SOUND.wishes


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"slots": -1}, "There cannot be fewer than no slots."),
        ({"slots": 3}, "There are 3 slots, but tables for 2."),
        ({"floor": -1}, "The floor cannot be below no meetings."),
        ({"tables": ((1, 1), (2,))}, "In slot 0, table 1 is named 2 times."),
        ({"parts": (0, 2)}, "A part of the day begins in slot 2, which does not exist."),
        ({"people": (*SOUND.people, Person(3, (1,)))}, "Person 3 is named 2 times."),
        ({"wishes": (*SOUND.wishes, Wish(11, 1, 3, 1))}, "Wish 11 is named 2 times."),
        ({"people": (*SOUND.people, Person(5, (2,)))}, "Person 5 is there in slot 2, which does not exist."),
        ({"people": (*SOUND.people, Person(5, (), most=-1))}, "Person 5 wants fewer than no meetings."),
        (
            {"people": (*SOUND.people, Person(5, (), tables=frozenset({1}), stand=2))},
            "Person 5 holds stand 2 and cannot reach it.",
        ),
        ({"wishes": (*SOUND.wishes, Wish(13, 1, 9, 1))}, "Wish 13 is for person 9, who does not come."),
        ({"wishes": (*SOUND.wishes, Wish(13, 1, 1, 1))}, "In wish 13 person 1 would meet alone."),
        (
            {"wishes": (*SOUND.wishes, Wish(13, 1, 3, 0))},
            f"Wish 13 weighs 0; weights go from 1 to {HEAVIEST}.",
        ),
        (
            {"wishes": (*SOUND.wishes, Wish(13, 1, 3, 1, slots=(5,)))},
            "Wish 13 allows slot 5, which does not exist.",
        ),
        (
            {"locked": (Placed(10, 0, 1), Placed(11, 0, 1))},
            "The locked meetings contradict the rest: Table 1 has 2 meetings in slot 0.",
        ),
        (
            {"locked": (Placed(10, 0, 1), Placed(12, 0, 2))},
            "The locked meetings contradict the rest: Person 1 has 2 meetings in slot 0.",
        ),
        (
            {"tables": ((1, 2), ())},
            "In slot 1 more meetings are locked than there are tables: 1 and 0.",
        ),
    ],
)
def test_a_contradiction_is_refused_in_a_sentence(change, sentence):
    with pytest.raises(Contradiction) as refused:
        replace(SOUND, **change)
    assert str(refused.value) == sentence


def test_an_event_without_slots_or_people_is_no_contradiction():
    assert Problem(slots=0, tables=(), people=(), wishes=()).parts == (0,)
