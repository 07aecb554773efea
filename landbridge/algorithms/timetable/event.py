"""A problem in numbers: people, wishes and tables counted from 0 in the order of their keys, slots and tables as bits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from landbridge.algorithms.timetable.problem import Placed, Problem

NOBODY = -1  # no meeting, no slot, no table
LEVELS = (400, 60, 10)  # how many of the heaviest wish the first, second and third meeting of a person count


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def mask_of(numbers: Iterable[int]) -> int:
    """These numbers as bits."""
    mask = 0
    for number in numbers:
        mask |= 1 << number
    return mask


class Event:
    """What the solver reads; it never changes. `pinned` meetings stay where they are, and their tables are out of play."""

    def __init__(
        self, problem: Problem, *, pinned: tuple[Placed, ...] | None = None, from_slot: int = 0
    ) -> None:
        self.problem = problem
        self.slots = problem.slots
        self.people = sorted(problem.people, key=lambda person: person.key)
        self.wishes = sorted(problem.wishes, key=lambda wish: wish.key)
        self.person_at = {person.key: number for number, person in enumerate(self.people)}
        self.wish_at = {wish.key: number for number, wish in enumerate(self.wishes)}
        past = (1 << from_slot) - 1
        self.there = [mask_of(person.slots) & ~past for person in self.people]
        self.most = [problem.slots if person.most is None else person.most for person in self.people]
        self.first = [self.person_at[wish.first] for wish in self.wishes]
        self.second = [self.person_at[wish.second] for wish in self.wishes]
        self.weight = [wish.weight for wish in self.wishes]
        self.needs = [wish.needs_table for wish in self.wishes]
        self.pinned = {self.wish_at[one.wish]: one for one in (problem.locked if pinned is None else pinned)}
        self._tables()
        self._times()
        self.wishes_of: list[list[int]] = [[] for _ in self.people]
        for wish in range(len(self.wishes)):
            if self.may[wish]:
                self.wishes_of[self.first[wish]].append(wish)
                self.wishes_of[self.second[wish]].append(wish)
        self.possible = [self._possible(person) for person in range(len(self.people))]
        self.heaviest = max(self.weight, default=1)
        self.bonus = self._bonus()

    def _tables(self) -> None:
        """Which tables can be used when, and by which wish."""
        keys = sorted({table for tables in self.problem.tables for table in tables})
        self.table_keys = keys
        self.table_at = {key: number for number, key in enumerate(keys)}
        self.usable = [mask_of(self.table_at[key] for key in tables) for tables in self.problem.tables]
        self._all_tables = list(self.usable)
        for wish, one in self.pinned.items():
            if one.table is not None:
                self.needs[wish] = False
                if one.table in self.table_at:
                    self.usable[one.slot] &= ~(1 << self.table_at[one.table])
        every = (1 << len(keys)) - 1
        stands = [self._tables_among((one.stand,)) for one in self.people]
        reach = [every if one.tables is None else self._tables_among(one.tables) for one in self.people]
        nobody_s = every
        for stand in stands:
            nobody_s &= ~stand
        self.at_tables: list[int] = []
        for first, second in zip(self.first, self.second, strict=True):
            hold = self.people[first].stand is not None or self.people[second].stand is not None
            place = stands[first] | stands[second] if hold else nobody_s
            self.at_tables.append(reach[first] & reach[second] & place)
        self.is_plain = all(
            tables == every for tables, needs in zip(self.at_tables, self.needs, strict=True) if needs
        )

    def _tables_among(self, keys: Iterable[int | None]) -> int:
        return mask_of(self.table_at[key] for key in keys if key in self.table_at)

    def _times(self) -> None:
        """When each meeting can be: when both are there, and there is a table, and nothing pinned stands in the way."""
        busy = [0] * len(self.people)
        for pinned, one in self.pinned.items():
            busy[self.first[pinned]] |= 1 << one.slot
            busy[self.second[pinned]] |= 1 << one.slot
        self.common: list[int] = []
        self.with_table: list[int] = []
        self.may: list[int] = []
        for number, wish in enumerate(self.wishes):
            first, second = self.first[number], self.second[number]
            common = self.there[first] & self.there[second]
            if wish.slots is not None:
                common &= mask_of(wish.slots)
            tables, with_table, left = self.at_tables[number], common, common
            if self.needs[number]:
                with_table = mask_of(slot for slot in bits(common) if self._all_tables[slot] & tables)
                left = mask_of(slot for slot in bits(with_table) if self.usable[slot] & tables)
            self.common.append(common)
            self.with_table.append(with_table)
            lock = self.pinned.get(number)
            self.may.append(1 << lock.slot if lock else left & ~busy[first] & ~busy[second])

    def _possible(self, person: int) -> int:
        """How many meetings somebody can have at most: by their wishes, the slots of these, and their own limit."""
        slots = 0
        for wish in self.wishes_of[person]:
            slots |= self.may[wish]
        return min(len(self.wishes_of[person]), slots.bit_count(), self.most[person])

    def _bonus(self) -> list[int]:
        """What a person's next meeting counts beside its weight, after so many: the floor."""
        levels = [LEVELS[min(level, len(LEVELS) - 1)] for level in range(self.problem.floor)]
        return [level * self.heaviest for level in levels] + [0] * (self.slots + 2)
