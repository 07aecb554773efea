"""What no timetable can beat, and what a place costs: the linear program of who meets whom, without the when."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import highspy
import numpy as np

from landbridge.algorithms.timetable.event import Event
from landbridge.algorithms.timetable.problem import Problem

NUDGE = 1e-5  # makes the answer the only one; far below the halves of which every answer consists
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Prices:
    """What one more meeting of each person, and one more table, would be worth, in halves; `floor` is what the floor pays.

    `chosen` are the wishes of the best choice, `limit` the most that weight and floor can come to together, in halves.
    """

    person: tuple[int, ...]
    floor: tuple[int, ...]
    table: int
    chosen: tuple[int, ...]
    limit: int

    def surplus(self, event: Event, wish: int) -> int:
        """What a wish is worth beyond what it takes from others, in halves."""
        one, other = event.first[wish], event.second[wish]
        return (
            2 * event.weight[wish]
            - self.person[one]
            - self.person[other]
            + self.floor[one]
            + self.floor[other]
            - (self.table if event.needs[wish] else 0)
        )


def upper_bound(problem: Problem) -> float:
    """The degree bound: no timetable of this problem weighs more (the floor is off).

    Every timetable chooses wishes such that nobody has more meetings than slots in which they could meet somebody (or than
    they want), and no more meetings at tables than there are tables over all slots. So for any prices of people and tables,
    none below 0, its weight is at most the price of all those places plus what the wishes weigh beyond their prices: weak
    duality. The prices come from a linear program; they are rounded, and the sum is then made with whole numbers, so that
    the bound holds whatever the program's arithmetic did. Weights are whole: the fraction is cut off.
    """
    return float(bound_of(Event(problem)))


def bound_of(event: Event) -> int:
    """The degree bound of a problem that is in numbers already."""
    return priced(event, floor=False).limit // 2


def priced(event: Event, *, floor: bool) -> Prices:
    """Solve the linear program, with the floor or without; the limit is proved from its rounded prices."""
    wishes = [wish for wish, may in enumerate(event.may) if may]
    if not wishes:
        return Prices((0,) * len(event.people), (0,) * len(event.people), 0, (), 0)
    steps = [
        (person, event.bonus[level])
        for person, most in enumerate(event.possible)
        for level in range(min(most, len(event.bonus)))
        if floor and event.bonus[level]
    ]
    solver = program(event, wishes, steps)
    solver.run()
    answer = solver.getSolution()
    halves = [max(0, round(-2 * price)) for price in answer.row_dual]
    people = len(event.people)
    prices = Prices(
        person=tuple(halves[:people]),
        floor=tuple(halves[people + 1 :]),
        table=halves[people],
        chosen=tuple(wish for wish, share in zip(wishes, answer.col_value, strict=False) if share > 0.75),
        limit=0,
    )
    return Prices(
        prices.person, prices.floor, prices.table, prices.chosen, limit_of(event, prices, wishes, steps)
    )


def limit_of(event: Event, prices: Prices, wishes: list[int], steps: list[tuple[int, int]]) -> int:
    """All places at their prices, and whatever is worth more than its price; in whole numbers."""
    limit = sum(price * most for price, most in zip(prices.person, event.possible, strict=True))
    limit += prices.table * sum(tables.bit_count() for tables in event.usable)
    for wish in wishes:
        surplus = prices.surplus(event, wish)
        limit += surplus if wish in event.pinned else max(0, surplus)
    for person, bonus in steps:
        limit += max(0, 2 * bonus - prices.floor[person])
    return limit


def program(event: Event, wishes: list[int], steps: list[tuple[int, int]]) -> highspy.Highs:
    """Wishes between 0 and 1; people and tables as limits; steps of the floor, paid for by meetings."""
    people, chance = len(event.people), Random(len(wishes))  # noqa: S311 - no secret, but the same everywhere
    first = np.array([event.first[wish] for wish in wishes])
    second = np.array([event.second[wish] for wish in wishes])
    needs = np.array([event.needs[wish] for wish in wishes], dtype=float)
    whose = np.array([person for person, _ in steps], dtype=int)
    model = highspy.HighsLp()
    model.num_col_ = len(wishes) + len(steps)
    model.num_row_ = 2 * people + 1
    worth = np.array([event.weight[wish] for wish in wishes] + [bonus for _, bonus in steps], dtype=float)
    model.col_cost_ = -worth - NUDGE * np.array([chance.random() for _ in worth])
    model.col_lower_ = np.array([float(wish in event.pinned) for wish in wishes] + [0.0] * len(steps))
    model.col_upper_ = np.ones(len(worth))
    model.row_lower_ = np.full(2 * people + 1, -highspy.kHighsInf)
    tables = sum(usable.bit_count() for usable in event.usable)
    limits = np.array([*event.possible, tables] + [0] * people, dtype=float)
    model.row_upper_ = limits + NUDGE * np.array([1 + chance.random() for _ in limits])
    floor = people + 1
    rows = np.stack([first, second, np.full(len(wishes), people), floor + first, floor + second], axis=1)
    ones = np.ones(len(wishes))
    values = np.stack([ones, ones, needs, -ones, -ones], axis=1)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.concatenate(
        [np.arange(0, 5 * len(wishes), 5), 5 * len(wishes) + np.arange(len(steps) + 1)]
    )
    model.a_matrix_.index_ = np.concatenate([rows.ravel(), floor + whose])
    model.a_matrix_.value_ = np.concatenate([values.ravel(), np.ones(len(steps))])
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("primal_feasibility_tolerance", TOLERANCE),
        ("dual_feasibility_tolerance", TOLERANCE),
    ):
        solver.setOptionValue(name, value)
    solver.passModel(model)
    return solver
