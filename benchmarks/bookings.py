"""How meetings are fixed elsewhere: people book one another, or the organiser goes through a list.

Each way takes the first slot in which both are free and a table is; they differ in whose turn it is.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from benchmarks.gatherings import Gathering
from benchmarks.verdicts import Rules, most
from landbridge.algorithms.timetable import Placed, Problem, Wish

PENDING = 0.33  # a request waits for its answer while this share of all requests is sent, on average


class Book:
    """Who is free when, and which tables are."""

    def __init__(self, problem: Problem, placed: Iterable[Placed] = ()) -> None:
        self.rules = Rules(problem)
        self.placed: dict[int, Placed] = {}
        self.busy: set[tuple[int, int]] = set()
        self.taken: set[tuple[int, int]] = set()
        self.number: Counter[int] = Counter()
        for one in (*problem.locked, *placed):
            self._add(self.rules.wishes[one.wish], one)

    def first(self, wish: Wish, order: Callable[[int], tuple[int, int]] | None = None) -> Placed | None:
        """The first slot and table that this wish could have, or the first by another order."""
        both = self.rules.both(wish)
        if wish.key in self.placed or any(self.number[one.key] >= most(one) for one in both):
            return None
        for slot in sorted(self.rules.together(wish), key=order):
            if any((one.key, slot) in self.busy for one in both):
                continue
            if not wish.needs_table:
                return Placed(wish.key, slot, None)
            for table in self.rules.problem.tables[slot]:
                if (table, slot) not in self.taken and self.rules.may_have(wish, table):
                    return Placed(wish.key, slot, table)
        return None

    def place(self, wish: Wish, order: Callable[[int], tuple[int, int]] | None = None) -> bool:
        """Give this wish the first slot and table that it could have; whether there was one."""
        found = self.first(wish, order)
        if found is not None:
            self._add(wish, found)
        return found is not None

    def _add(self, wish: Wish, one: Placed) -> None:
        if wish.key in self.placed:
            return
        self.placed[wish.key] = one
        for key in (wish.first, wish.second):
            self.busy.add((key, one.slot))
            self.number[key] += 1
        if one.table is not None:
            self.taken.add((one.table, one.slot))

    def release(self, wish: Wish) -> None:
        """Give slot and table back."""
        one = self.placed.pop(wish.key)
        for key in (wish.first, wish.second):
            self.busy.discard((key, one.slot))
            self.number[key] -= 1
        if one.table is not None:
            self.taken.discard((one.table, one.slot))


def in_turn(problem: Problem, wishes: Iterable[Wish], placed: Iterable[Placed] = ()) -> list[Placed]:
    """One wish after the other, each in the first slot that is free."""
    book = Book(problem, placed)
    for wish in wishes:
        book.place(wish)
    return list(book.placed.values())


def first_come(event: Gathering) -> list[Placed]:
    """People book for themselves, in the order in which requests are accepted."""
    return in_turn(event.problem, event.problem.wishes)


def keen_first(event: Gathering) -> list[Placed]:
    """The same, but those who both want to meet book first."""
    return in_turn(event.problem, sorted(event.problem.wishes, key=lambda wish: not wish.is_mutual))


def batch(event: Gathering) -> list[Placed]:
    """The organiser has all accepted requests and goes through them, the heaviest first."""
    return in_turn(event.problem, by_weight(event.problem))


def by_weight(problem: Problem) -> list[Wish]:
    """The heaviest first; those that weigh the same as they came."""
    return sorted(problem.wishes, key=lambda wish: -wish.weight)


def careful_batch(event: Gathering) -> list[Placed]:
    """The same organiser takes, of the slots both have, the one which fewest of their other partners could use."""
    book = Book(event.problem)
    partners: defaultdict[int, list[int]] = defaultdict(list)
    for wish in event.problem.wishes:
        partners[wish.first].append(wish.second)
        partners[wish.second].append(wish.first)
    there = {person.key: frozenset(person.slots) for person in event.problem.people}

    def wanted(wish: Wish) -> Callable[[int], tuple[int, int]]:
        around = partners[wish.first] + partners[wish.second]
        return lambda slot: (
            sum(1 for key in around if slot in there[key] and (key, slot) not in book.busy),
            slot,
        )

    for wish in by_weight(event.problem):
        book.place(wish, wanted(wish))
    return list(book.placed.values())


def held_while_pending(event: Gathering, *, seed: int) -> list[Placed]:
    """A request takes the first free slot of both when it is sent, and keeps it until it is answered.

    Requests that are declined are among them. Which finds no slot cannot be sent. Of a mutual pair the first is sent,
    and the other's own is its acceptance.
    """
    chance = random.Random(seed)
    after = max((wish.key for wish in event.problem.wishes), default=-1) + 1
    refused = [
        Wish(key=after + place, first=one, second=other, weight=1)
        for place, (one, other) in enumerate(event.declined)
    ]
    sent: Sequence[Wish] = [*event.problem.wishes, *refused]
    sent = chance.sample(sent, len(sent))
    book = Book(event.problem)
    answers: defaultdict[int, list[Wish]] = defaultdict(list)
    for moment, wish in enumerate(sent):
        for declined in answers.pop(moment, ()):
            book.release(declined)
        if book.place(wish) and wish.key >= after:
            wait = 1 + int(chance.expovariate(1 / max(1.0, PENDING * len(sent))))
            answers[moment + wait].append(wish)
    return [one for key, one in book.placed.items() if key < after]


WAYS: Mapping[str, Callable[[Gathering], list[Placed]]] = {
    "first come first served": first_come,
    "slots held while pending": lambda event: held_while_pending(event, seed=1),
    "keen pairs first": keen_first,
    "organiser's batch": batch,
    "batch, least wanted slot": careful_batch,
}
