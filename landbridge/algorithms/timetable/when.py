"""Whom first: slot after slot, the scarcest first, the matching in which those meet who can wait least."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import rustworkx

from landbridge.algorithms.timetable.board import Board
from landbridge.algorithms.timetable.event import NOBODY

SCALE = 1_000_000
URGENT = 6  # the power with which a person's need, meetings over slots left, counts
NUDGE = 30  # bits of chance that leave one best matching only, whoever computes it


def lay(board: Board, chosen: Sequence[int], *, chance: Random) -> None:
    """Put the chosen wishes on the board, as many as find a place."""
    event = board.event
    waiting = {wish for wish in chosen if board.slot[wish] == NOBODY}
    need = [0] * len(event.people)
    for wish in waiting:
        need[event.first[wish]] += 1
        need[event.second[wish]] += 1
    possible = [sum(event.may[wish] >> slot & 1 for wish in waiting) for slot in range(event.slots)]
    left = (1 << event.slots) - 1
    order = sorted(range(event.slots), key=lambda slot: (possible[slot], slot))
    for slot in order:
        for wish in _matching(board, sorted(waiting), slot, left=left, need=need, chance=chance):
            if board.ways(wish) >> slot & 1:
                board.put(wish, slot)
                waiting.discard(wish)
                need[event.first[wish]] -= 1
                need[event.second[wish]] -= 1
        left &= ~(1 << slot)


def _matching(
    board: Board, waiting: Sequence[int], slot: int, *, left: int, need: Sequence[int], chance: Random
) -> list[int]:
    """The wishes to place in this slot, the most urgent first."""
    event = board.event
    urgency = [
        SCALE * need[person] ** URGENT // (free & left).bit_count() ** URGENT if free >> slot & 1 else 0
        for person, free in enumerate(board.free)
    ]
    worth: dict[int, int] = {}
    for wish in waiting:
        if event.may[wish] >> slot & 1:
            last_chances = SCALE // (event.may[wish] & left).bit_count()
            matters = 3 * SCALE * event.weight[wish] // (10 * event.heaviest)
            value = urgency[event.first[wish]] + urgency[event.second[wish]] + last_chances + matters
            worth[wish] = (value << NUDGE) + chance.getrandbits(NUDGE)
    wishes: dict[tuple[int, int], int] = {}
    for wish in sorted(worth, key=lambda wish: worth[wish]):
        one, other = event.first[wish], event.second[wish]
        wishes[min(one, other), max(one, other)] = wish
    graph: rustworkx.PyGraph[None, int] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * len(event.people))
    graph.add_edges_from([(one, other, worth[wish]) for (one, other), wish in wishes.items()])
    matched = rustworkx.max_weight_matching(graph, max_cardinality=False, weight_fn=int)
    found = [wishes[min(pair), max(pair)] for pair in matched]
    return sorted(found, key=lambda wish: -worth[wish])
