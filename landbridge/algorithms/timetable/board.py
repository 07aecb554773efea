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
                del self.sitting[slot][self.seat.pop(wish)]
        return slot

    def _seat(self, wish: int, slot: int, *, really: bool) -> bool:
        """Find a table by moving others to other tables if need be; whether there is one."""
        came_from: dict[int, tuple[int, int]] = {}  # table → (who wants it, where they sit now)
        sitting, usable = self.sitting[slot], self.event.usable[slot]
        queue = [(wish, NOBODY)]
        for mover, now in queue:
            for table in bits(self.event.at_tables[mover] & usable):
                if table in came_from:
                    continue
                came_from[table] = (mover, now)
                if table not in sitting:
                    if really:
                        self._shift(slot, table, came_from)
                    return True
                queue.append((sitting[table], table))
        return False

    def _shift(self, slot: int, table: int, came_from: dict[int, tuple[int, int]]) -> None:
        while table != NOBODY:
            mover, before = came_from[table]
            self.sitting[slot][table] = mover
            self.seat[mover] = table
            table = before
