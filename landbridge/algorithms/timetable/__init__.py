"""The timetable of an event: who meets whom, when and at which table, with a proof of how good it is; and its repair."""

from __future__ import annotations

from landbridge.algorithms.timetable.bound import upper_bound
from landbridge.algorithms.timetable.plan import CODE_VERSION, solve
from landbridge.algorithms.timetable.problem import Contradiction, Person, Placed, Problem, Wish
from landbridge.algorithms.timetable.repair import repair
from landbridge.algorithms.timetable.results import (
    Effort,
    Progress,
    Repair,
    Stage,
    Statistics,
    Timetable,
    Unplaced,
    Why,
)
from landbridge.algorithms.timetable.statistics import statistics
from landbridge.algorithms.timetable.verify import violations

__all__ = [
    "CODE_VERSION",
    "Contradiction",
    "Effort",
    "Person",
    "Placed",
    "Problem",
    "Progress",
    "Repair",
    "Stage",
    "Statistics",
    "Timetable",
    "Unplaced",
    "Why",
    "Wish",
    "repair",
    "solve",
    "statistics",
    "upper_bound",
    "violations",
]
