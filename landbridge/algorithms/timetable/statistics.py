"""How good a timetable is for the people in it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from landbridge.algorithms.timetable.event import Event
from landbridge.algorithms.timetable.problem import Placed, Problem
from landbridge.algorithms.timetable.results import Statistics

FEW = 3  # meetings; below this somebody came for little


def statistics(problem: Problem, placed: Sequence[Placed], *, seconds: float = 0.0) -> Statistics:
    """The figures of a timetable, whoever made it."""
    return statistics_of(Event(problem), placed, seconds=seconds)


def statistics_of(event: Event, placed: Sequence[Placed], *, seconds: float = 0.0) -> Statistics:
    """The same, of a problem that is in numbers already."""
    of_person: list[list[Placed]] = [[] for _ in event.people]
    mutual = 0
    for meeting in sorted(placed, key=lambda one: one.slot):
        wish = event.wish_at[meeting.wish]
        mutual += event.wishes[wish].is_mutual
        of_person[event.first[wish]].append(meeting)
        of_person[event.second[wish]].append(meeting)
    could = [(len(of_person[person]), most) for person, most in enumerate(event.possible) if most]
    shares = [got / most for got, most in could]
    squares = sum(share * share for share in shares)
    return Statistics(
        meetings=len(placed),
        mutual=mutual,
        nobody=sum(1 for got, _ in could if not got),
        fewer_than_three=sum(1 for got, most in could if got < min(FEW, most)),
        idle_slots=sum(
            idle_slots(event.there[person], [meeting.slot for meeting in meetings], parts=event.problem.parts)
            for person, meetings in enumerate(of_person)
        ),
        changes_of_table=sum(map(_changes, of_person)),
        jain=round(sum(shares) ** 2 / (len(shares) * squares), 6) if squares else 1.0,
        seconds=seconds,
    )


def idle_slots(there: int, slots: Sequence[int], *, parts: Sequence[int]) -> int:
    """How long somebody waits: slots in which they are there between two meetings of one part of the day."""
    idle = 0
    for before, after in itertools.pairwise(slots):
        if not any(before < part <= after for part in parts):
            between = (1 << after) - (2 << before)
            idle += (there & between).bit_count()
    return idle


def _changes(meetings: Sequence[Placed]) -> int:
    tables = [meeting.table for meeting in meetings if meeting.table is not None]
    return sum(1 for before, after in itertools.pairwise(tables) if before != after)
