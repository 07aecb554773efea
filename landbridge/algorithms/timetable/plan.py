"""From a problem to its timetable, stage by stage."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random

from landbridge.algorithms.timetable.board import Board
from landbridge.algorithms.timetable.bound import priced
from landbridge.algorithms.timetable.event import Event
from landbridge.algorithms.timetable.gaps import Gaps
from landbridge.algorithms.timetable.problem import Problem
from landbridge.algorithms.timetable.reasons import unplaced
from landbridge.algorithms.timetable.results import Effort, Progress, Stage, Timetable
from landbridge.algorithms.timetable.search import Search
from landbridge.algorithms.timetable.statistics import statistics_of
from landbridge.algorithms.timetable.tables import Tables
from landbridge.algorithms.timetable.when import lay

CODE_VERSION = "1"  # raised by hand when the same seed gives another timetable than before
STEPS = {Effort.QUICK: 6, Effort.NORMAL: 60, Effort.THOROUGH: 400}  # of the search, for each wish
PATIENCE = {
    Effort.QUICK: 3,
    Effort.NORMAL: 20,
    Effort.THOROUGH: 100,
}  # steps for each wish in which nothing gets better
EXTRA = {
    Effort.QUICK: 200,
    Effort.NORMAL: 2_000,
    Effort.THOROUGH: 2_000,
}  # wishes more that an event counts: small ones are cheap, and every place in them matters
TRIES = {Effort.QUICK: 60, Effort.NORMAL: 300, Effort.THOROUGH: 1500}  # for fewer gaps, for each person
OnProgress = Callable[[Progress], None]


def solve(
    problem: Problem,
    *,
    seed: int,
    effort: Effort = Effort.NORMAL,
    on_progress: OnProgress | None = None,
) -> Timetable:
    """The best timetable found. The same problem, seed and effort give the same one everywhere."""
    started = time.process_time()
    planning = _Planning(problem, seed=seed, effort=effort, on_progress=on_progress)
    return planning.timetable(started)


class _Planning:
    """One run through the stages."""

    def __init__(
        self, problem: Problem, *, seed: int, effort: Effort, on_progress: OnProgress | None
    ) -> None:
        self.seed = seed
        self.effort = effort
        self.on_progress = on_progress
        self.event = Event(problem)
        self.board = Board(self.event)
        self.bound: int | None = None  # not known yet

    def _tell(self, stage: Stage, done: float) -> None:
        if self.on_progress:
            self.on_progress(Progress(stage, round(done, 4), self.board.weight, self._share()))

    def _share(self) -> float:
        if self.bound is None:
            return 0.0
        return self.board.weight / self.bound if self.bound else 1.0

    def timetable(self, started: float) -> Timetable:
        """Stage after stage; each leaves the aims of those before it as they are."""
        event, board, chance = self.event, self.board, Random(self.seed)  # noqa: S311 - no secret, but the same everywhere
        self._tell(Stage.BOUND, 0.0)
        prices = priced(event, floor=False)
        self.bound = prices.limit // 2
        if any(event.bonus):
            prices = priced(event, floor=True)
        self._tell(Stage.PLACING, 0.04)
        lay(board, prices.chosen, chance=chance)
        search = Search(board, prices, chance=chance)
        size = EXTRA[self.effort] + len(event.wishes) if event.wishes else 0
        search.run(
            most=STEPS[self.effort] * size,
            patience=PATIENCE[self.effort] * size,
            on_round=lambda done: self._tell(Stage.IMPROVING, 0.1 + 0.7 * done),
        )
        self._tell(Stage.GAPS, 0.8)
        Gaps(board, chance=chance).run(most=TRIES[self.effort] * len(event.people))
        search.fill()
        self._tell(Stage.TABLES, 0.95)
        tables = Tables(board)
        tables.lay()
        placed = tables.placed()
        self._tell(Stage.DONE, 1.0)
        return Timetable(
            placed=placed,
            unplaced=unplaced(board),
            weight=board.weight,
            bound=float(self.bound),
            share=self._share(),
            seed=self.seed,
            iterations=search.steps,
            statistics=statistics_of(event, placed, seconds=time.process_time() - started),
            code_version=CODE_VERSION,
        )
