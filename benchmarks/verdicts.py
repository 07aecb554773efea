"""What a timetable is worth, judged without the code that made it: broken rules, the bound, what people get from it.

Written from the rules alone, so that a mistake of `landbridge.algorithms.timetable` is not made twice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from landbridge.algorithms.timetable import Person, Placed, Problem, Wish


@dataclass(frozen=True, slots=True)
class Verdict:
    """One timetable. `nobody` could have a meeting and has none; `fewer` than three, or than they could have."""

    weight: int
    meetings: int
    mutual: int
    nobody: int
    fewer: int
    idle: int
    changes: int
    broken: tuple[str, ...]


class Rules:
    """What may be: who is there when, which tables a wish may have."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.people = {person.key: person for person in problem.people}
        self.wishes = {wish.key: wish for wish in problem.wishes}
        self.stands = {person.stand for person in problem.people if person.stand is not None}

    def both(self, wish: Wish) -> tuple[Person, Person]:
        """The two people of a wish."""
        return self.people[wish.first], self.people[wish.second]

    def together(self, wish: Wish) -> set[int]:
        """The slots in which both are there and which the wish allows."""
        one, other = self.both(wish)
        slots = set(one.slots) & set(other.slots)
        return slots if wish.slots is None else slots & set(wish.slots)

    def may_have(self, wish: Wish, table: int) -> bool:
        """Whether both reach this table, and whether it is nobody else's."""
        both = self.both(wish)
        own = [one.stand for one in both if one.stand is not None]
        reached = all(one.tables is None or table in one.tables for one in both)
        return reached and (table in own if own else table not in self.stands)

    def could_be(self, wish: Wish) -> set[int]:
        """The slots in which there is a table for them as well."""
        if not all(map(most, self.both(wish))):
            return set()
        return {
            slot
            for slot in self.together(wish)
            if not wish.needs_table or any(self.may_have(wish, table) for table in self.problem.tables[slot])
        }

    def possible(self) -> dict[int, int]:
        """How many meetings each person could have if nobody else met: wishes, slots and what they want at most."""
        met: Counter[int] = Counter()
        when: defaultdict[int, set[int]] = defaultdict(set)
        for wish in self.problem.wishes:
            slots = self.could_be(wish)
            for one in self.both(wish):
                met[one.key] += bool(slots)
                when[one.key] |= slots
        return {key: min(met[key], len(when[key]), most(one)) for key, one in self.people.items()}

    def agendas(self, placed: Iterable[Placed]) -> Mapping[int, list[Placed]]:
        """Everybody's meetings, by slot."""
        days: defaultdict[int, list[Placed]] = defaultdict(list)
        for one in sorted(placed, key=lambda one: one.slot):
            for person in self.both(self.wishes[one.wish]):
                days[person.key].append(one)
        return days

    def broken(self, placed: Sequence[Placed]) -> Iterator[str]:
        """Every rule that a timetable breaks, as a sentence."""
        uses: Counter[tuple[str, int | None, int]] = Counter()
        meetings: Counter[int] = Counter()
        for one in placed:
            wish = self.wishes[one.wish]
            if one.slot not in self.together(wish):
                yield f"{one}: not both are there."
            elif wish.needs_table != (one.table is not None):
                yield f"{one}: a table too many, or none."
            elif one.table is not None and not self._usable(wish, one.table, slot=one.slot):
                yield f"{one}: not a table that they may have."
            for person in self.both(wish):
                uses["person", person.key, one.slot] += 1
                meetings[person.key] += 1
            uses["table", one.table, one.slot] += one.table is not None
            uses["wish", one.wish, 0] += 1
        yield from (f"{use}: {times} times." for use, times in uses.items() if times > 1)
        for key, number in meetings.items():
            if number > most(self.people[key]):
                yield f"Person {key}: {number} meetings."
        where = {one.wish: one for one in placed}
        for lock in self.problem.locked:
            now = where.get(lock.wish)
            if now is None or now.slot != lock.slot or lock.table not in (None, now.table):
                yield f"{lock}: locked, and moved."

    def _usable(self, wish: Wish, table: int, *, slot: int) -> bool:
        return table in self.problem.tables[slot] and self.may_have(wish, table)


def most(person: Person) -> int:
    """How many meetings somebody can have at most."""
    return len(person.slots) if person.most is None else min(person.most, len(person.slots))


def verdict(problem: Problem, placed: Sequence[Placed]) -> Verdict:
    """The figures of a timetable."""
    rules = Rules(problem)
    chosen = [rules.wishes[one.wish] for one in placed]
    has = Counter(key for wish in chosen for key in (wish.first, wish.second))
    could = rules.possible()
    days = rules.agendas(placed)
    return Verdict(
        weight=sum(wish.weight for wish in chosen),
        meetings=len(chosen),
        mutual=sum(wish.is_mutual for wish in chosen),
        nobody=sum(1 for key, number in could.items() if number and not has[key]),
        fewer=sum(1 for key, number in could.items() if has[key] < min(3, number)),
        idle=sum(_idle(day, person, parts=problem.parts) for person, day in _days(rules, days)),
        changes=sum(_changes(day) for day in days.values()),
        broken=tuple(rules.broken(placed)),
    )


def _days(rules: Rules, days: Mapping[int, list[Placed]]) -> Iterator[tuple[Person, list[Placed]]]:
    return ((rules.people[key], day) for key, day in days.items())


def _idle(day: Sequence[Placed], person: Person, *, parts: Sequence[int]) -> int:
    """Free slots between two meetings of the same part of the day in which this person is there."""
    return sum(
        sum(1 for slot in person.slots if one.slot < slot < other.slot)
        for one, other in pairwise(day)
        if bisect_right(sorted(parts), one.slot) == bisect_right(sorted(parts), other.slot)
    )


def _changes(day: Sequence[Placed]) -> int:
    tables = [one.table for one in day if one.table is not None]
    return sum(1 for one, other in pairwise(tables) if one != other)


def bound(problem: Problem) -> float:
    """No timetable weighs more: fractions of wishes, so many to a person as they can have, to all as there are tables."""
    import highspy  # only where a bound is asked for: it is large

    rules = Rules(problem)
    wishes = [wish for wish in problem.wishes if rules.could_be(wish)]
    if not wishes:
        return 0.0
    program = highspy.Highs()  # type: ignore[no-untyped-call]
    program.silent()
    held: defaultdict[int, list[int]] = defaultdict(list)
    for column, wish in enumerate(wishes):
        program.addVar(0.0, 1.0)
        program.changeColCost(column, -float(wish.weight))
        for one in rules.both(wish):
            held[one.key].append(column)
    rows = [(most(rules.people[key]), columns) for key, columns in held.items()]
    rows.append(
        (
            sum(map(len, problem.tables)),
            [column for column, wish in enumerate(wishes) if wish.needs_table],
        )
    )
    for number, columns in rows:
        program.addRow(-highspy.kHighsInf, float(number), len(columns), columns, [1.0] * len(columns))
    program.run()
    return -float(program.getInfo().objective_function_value)
