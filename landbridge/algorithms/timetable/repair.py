"""On the day: cancel what became impossible, and insert with few moves; never a new plan."""

from __future__ import annotations

from collections.abc import Sequence

from landbridge.algorithms.timetable.problem import Placed, Problem
from landbridge.algorithms.timetable.results import Repair, Unplaced, Why
from landbridge.algorithms.timetable.verify import violations


def repair(
    problem: Problem,
    placed: Sequence[Placed],
    *,
    seed: int = 0,  # noqa: ARG001
    most_moves: int = 2,  # noqa: ARG001
    held: frozenset[int] = frozenset(),  # noqa: ARG001
    from_slot: int = 0,  # noqa: ARG001
) -> Repair:
    """The timetable after something happened."""
    kept: list[Placed] = []
    cancelled: list[Placed] = []
    for meeting in placed:
        if violations(problem, [meeting]):
            cancelled.append(meeting)
        else:
            kept.append(meeting)
    there = {meeting.wish for meeting in kept}
    return Repair(
        cancelled=tuple(cancelled),
        moved=(),
        added=(),
        placed=tuple(kept),
        unplaced=tuple(Unplaced(wish.key, Why.NOT_MOVED) for wish in problem.wishes if wish.key not in there),
        people_disturbed=(),
    )
