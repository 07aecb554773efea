"""Why a wish has no meeting, read from the timetable as it is."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.algorithms.timetable.board import Board
from landbridge.algorithms.timetable.event import NOBODY, bits
from landbridge.algorithms.timetable.results import Unplaced, Why


def unplaced(board: Board, *, otherwise: Why = Why.CROWDED_OUT) -> tuple[Unplaced, ...]:
    """Every wish without a meeting, with what stands in its way; `otherwise` for those that only cost too much."""
    return tuple(
        _reason(board, wish, otherwise=otherwise) for wish, slot in enumerate(board.slot) if slot == NOBODY
    )


def _reason(board: Board, wish: int, *, otherwise: Why) -> Unplaced:
    event = board.event
    both = (event.first[wish], event.second[wish])
    if not event.common[wish]:
        absent = [person for person in both if not event.there[person]]
        return _because(board, wish, Why.NO_COMMON_SLOT, absent or list(both))
    if not event.with_table[wish]:
        return _because(board, wish, Why.NO_COMMON_TABLE, both)
    if not event.may[wish]:
        return _because(board, wish, Why.BLOCKED_BY_LOCK, both)
    full = [person for person in both if _is_full(board, person)]
    if full:
        return _because(board, wish, Why.PERSON_FULL, full)
    free = event.may[wish] & board.free[both[0]] & board.free[both[1]]
    if free and not board.with_table(wish, free):
        return _because(board, wish, Why.TABLES_FULL, ())
    if free:
        return _because(board, wish, Why.NOT_MOVED, ())
    if all(sum(_in_the_way(board, wish, slot)) >= event.weight[wish] for slot in bits(event.may[wish])):
        return _because(board, wish, Why.OUTWEIGHED, both)
    return _because(board, wish, otherwise, both)


def _is_full(board: Board, person: int) -> bool:
    """Whether somebody has as many meetings as they want, or no free slot."""
    return board.room[person] <= 0 or not board.free[person]


def _in_the_way(board: Board, wish: int, slot: int) -> Iterator[int]:
    """The weights of the meetings that the two have in this slot."""
    event = board.event
    for person in (event.first[wish], event.second[wish]):
        meeting = board.at[person][slot]
        if meeting != NOBODY:
            yield event.weight[meeting]


def _because(board: Board, wish: int, why: Why, who: list[int] | tuple[int, ...]) -> Unplaced:
    event = board.event
    return Unplaced(
        wish=event.wishes[wish].key,
        why=why,
        who=tuple(event.people[person].key for person in who),
        meetings=tuple(board.degree[person] for person in who),
        most=tuple(
            board.degree[person] + max(0, min(board.room[person], board.free[person].bit_count()))
            for person in who
        ),
    )
