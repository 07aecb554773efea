"""Who sits where: every meeting at a table its people can reach, with few changes of table on the way."""

from __future__ import annotations

from landbridge.algorithms.timetable.board import Board
from landbridge.algorithms.timetable.event import NOBODY, bits
from landbridge.algorithms.timetable.problem import Placed

SWEEPS = 4  # through the day and back


class Tables:
    """Tables for the meetings of a board, slot by slot; a table is given, taken, or changed against another's."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.event = board.event
        self.table: dict[int, int] = {}
        self.at: list[dict[int, int]] = [{} for _ in range(self.event.slots)]
        self.days = [
            [(slot, meeting) for slot, meeting in enumerate(row) if self._is_seated(meeting)]
            for row in board.at
        ]
        self.place = [{meeting: number for number, (_, meeting) in enumerate(day)} for day in self.days]

    def _is_seated(self, meeting: int) -> bool:
        return meeting != NOBODY and (self.event.needs[meeting] or self._given(meeting) is not None)

    def _given(self, meeting: int) -> int | None:
        """The table of a pinned meeting, as a number of its own if nobody else can use it."""
        pinned = self.event.pinned.get(meeting)
        if pinned is None or pinned.table is None:
            return None
        return self.event.table_at.get(pinned.table, -2 - pinned.table)

    def lay(self) -> None:
        """Seat everybody, then sweep through the day and back."""
        meetings = [meeting for meeting, slot in enumerate(self.board.slot) if slot != NOBODY]
        for meeting in meetings:
            if (given := self._given(meeting)) is not None:
                self.table[meeting] = given
        by_slot: list[list[int]] = [[] for _ in range(self.event.slots)]
        for meeting in meetings:
            if self.event.needs[meeting]:
                by_slot[self.board.slot[meeting]].append(meeting)
        for slot, those in enumerate(by_slot):
            self._seat(slot, those)
        for sweep in range(SWEEPS):
            slots = range(self.event.slots) if sweep % 2 else range(self.event.slots - 1, -1, -1)
            for slot in slots:
                for meeting in by_slot[slot]:
                    self._improve(meeting)

    def _seat(self, slot: int, meetings: list[int]) -> None:
        """The first seating of a slot: where somebody sat before, if that is free; else anywhere."""
        if not self.event.is_plain:
            for meeting in meetings:
                self._give(meeting, self.board.seat[meeting])
            return
        waiting = []
        for meeting in meetings:
            liked = next((table for table in self._liked(meeting) if self._is_free(table, slot)), None)
            if liked is None:
                waiting.append(meeting)
            else:
                self._give(meeting, liked)
        free = (table for table in bits(self.event.usable[slot]) if table not in self.at[slot])
        for meeting, table in zip(waiting, list(free), strict=False):
            self._give(meeting, table)

    def _is_free(self, table: int, slot: int) -> bool:
        return table >= 0 and bool(self.event.usable[slot] >> table & 1) and table not in self.at[slot]

    def _give(self, meeting: int, table: int) -> None:
        self.table[meeting] = table
        self.at[self.board.slot[meeting]][table] = meeting

    def _liked(self, meeting: int) -> list[int]:
        """The tables at which these two are before and after."""
        found = []
        for person in (self.event.first[meeting], self.event.second[meeting]):
            day, number = self.days[person], self.place[person][meeting]
            near = day[max(0, number - 1) : number + 2]
            found += [self.table[one] for _, one in near if one != meeting and one in self.table]
        return found

    def _improve(self, meeting: int) -> None:
        """Go to a table that is liked, or change with whoever sits there, if that saves a change of table."""
        event, slot, now = self.event, self.board.slot[meeting], self.table[meeting]
        liked = self._liked(meeting)
        for table in dict.fromkeys(liked):
            if table < 0 or table == now or not event.usable[slot] & event.at_tables[meeting] & 1 << table:
                continue
            gain = liked.count(table) - liked.count(now)
            other = self.at[slot].get(table)
            if other is not None:
                if not event.at_tables[other] >> now & 1:
                    continue
                theirs = self._liked(other)
                gain += theirs.count(now) - theirs.count(table)
            if gain > 0:
                del self.at[slot][now]
                if other is not None:
                    self._give(other, now)
                self._give(meeting, table)
                return

    def placed(self) -> tuple[Placed, ...]:
        """The meetings as they are told to people, in the order of slots and wishes."""
        event, found = self.event, []
        for meeting, slot in enumerate(self.board.slot):
            if slot != NOBODY:
                pinned = event.pinned.get(meeting)
                table = pinned.table if pinned else None
                if event.needs[meeting]:
                    table = event.table_keys[self.table[meeting]]
                found.append(Placed(event.wishes[meeting].key, slot, table))
        return tuple(sorted(found, key=lambda one: (one.slot, one.wish)))
