"""From a problem to its timetable, stage by stage."""

from __future__ import annotations

import time
from collections.abc import Callable

from landbridge.algorithms.timetable.board import Board
from landbridge.algorithms.timetable.event import NOBODY, Event
from landbridge.algorithms.timetable.problem import Placed, Problem
from landbridge.algorithms.timetable.results import Effort, Progress, Timetable, Unplaced, Why
from landbridge.algorithms.timetable.statistics import statistics_of

CODE_VERSION = "1"  # raised by hand when the same seed gives another timetable than before


def upper_bound(problem: Problem) -> float:
    """No timetable of this problem weighs more."""
    return float(sum(wish.weight for wish in problem.wishes))


def solve(
    problem: Problem,
    *,
    seed: int,
    effort: Effort = Effort.NORMAL,
    on_progress: Callable[[Progress], None] | None = None,
) -> Timetable:
    """The best timetable found. The same problem, seed and effort give the same one everywhere."""
    started = time.process_time()
    event = Event(problem)
    board = Board(event)
    for wish in sorted(range(len(event.wishes)), key=lambda one: (-event.weight[one], one)):
        if board.slot[wish] == NOBODY and (ways := board.ways(wish)):
            board.put(wish, (ways & -ways).bit_length() - 1)
    placed = tuple(_with_tables(board))
    bound = upper_bound(problem)
    return Timetable(
        placed=placed,
        unplaced=tuple(
            Unplaced(event.wishes[wish].key, Why.CROWDED_OUT)
            for wish, slot in enumerate(board.slot)
            if slot == NOBODY
        ),
        weight=board.weight,
        bound=bound,
        share=board.weight / bound if bound else 1.0,
        seed=seed,
        iterations=0,
        statistics=statistics_of(event, placed, seconds=time.process_time() - started),
        code_version=CODE_VERSION,
    )


def _with_tables(board: Board) -> list[Placed]:
    event, found = board.event, []
    left = [
        [number for number in range(len(event.table_keys)) if tables >> number & 1] for tables in event.usable
    ]
    for wish, slot in enumerate(board.slot):
        if slot == NOBODY:
            continue
        table: int | None = None
        if wish in event.pinned and not event.needs[wish]:
            table = event.pinned[wish].table
        elif event.needs[wish]:
            number = left[slot].pop(0) if event.is_plain else board.seat[wish]
            table = event.table_keys[number]
        found.append(Placed(event.wishes[wish].key, slot, table))
    return found
