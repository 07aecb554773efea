"""A board on which everybody keeps their table: what a repair works on. Every step can be taken back."""

from __future__ import annotations

from collections.abc import Mapping

from landbridge.algorithms.timetable.board import Board
from landbridge.algorithms.timetable.event import NOBODY, Event, bits
from landbridge.algorithms.timetable.problem import Placed


class SeatedBoard(Board):
    """Meetings in their slots and at their tables. Whoever comes takes a free table; nobody sits elsewhere for them."""

    def __init__(self, event: Event, *, before: Mapping[int, Placed]) -> None:
        event.is_plain = False
        self.before = {event.wish_at[key]: meeting for key, meeting in before.items()}
        self.steps: list[tuple[int, int, int]] = []  # a wish, and the slot and table it had before the step
        super().__init__(event)
        self.steps.clear()

    def lay(self) -> None:
        """Everybody where they were; then those whose table is lost, at another one in their slot."""
        lost = []
        for wish, meeting in sorted(self.before.items(), key=lambda item: (item[1].slot, item[0])):
            if self.slot[wish] == NOBODY:
                if self.event.needs[wish] and not self._free_tables(wish, meeting.slot) & self._own(wish):
                    lost.append(wish)
                elif self.ways(wish) >> meeting.slot & 1:
                    self.put(wish, meeting.slot)
        for wish in lost:
            slot = self.before[wish].slot
            if self.ways(wish) >> slot & 1:
                self.put(wish, slot)
        self.steps.clear()

    def put(self, wish: int, slot: int) -> None:
        """Place a meeting, at the table where it was before if that is free."""
        self.steps.append((wish, NOBODY, NOBODY))
        super().put(wish, slot)

    def take(self, wish: int) -> int:
        """Take a meeting off; its table is free."""
        slot, table = self.slot[wish], self.seat.get(wish, NOBODY)
        self.steps.append((wish, slot, table))
        return super().take(wish)

    def back_to(self, number: int) -> None:
        """Take back every step after the first so many."""
        while len(self.steps) > number:
            wish, slot, table = self.steps.pop()
            if slot == NOBODY:
                self.take(wish)
            else:
                self.put(wish, slot)
                if table != NOBODY:
                    self._sit(wish, slot, table)
            self.steps.pop()

    def is_published(self, wish: int) -> bool:
        """Whether this meeting is where people were told it is; what is new, or has moved already, is not."""
        meeting = self.before.get(wish)
        return meeting is not None and meeting.slot == self.slot[wish]

    def gain(self, wish: int) -> int:
        """What this meeting would bring now, with the floor."""
        event, degree = self.event, self.degree
        return (
            event.weight[wish]
            + event.bonus[degree[event.first[wish]]]
            + event.bonus[degree[event.second[wish]]]
        )

    def best(self, wish: int, ways: int) -> int:
        """Of these slots the one that leaves the two with the fewest holes; the one it had, if that is among them."""
        event = self.event
        both = (event.first[wish], event.second[wish])
        return min(
            bits(ways),
            key=lambda slot: (
                wish not in self.before or self.before[wish].slot != slot,
                sum(_hole(event.there[person] & ~self.free[person], slot) for person in both),
                slot,
            ),
        )

    def placed(self) -> tuple[Placed, ...]:
        """The meetings with their tables, in the order of slots and wishes."""
        event, found = self.event, []
        for wish, slot in enumerate(self.slot):
            if slot != NOBODY:
                pinned = event.pinned.get(wish)
                table = pinned.table if pinned else None
                if event.needs[wish]:
                    table = event.table_keys[self.seat[wish]]
                found.append(Placed(event.wishes[wish].key, slot, table))
        return tuple(sorted(found, key=lambda one: (one.slot, one.wish)))

    def _own(self, wish: int) -> int:
        """The table that this meeting had, as a bit; none if it had none, or that is lost."""
        meeting = self.before.get(wish)
        table = None if meeting is None or meeting.table is None else self.event.table_at.get(meeting.table)
        return 0 if table is None else 1 << table

    def _seat(self, wish: int, slot: int, *, really: bool) -> bool:
        """Find a free table: its own one, or one at which one of the two sits before or after, or any."""
        free = self._free_tables(wish, slot)
        if really:
            liked = free & self._own(wish) or free & self._near(wish, slot) or free
            self._sit(wish, slot, (liked & -liked).bit_length() - 1)
        return bool(free)

    def _near(self, wish: int, slot: int) -> int:
        """The tables at which the two sit in the slots beside this one."""
        event, near = self.event, 0
        for row in (self.at[event.first[wish]], self.at[event.second[wish]]):
            for beside in row[max(0, slot - 1) : slot + 2]:
                if beside in self.seat and beside != wish:
                    near |= 1 << self.seat[beside]
        return near


def _hole(busy: int, slot: int) -> int:
    """How far a slot is from the nearest of these; 0 beside one, or if there are none."""
    before, after = busy & ((1 << slot) - 1), busy >> (slot + 1)
    distances = [slot - before.bit_length()] if before else []
    if after:
        distances.append((after & -after).bit_length() - 1)
    return min(distances, default=0)
