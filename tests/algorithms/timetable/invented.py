"""Invented events for the timetable: tiny ones in every shape, and crowds as they come to real events."""

from __future__ import annotations

from random import Random

from landbridge.algorithms.timetable import Person, Placed, Problem, Wish


def tiny(seed, *, special=True, floor=None):
    """A tiny event; a `special` one has limits, stands, reach, online meetings and narrow wishes."""
    chance = Random(seed)

    def rarely(value, otherwise=None):
        return value if special and chance.random() < 0.3 else otherwise

    def some(numbers, share):
        return tuple(number for number in numbers if chance.random() < share)

    slots, tables = chance.randint(1, 3), chance.randint(1, 3)
    people = [
        Person(
            key=10 + number,
            slots=some(range(slots), 0.8),
            most=rarely(chance.randint(0, 2)),
            tables=rarely(frozenset(some(range(tables), 0.7))),
        )
        for number in range(chance.randint(2, 6))
    ]
    if rarely(value=True):
        people[0] = Person(10, people[0].slots, stand=chance.randrange(tables))
    wishes = []
    for number in range(chance.randint(2, 6)):
        one, other = chance.sample(people, 2)
        wishes.append(
            Wish(
                key=100 + number,
                first=one.key,
                second=other.key,
                weight=chance.randint(1, 5),
                is_mutual=chance.random() < 0.5,
                needs_table=not rarely(value=True),
                slots=rarely(some(range(slots), 0.7)),
            )
        )
    return Problem(
        slots=slots,
        tables=tuple(some(range(tables), 0.85) for _ in range(slots)),
        people=tuple(people),
        wishes=tuple(wishes),
        parts=(0, slots // 2),
        floor=chance.randint(0, 3) if floor is None else floor,
    )


def crowd(people, *, slots=8, tables=None, seed=1, floor=3, per=5):
    """An event of people some of whom are asked for by many; each is away for a third of it."""
    chance = Random(seed)
    wanted = {}
    for number in range(people * per):
        one, other = int(people * chance.random()), int(people * chance.random() ** 2)
        if one != other:
            wanted.setdefault(
                (min(one, other), max(one, other)), Wish(number, one, other, 1 + number % 3, number % 7 == 0)
            )
    return Problem(
        slots=slots,
        tables=tuple(tuple(range(tables or people)) for _ in range(slots)),
        people=tuple(
            Person(number, tuple(slot for slot in range(slots) if chance.random() > 0.3))
            for number in range(people)
        ),
        wishes=tuple(wanted.values()),
        floor=floor,
    )


def exhaustive(problem, worth):
    """The most that any timetable of a tiny problem is worth, by trying every one; no code of the solver."""
    people = {person.key: person for person in problem.people}
    ways = [list(_ways(problem, wish, people)) for wish in problem.wishes]
    chosen, busy, meetings = [], set(), dict.fromkeys(people, 0)

    def best_from(number):
        if number == len(problem.wishes):
            return worth(chosen)
        wish = problem.wishes[number]
        both = (wish.first, wish.second)
        best = best_from(number + 1)
        if any(people[key].most is not None and meetings[key] >= people[key].most for key in both):
            return best
        for slot, table in ways[number]:
            taken = {("person", key, slot) for key in both}
            taken |= {("table", table, slot)} if wish.needs_table else set()
            if not busy & taken:
                busy.update(taken)
                meetings.update({key: meetings[key] + 1 for key in both})
                chosen.append(Placed(wish.key, slot, table))
                best = max(best, best_from(number + 1))
                chosen.pop()
                meetings.update({key: meetings[key] - 1 for key in both})
                busy.difference_update(taken)
        return best

    return best_from(0)


def _ways(problem, wish, people):
    both = (people[wish.first], people[wish.second])
    stands = {person.stand for person in problem.people} - {None}
    held = {person.stand for person in both} - {None}
    slots = set(both[0].slots) & set(both[1].slots)
    slots &= set(range(problem.slots) if wish.slots is None else wish.slots)
    for slot in sorted(slots):
        if not wish.needs_table:
            yield slot, None
            continue
        for table in problem.tables[slot]:
            is_right = table in held if held else table not in stands
            if is_right and all(person.tables is None or table in person.tables for person in both):
                yield slot, table


def worths(problem):
    """How much meetings weigh, and how they serve people: how many have a first, a second, a third one."""
    wishes = {wish.key: wish for wish in problem.wishes}

    def weight(placed):
        return sum(wishes[meeting.wish].weight for meeting in placed)

    def served(placed):
        has = dict.fromkeys((person.key for person in problem.people), 0)
        for meeting in placed:
            has[wishes[meeting.wish].first] += 1
            has[wishes[meeting.wish].second] += 1
        return [sum(number >= level for number in has.values()) for level in range(1, problem.floor + 1)]

    return weight, served
