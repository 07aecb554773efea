"""The independent verifier: reads a problem and its meetings, and says in sentences what is wrong. Shares nothing with
the solver.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from landbridge.algorithms.timetable.problem import Person, Placed, Problem, Wish


def violations(problem: Problem, placed: Iterable[Placed]) -> list[str]:
    """Every rule that these meetings break, as sentences; none is the proof that the timetable holds."""
    wishes = {wish.key: wish for wish in problem.wishes}
    people = {person.key: person for person in problem.people}
    known: list[tuple[Placed, Wish]] = []
    found: list[str] = []
    for meeting in placed:
        if meeting.wish not in wishes:
            found.append(f"Nobody wished for meeting {meeting.wish}.")
        elif not 0 <= meeting.slot < problem.slots:
            found.append(f"Wish {meeting.wish} is placed in slot {meeting.slot}, which does not exist.")
        else:
            known.append((meeting, wishes[meeting.wish]))
    found += _twice(known)
    for meeting, wish in known:
        found += _when(meeting, wish, people=people)
        found += _where(problem, meeting, wish, people=people)
    found += _too_many(known, people=people)
    found += _locks(problem, [meeting for meeting, _ in known])
    return found


def _twice(known: list[tuple[Placed, Wish]]) -> Iterator[str]:
    for wish, times in Counter(meeting.wish for meeting, _ in known).items():
        if times > 1:
            yield f"Wish {wish} is placed {times} times."
    busy = Counter((key, meeting.slot) for meeting, wish in known for key in (wish.first, wish.second))
    for (person, slot), times in busy.items():
        if times > 1:
            yield f"Person {person} has {times} meetings in slot {slot}."
    taken = Counter((meeting.table, meeting.slot) for meeting, _ in known if meeting.table is not None)
    for (table, slot), times in taken.items():
        if times > 1:
            yield f"Table {table} has {times} meetings in slot {slot}."


def _when(meeting: Placed, wish: Wish, *, people: dict[int, Person]) -> Iterator[str]:
    for key in (wish.first, wish.second):
        if meeting.slot not in people[key].slots:
            yield f"Person {key} is not there in slot {meeting.slot}."
    if wish.slots is not None and meeting.slot not in wish.slots:
        yield f"Wish {wish.key} does not allow slot {meeting.slot}."


def _where(problem: Problem, meeting: Placed, wish: Wish, *, people: dict[int, Person]) -> Iterator[str]:
    table = meeting.table
    if not wish.needs_table:
        if table is not None:
            yield f"Wish {wish.key} needs no table and has table {table}."
        return
    if table is None:
        yield f"Wish {wish.key} has no table."
        return
    if table not in problem.tables[meeting.slot]:
        yield f"Table {table} cannot be used in slot {meeting.slot}."
    both = (people[wish.first], people[wish.second])
    for person in both:
        if person.tables is not None and table not in person.tables:
            yield f"Person {person.key} cannot reach table {table}."
    stands = [person.stand for person in both if person.stand is not None]
    if stands and table not in stands:
        yield f"Wish {wish.key} is away from the stand of its people."
    if not stands and any(person.stand == table for person in problem.people):
        yield f"Wish {wish.key} is at the stand of somebody else."


def _too_many(known: list[tuple[Placed, Wish]], *, people: dict[int, Person]) -> Iterator[str]:
    meetings = Counter(key for _, wish in known for key in (wish.first, wish.second))
    for key, number in meetings.items():
        most = people[key].most
        if most is not None and number > most:
            yield f"Person {key} has {number} meetings and wants {most} at most."


def _locks(problem: Problem, placed: list[Placed]) -> Iterator[str]:
    where = {meeting.wish: meeting for meeting in placed}
    for lock in problem.locked:
        now = where.get(lock.wish)
        if now is None or now.slot != lock.slot or lock.table not in (None, now.table):
            yield f"Wish {lock.wish} is locked and is not where it was."
