"""What a desk is made of: tasks of one's own, sorted by deadline, and what waits for others meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from landbridge.foundation.ui.parts import Event, Task

MOST = 25  # of one kind; the list behind it shows the rest
FAR = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Tile:
    """One number at a glance, with the list behind it."""

    figure: str
    label: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """One desk: what waits for me, what I wait for, numbers at a glance, and for auditors what happened lately."""

    tasks: list[Task] = field(default_factory=list)
    watched: list[Task] = field(default_factory=list)
    tiles: list[Tile] = field(default_factory=list)
    lately: list[Event] = field(default_factory=list)


def by_deadline(tasks: Iterable[Task]) -> list[Task]:
    """What is due first on top; what has no deadline last, in the order in which it came."""
    return sorted(tasks, key=lambda task: _moment(task.until))


def _moment(until: dt.datetime | dt.date | None) -> dt.datetime:
    if until is None:
        return FAR
    if isinstance(until, dt.datetime):
        return until
    return dt.datetime.combine(until, dt.time(23, 59, 59), tzinfo=dt.UTC)
