"""What a timetable is made from: people with their slots, wishes with their weights, tables, and what is locked."""

from __future__ import annotations

from dataclasses import dataclass

HEAVIEST = 1_000_000  # a wish weighs at most this much, so that every sum stays exact


class Contradiction(ValueError):
    """The problem contradicts itself; the message is a sentence that says where."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who comes: the slots in which they are there, and how many meetings they want at most.

    `tables` are those they can reach (None: all). Who holds a `stand` meets there; nobody meets there without them.
    """

    key: int
    slots: tuple[int, ...]
    most: int | None = None
    tables: frozenset[int] | None = None
    stand: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """Two people who would meet, and how much that weighs. `slots` narrows when (None: whenever both are there)."""

    key: int
    first: int
    second: int
    weight: int
    is_mutual: bool = False
    needs_table: bool = True
    slots: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """One meeting of the timetable: a wish, its slot, and its table (None: it needs none)."""

    wish: int
    slot: int
    table: int | None


@dataclass(frozen=True, slots=True)
class Problem:
    """One event. `tables` are the keys of the tables that can be used in each slot; slots count from 0.

    `locked` meetings stay exactly where they are (one without a table stays in its slot). `parts` are the first slots of
    the parts of the day: waiting over a break is not waiting. `floor` is how many first meetings of a person come before weight.
    """

    slots: int
    tables: tuple[tuple[int, ...], ...]
    people: tuple[Person, ...]
    wishes: tuple[Wish, ...]
    locked: tuple[Placed, ...] = ()
    parts: tuple[int, ...] = (0,)
    floor: int = 3

    def __post_init__(self) -> None:
        """Refuse what contradicts itself."""
        from landbridge.algorithms.timetable.contradictions import contradictions  # it knows this module

        for sentence in contradictions(self):
            raise Contradiction(sentence)
