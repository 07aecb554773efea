"""The board on which a timetable is laid: whatever lies on it keeps every hard rule."""

from __future__ import annotations

from landbridge.algorithms.timetable.event import NOBODY, Event, bits, mask_of


class Board:
    """Meetings in their slots. `free` are the slots in which somebody is there and has no meeting, as bits.

    Where every meeting may use every table, tables are only counted; else each has a seat that may change.
    """

    def __init__(self, event: Event) -> None:
        self.event = event
        self.at = [[NOBODY] * event.slots for _ in event.people]
        self.slot = [NOBODY] * len(event.wishes)
        self.free = list(event.there)
        self.room = list(event.most)
        self.degree = [0] * len(event.people)
        self.seats_left = [tables.bit_count() for tables in event.usable]
        self.open = mask_of(slot for slot, left in enumerate(self.seats_left) if left)
        self.seat: dict[int, int] = {}  # of each meeting, unless all is plain
        self.sitting: list[dict[int, int]] = [{} for _ in range(event.slots)]  # and who sits there
        self.taken = [0] * event.slots  # and the tables that are taken, as bits
        self.blocked = [0] * event.slots  # and those for which nobody can make room until somebody leaves
        self.weight = 0
        self.value = 0  # weight and floor together
        for wish, pinned in sorted(event.pinned.items()):
            self.put(wish, pinned.slot)

    def ways(self, wish: int) -> int:
        """The slots into which this meeting could be put now, as bits."""
        event = self.event
        one, other = event.first[wish], event.second[wish]
        if self.room[one] <= 0 or self.room[other] <= 0:
            return 0
        ways = self.free[one] & self.free[other] & event.may[wish]
        if ways and event.needs[wish]:
            ways = self.with_table(wish, ways)
        return ways

    def with_table(self, wish: int, slots: int) -> int:
        """Those of the slots that still have a table for this meeting."""
        slots &= self.open
        if self.event.is_plain:
            return slots
        return mask_of(slot for slot in bits(slots) if self._seat(wish, slot, really=False))

    def put(self, wish: int, slot: int) -> None:
        """Place a meeting where `ways` says it can be."""
        event = self.event
        self.slot[wish] = slot
        for person in (event.first[wish], event.second[wish]):
            self.at[person][slot] = wish
            self.free[person] &= ~(1 << slot)
            self.room[person] -= 1
            self.value += event.bonus[self.degree[person]]
            self.degree[person] += 1
        self.weight += event.weight[wish]
        self.value += event.weight[wish]
        if event.needs[wish]:
            self.seats_left[slot] -= 1
            if not self.seats_left[slot]:
                self.open &= ~(1 << slot)
            if not event.is_plain:
                self._seat(wish, slot, really=True)

    def take(self, wish: int) -> int:
        """Take a meeting off; the slot in which it was."""
        event, slot = self.event, self.slot[wish]
        self.slot[wish] = NOBODY
        for person in (event.first[wish], event.second[wish]):
            self.at[person][slot] = NOBODY
            self.free[person] |= 1 << slot
            self.room[person] += 1
            self.degree[person] -= 1
            self.value -= event.bonus[self.degree[person]]
        self.weight -= event.weight[wish]
        self.value -= event.weight[wish]
        if event.needs[wish]:
            self.seats_left[slot] += 1
            self.open |= 1 << slot
            if not event.is_plain:
                self._stand_up(wish, slot)
        return slot

    def _seat(self, wish: int, slot: int, *, really: bool) -> bool:
        """Find a table, a free one or one that becomes free when others go to other tables; whether there is one."""
        if free := self._free_tables(wish, slot):
            if really:
                self._sit(wish, slot, (free & -free).bit_length() - 1)
            return True
        wanted = self.event.at_tables[wish] & self.event.usable[slot]
        if not wanted & ~self.blocked[slot]:
            return False
        came_from: dict[int, tuple[int, int]] = {}  # table → (who wants it, where they sit now)
        left, queue = self.event.usable[slot], [(wish, NOBODY)]
        for mover, now in queue:
            reached = self.event.at_tables[mover] & left
            left &= ~reached
            for table in bits(reached):
                came_from[table] = (mover, now)
                if not self.taken[slot] >> table & 1:
                    if really:
                        self._shift(slot, table, came_from)
                    return True
                queue.append((self.sitting[slot][table], table))
        self.blocked[slot] |= self.event.usable[slot] & ~left
        return False

    def _free_tables(self, wish: int, slot: int) -> int:
        return self.event.at_tables[wish] & self.event.usable[slot] & ~self.taken[slot]

    def _shift(self, slot: int, table: int, came_from: dict[int, tuple[int, int]]) -> None:
        while table != NOBODY:
            mover, before = came_from[table]
            self._sit(mover, slot, table)
            table = before

    def _sit(self, wish: int, slot: int, table: int) -> None:
        if wish in self.seat:
            self._stand_up(wish, slot)
        self.seat[wish] = table
        self.sitting[slot][table] = wish
        self.taken[slot] |= 1 << table

    def _stand_up(self, wish: int, slot: int) -> None:
        table = self.seat.pop(wish)
        del self.sitting[slot][table]
        self.taken[slot] &= ~(1 << table)
        self.blocked[slot] = 0
