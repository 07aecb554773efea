"""5 % of the people do not come: what is won back, and how many others are moved for it.

Beside ours, with at most two moves for a new meeting: filling holes only, and a full new plan.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median

from benchmarks import bookings
from benchmarks.figures import Figure
from benchmarks.verdicts import Rules
from landbridge.algorithms.timetable import Placed, Problem, repair, solve

ABSENT = 0.05
DRAWS = 3  # of who does not come
FILLING, OURS, ANEW = "filling holes only", "ours, two moves at most", "a full new plan"
Way = Callable[[Problem, Sequence[Placed]], Sequence[Placed]]
HEAD = (
    f"{'':<26}{'won back':>9}{'of a new plan':>14}{'new':>6}{'moved':>7}{'table only':>11}{'a new one':>10}"
    f"{'disturbed':>10}{'ms CPU':>8}{'broken':>7}"
)


@dataclass(frozen=True, slots=True)
class Repaired:
    """One way, as means over the draws. `won` in per cent of the weight that was lost, `of_new` of what a new plan wins:
    more than that can hardly be won back, since most partners of the absent have nobody else to meet.

    `moved` meetings have another slot, `reseated` only another table; `disturbed` people have such a meeting.
    """

    name: str
    people: int
    won: float
    of_new: float
    added: float
    moved: float
    reseated: float
    disturbed: float
    milliseconds: float
    broken: int

    @property
    def moves_per_new(self) -> float:
        """How many meetings are moved for a new one."""
        return (self.moved + self.reseated) / self.added if self.added else 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """What one way did after one draw."""

    won: float
    added: int
    moved: int
    reseated: int
    disturbed: int
    milliseconds: float
    broken: int


def measured(people: int, *, seed: int) -> Iterator[Repaired]:
    """Plan an event, take some people away, and see what each way makes of it."""
    problem, placed = planned(people, seed=seed)
    ways: dict[str, Way] = {
        FILLING: lambda now, kept: bookings.in_turn(now, bookings.by_weight(now), kept),
        OURS: lambda now, _kept: repair(now, placed, seed=seed, most_moves=2).placed,
        ANEW: lambda now, _kept: solve(now, seed=seed).placed,
    }
    changes: dict[str, list[Change]] = {name: [] for name in ways}
    for draw in range(DRAWS):
        now, kept = without_some(problem, placed, seed=seed + draw)
        for name, way in ways.items():
            changes[name].append(changed(now, placed, kept, way))
    whole = fmean(one.won for one in changes[ANEW])
    for name, found in changes.items():
        won = fmean(one.won for one in found)
        yield Repaired(
            name=name,
            people=people,
            won=100 * won,
            of_new=100 * won / whole if whole else 0.0,
            added=fmean(one.added for one in found),
            moved=fmean(one.moved for one in found),
            reseated=fmean(one.reseated for one in found),
            disturbed=fmean(one.disturbed for one in found),
            milliseconds=median(one.milliseconds for one in found),
            broken=sum(one.broken for one in found),
        )


def planned(people: int, *, seed: int) -> tuple[Problem, tuple[Placed, ...]]:
    """An event of 14 slots with ample tables, and its timetable."""
    from benchmarks.timetable import Setting, in_a_process

    setting = Setting(people)
    return setting.event(seed=seed).problem, in_a_process(setting, seed=seed, floor=3).placed


def without_some(
    problem: Problem, placed: Sequence[Placed], *, seed: int
) -> tuple[Problem, tuple[Placed, ...]]:
    """The world in which some people did not come, and the meetings that can still be held."""
    keys = [person.key for person in problem.people]
    absent = set(random.Random(seed).sample(keys, round(ABSENT * len(keys))))
    people = tuple(replace(one, slots=()) if one.key in absent else one for one in problem.people)
    gone = {wish.key for wish in problem.wishes if absent & {wish.first, wish.second}}
    return replace(problem, people=people), tuple(one for one in placed if one.wish not in gone)


def changed(now: Problem, before: Sequence[Placed], kept: Sequence[Placed], way: Way) -> Change:
    """Let one way work, and compare."""
    rules = Rules(now)
    began = time.process_time()
    after = way(now, kept)
    milliseconds = 1e3 * (time.process_time() - began)
    was, still = {one.wish: one for one in before}, {one.wish for one in kept}

    def weight(meetings: Sequence[Placed]) -> int:
        return sum(rules.wishes[one.wish].weight for one in meetings)

    others = [one for one in after if one.wish in still and one != was[one.wish]]
    lost = weight(before) - weight(kept)
    return Change(
        won=(weight(after) - weight(kept)) / lost if lost else 0.0,
        added=sum(1 for one in after if one.wish not in was),
        moved=sum(1 for one in others if one.slot != was[one.wish].slot),
        reseated=sum(1 for one in others if one.slot == was[one.wish].slot),
        disturbed=len({person.key for one in others for person in rules.both(rules.wishes[one.wish])}),
        milliseconds=milliseconds,
        broken=len(list(rules.broken(after))),
    )


def targets(repaired: Sequence[Repaired]) -> Iterator[Figure]:
    """What a repair was to reach."""
    ours = next(one for one in repaired if one.name == OURS)
    yield Figure("rules broken, all ways", sum(one.broken for one in repaired), "", 0)
    yield Figure("not won back, of what a new plan wins", round(100 - ours.of_new, 1), "%", 35)
    yield Figure("moved meetings for each new one", round(ours.moves_per_new, 2), "", 1)
    yield Figure("people disturbed", round(100 * ours.disturbed / ours.people, 1), "%", 6)
    yield Figure("processor time, without the database", round(ours.milliseconds, 1), "ms", 100)


def show(repaired: Sequence[Repaired]) -> None:
    """The table, and what was to be reached."""
    print(f"\n{repaired[0].people:,} people, 5 % of them do not come; means of {DRAWS} draws\n{HEAD}")
    for one in repaired:
        print(
            f"{one.name:<26}{one.won:>8.1f}%{one.of_new:>13.1f}%{one.added:>6.0f}{one.moved:>7.0f}{one.reseated:>11.0f}"
            f"{one.moves_per_new:>10.2f}{one.disturbed:>10.0f}{one.milliseconds:>8.1f}{one.broken:>7}"
        )
    for figure in targets(repaired):
        print(
            f"  {figure.name:<46}{figure.value:>9g} {figure.unit:<7} at most {figure.most:g}: {figure.verdict}"
        )
