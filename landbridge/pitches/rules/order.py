"""The running order: by lot, by hand, or when the investors are there; and when each one is on stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from landbridge.algorithms.ranking import by_lot
from landbridge.foundation.problems import N_, Problem


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn on stage; until `questions_at` one pitches, then questions are asked."""

    starts_at: datetime
    questions_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Minutes:
    """How the time of one turn is spent, and how long the stage is empty after it."""

    pitch: int
    questions: int
    between: int


def turns(starts_at: datetime, *, minutes: Minutes, count: int) -> list[Turn]:
    """So many turns, one after the other."""
    whole = timedelta(minutes=minutes.pitch + minutes.questions + minutes.between)
    pitch, both = timedelta(minutes=minutes.pitch), timedelta(minutes=minutes.pitch + minutes.questions)
    begins = [starts_at + number * whole for number in range(count)]
    return [Turn(begin, begin + pitch, begin + both) for begin in begins]


def drawn(pitches: Sequence[int], *, seed: str) -> list[int]:
    """The order that the lot gives; the same seed gives the same order, whenever and wherever it is drawn."""
    return by_lot(pitches, seed=seed, purpose="order")


def when_they_are_there(
    pitches: Sequence[int],
    *,
    seed: str,
    interest: Mapping[int, Mapping[int, float]],
    present: Mapping[int, Sequence[bool]],
) -> list[int]:
    """The order in which most interest is in the room: `interest[pitch][investor]`, `present[investor][turn]`.

    Each turn of each pitch is worth the interest of the investors who are there; pairs of pitches change places while
    that makes the whole worth more. It begins with the lot, which therefore decides among equals.
    """
    order = drawn(pitches, seed=seed)

    def worth(pitch: int, turn: int) -> float:
        found = interest.get(pitch, {})
        return sum(weight for investor, weight in found.items() if present[investor][turn])

    table = {pitch: [worth(pitch, turn) for turn in range(len(order))] for pitch in order}
    is_better = True
    while is_better:
        is_better = False
        for first in range(len(order)):
            for second in range(first + 1, len(order)):
                here, there = order[first], order[second]
                gain = table[here][second] + table[there][first] - table[here][first] - table[there][second]
                if gain > 1e-9:
                    order[first], order[second] = there, here
                    is_better = True
    return order


def problems_with_order(
    order: Sequence[int], *, selected: Sequence[int], starts_at: datetime | None
) -> Iterator[Problem]:
    """Each selected pitch stands in the order once, and it is known when the first one begins."""
    if starts_at is None:
        yield Problem(
            code="no_beginning",
            message=N_("The call does not say when the first one goes on stage."),
            cure=N_("Give the beginning of the stage first."),
        )
    if sorted(order) != sorted(selected):
        yield Problem(
            code="order_incomplete",
            message=N_("Every selected pitch stands in the order once."),
            cure=N_("Give each a place of its own, from 1 on."),
        )
