"""What makes a problem impossible to take seriously: sentences for whoever put it together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from landbridge.algorithms.timetable.problem import HEAVIEST, Person, Problem
from landbridge.algorithms.timetable.verify import violations


def contradictions(problem: Problem) -> Iterator[str]:
    """What contradicts itself, the simplest first; whoever reads on after the first has been warned."""
    yield from _frame(problem)
    yield from _repeated("Person", (person.key for person in problem.people))
    yield from _repeated("Wish", (wish.key for wish in problem.wishes))
    for person in problem.people:
        yield from _person(person, slots=problem.slots)
    yield from _wishes(problem)
    yield from _locks(problem)


def _frame(problem: Problem) -> Iterator[str]:
    if problem.slots < 0:
        yield "There cannot be fewer than no slots."
    if len(problem.tables) != problem.slots:
        yield f"There are {problem.slots} slots, but tables for {len(problem.tables)}."
    if problem.floor < 0:
        yield "The floor cannot be below no meetings."
    for slot, tables in enumerate(problem.tables):
        yield from _repeated(f"In slot {slot}, table", tables)
    for part in problem.parts:
        if not 0 <= part < max(1, problem.slots):
            yield f"A part of the day begins in slot {part}, which does not exist."


def _repeated(what: str, keys: Iterable[int]) -> Iterator[str]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield f"{what} {key} is named {times} times."


def _person(person: Person, *, slots: int) -> Iterator[str]:
    for slot in person.slots:
        if not 0 <= slot < slots:
            yield f"Person {person.key} is there in slot {slot}, which does not exist."
    if person.most is not None and person.most < 0:
        yield f"Person {person.key} wants fewer than no meetings."
    if person.stand is not None and person.tables is not None and person.stand not in person.tables:
        yield f"Person {person.key} holds stand {person.stand} and cannot reach it."


def _wishes(problem: Problem) -> Iterator[str]:
    known = {person.key for person in problem.people}
    for wish in problem.wishes:
        for key in (wish.first, wish.second):
            if key not in known:
                yield f"Wish {wish.key} is for person {key}, who does not come."
        if wish.first == wish.second:
            yield f"In wish {wish.key} person {wish.first} would meet alone."
        if not 0 < wish.weight <= HEAVIEST:
            yield f"Wish {wish.key} weighs {wish.weight}; weights go from 1 to {HEAVIEST}."
        for slot in wish.slots or ():
            if not 0 <= slot < problem.slots:
                yield f"Wish {wish.key} allows slot {slot}, which does not exist."


def _locks(problem: Problem) -> Iterator[str]:
    """A lock without a table is checked for all but its table."""
    wishes = {wish.key: wish for wish in problem.wishes}
    for sentence in violations(problem, problem.locked):
        if not sentence.endswith(" has no table."):
            yield f"The locked meetings contradict the rest: {sentence}"
    open_ended = Counter(
        lock.slot
        for lock in problem.locked
        if lock.wish in wishes and wishes[lock.wish].needs_table and 0 <= lock.slot < problem.slots
    )
    for slot, number in open_ended.items():
        if number > len(problem.tables[slot]):
            tables = len(problem.tables[slot])
            yield f"In slot {slot} more meetings are locked than there are tables: {number} and {tables}."
