"""Versions of a timetable: where each has its meetings, and how one differs from another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from landbridge.events.models import Event
from landbridge.meetings.models import Placement, Run
from landbridge.meetings.queries.material import Pair, Standing, pair_of
from landbridge.meetings.states import RunKind, RunState


class Spot(NamedTuple):
    """A slot and a table (None: online)."""

    slot_id: int
    table_id: int | None


class Planned(NamedTuple):
    """One meeting as a version has it."""

    request_id: int
    pair: Pair
    spot: Spot
    is_locked: bool = False
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Changes:
    """What becomes of the meetings that stand: new ones, moved ones with where they go, cancelled ones."""

    added: tuple[Planned, ...] = ()
    moved: tuple[tuple[Standing, Spot], ...] = ()
    cancelled: tuple[Standing, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.moved or self.cancelled)

    @property
    def people(self) -> set[int]:
        """Everybody whose plan is another one."""
        pairs = [
            *(one.pair for one in self.added),
            *(meeting.pair for meeting, _ in self.moved),
            *(meeting.pair for meeting in self.cancelled),
        ]
        return {key for pair in pairs for key in pair}

    def as_json(self) -> dict[str, list[list[int | None]]]:
        """As a run keeps it: people, and the slots and tables before and after."""
        return {
            "added": [[*one.pair, *one.spot] for one in self.added],
            "moved": [[*one.pair, one.slot_id, one.table_id, *spot] for one, spot in self.moved],
            "cancelled": [[*one.pair, one.slot_id, one.table_id] for one in self.cancelled],
        }


def changes_to(standing: Iterable[Standing], wanted: Mapping[Pair, Planned]) -> Changes:
    """From the meetings that stand (those that may still change) to those that are wanted."""
    moved, cancelled, kept = [], [], set()
    for meeting in standing:
        target = wanted.get(meeting.pair)
        if target is None:
            cancelled.append(meeting)
            continue
        kept.add(meeting.pair)
        if target.spot != (meeting.slot_id, meeting.table_id):
            moved.append((meeting, target.spot))
    added = [one for pair, one in wanted.items() if pair not in kept]
    return Changes(added=tuple(added), moved=tuple(moved), cancelled=tuple(cancelled))


def planned_in(run: Run) -> list[Planned]:
    """What the rows of one version say: all of a plan, only the new and moved ones of a repair."""
    rows = run.placements.order_by("pk").values_list(
        "request_id", "first_id", "second_id", "slot_id", "table_id", "is_locked", "weight"
    )
    return [
        Planned(request, pair_of(first, second), Spot(slot, table), locked, weight)
        for request, first, second, slot, table, locked, weight in rows
    ]


def places_in(run: Run) -> dict[Pair, Spot]:
    """Where the whole timetable has its meetings in this version: the last plan below it, and each change since."""
    chain = _chain(run)
    rows = Placement.objects.filter(run__in=[one.pk for one in chain]).values_list(
        "run_id", "first_id", "second_id", "slot_id", "table_id"
    )
    of_run: dict[int, dict[Pair, Spot]] = {one.pk: {} for one in chain}
    for run_id, first, second, slot, table in rows:
        of_run[run_id][pair_of(first, second)] = Spot(slot, table)
    found: dict[Pair, Spot] = {}
    for one in reversed(chain):
        if one.kind != RunKind.PLAN:
            for first, second, *_ in one.difference.get("cancelled", []):
                found.pop(pair_of(first, second), None)
        found.update(of_run[one.pk])
    return found


def _chain(run: Run) -> list[Run]:
    """This version and those below it down to the last plan, the newest first."""
    earlier = Run.objects.filter(event=run.event_id, number__lt=run.number).defer("inputs", "statistics")
    by_key: dict[int, Run] | None = None
    chain = [run]
    while chain[-1].kind != RunKind.PLAN and chain[-1].previous_id is not None:
        if by_key is None:
            by_key = {one.pk: one for one in earlier}
        chain.append(by_key[chain[-1].previous_id])
    return chain


def since_the_plan(run: Run) -> tuple[Run, set[Pair]]:
    """The last plan below a version (or itself), and the pairs whose meeting was cancelled by a change since."""
    chain = _chain(run)
    rows = [row for one in chain if one.kind != RunKind.PLAN for row in one.difference.get("cancelled", [])]
    return chain[-1], {pair_of(first, second) for first, second, *_ in rows}


@dataclass(frozen=True, slots=True)
class Difference:
    """How one version differs from another, in numbers."""

    added: int
    moved: int
    cancelled: int
    people: int
    same: int


def difference_between(before: Mapping[Pair, Spot], after: Mapping[Pair, Spot]) -> Difference:
    """Counted pair by pair; `people` are those whose plan differs."""
    added = [pair for pair in after if pair not in before]
    cancelled = [pair for pair in before if pair not in after]
    moved = [pair for pair in after if pair in before and after[pair] != before[pair]]
    return Difference(
        added=len(added),
        moved=len(moved),
        cancelled=len(cancelled),
        people=len({key for pair in (*added, *cancelled, *moved) for key in pair}),
        same=len(after) - len(added) - len(moved),
    )


def difference_of(run: Run) -> Difference | None:
    """How a version differs from the meetings that stood when it was finished; None where there were none."""
    found: dict[str, list[list[Any]]] = run.difference
    if not found:
        return None
    rows = [*found["added"], *found["moved"], *found["cancelled"]]
    return Difference(
        added=len(found["added"]),
        moved=len(found["moved"]),
        cancelled=len(found["cancelled"]),
        people=len({key for row in rows for key in row[:2]}),
        same=0,
    )


def published_run(event: Event) -> Run | None:
    """The version that holds."""
    return Run.objects.filter(event=event, state=RunState.PUBLISHED).defer("inputs").first()


def unfinished_run(event: Event) -> Run | None:
    """The version that is being computed, or waits to be."""
    rows = Run.objects.filter(event=event, state__in=[RunState.QUEUED, RunState.RUNNING])
    return rows.defer("inputs").first()


def newest_number(event: Event) -> int:
    """The number of the newest version that was not a failure; 0 where there is none."""
    rows = Run.objects.filter(event=event).exclude(state=RunState.FAILED)
    return rows.order_by("-number").values_list("number", flat=True).first() or 0
