"""Fewer holes in people's days: the same meetings at other times."""

from __future__ import annotations

from random import Random

from landbridge.algorithms.timetable.board import Board
from landbridge.algorithms.timetable.event import NOBODY, bits, mask_of

WARMTH = (
    0.2,
    0.14,
    0.1,
    0.07,
    0.05,
    0.03,
    0.02,
    0.01,
    0.005,
    0.0,
)  # how often a hole more is accepted, stage by stage


class Gaps:
    """Kempe flips: of two slots, the meetings that hang together change places. Who meets whom stays as it is."""

    def __init__(self, board: Board, *, chance: Random) -> None:
        self.board = board
        self.event = board.event
        self.chance = chance
        begins = sorted({0, *self.event.problem.parts})
        ends = [*begins[1:], self.event.slots]
        self.parts = [mask_of(range(begin, end)) for begin, end in zip(begins, ends, strict=True)]

    def idle(self, person: int, free: int) -> int:
        """How many of these free slots lie between two meetings of one part of the day."""
        idle, busy = 0, self.event.there[person] & ~free
        for part in self.parts:
            if within := busy & part:
                idle += (free & ((1 << within.bit_length()) - (within & -within))).bit_count()
        return idle

    def run(self, *, most: int) -> None:
        """So many tries, warm first and then cold; then nothing but better."""
        movable = [person for person, row in enumerate(self.board.at) if any(one != NOBODY for one in row)]
        draw = self.chance.random
        for tried in range(most if movable else 0):
            warmth = WARMTH[tried * len(WARMTH) // most]
            person = movable[int(draw() * len(movable))]
            row, there = self.board.at[person], list(bits(self.event.there[person]))
            taken = [slot for slot in there if row[slot] != NOBODY]
            empty = [slot for slot in there if row[slot] == NOBODY]
            if taken and empty:
                self._try(person, taken[int(draw() * len(taken))], empty[int(draw() * len(empty))], warmth)

    def _try(self, person: int, taken: int, empty: int, warmth: float) -> None:
        """Move somebody's meeting from a taken slot to an empty one, with all that hangs on it, if that is worth it."""
        chain = self._chain(person, taken, empty)
        if chain is None:
            return
        meetings, last = chain
        both = (1 << taken) | (1 << empty)
        free = self.board.free
        cost = 0
        for end in (person, last):
            cost += self.idle(end, free[end] ^ both) - self.idle(end, free[end])
        if cost <= 0 or (cost < 3 and self.chance.random() < (warmth if cost == 1 else warmth * warmth)):
            self._flip(meetings, taken, empty)

    def _chain(self, person: int, taken: int, empty: int) -> tuple[list[int], int] | None:
        """The meetings that change between the two slots, and who stands at the far end; none if one may not."""
        board, event = self.board, self.event
        meetings: list[int] = []
        here, there = taken, empty
        while (meeting := board.at[person][here]) != NOBODY:
            if not event.may[meeting] >> there & 1:
                return None
            meetings.append(meeting)
            person = event.first[meeting] + event.second[meeting] - person
            here, there = there, here
        return meetings, person

    def _flip(self, meetings: list[int], taken: int, empty: int) -> None:
        """Change the slots of these meetings; not at all if one of them finds no table."""
        board = self.board
        were = [board.take(meeting) for meeting in meetings]
        for number, (meeting, was) in enumerate(zip(meetings, were, strict=True)):
            to = empty if was == taken else taken
            if not board.ways(meeting) >> to & 1:
                for moved in meetings[:number]:
                    board.take(moved)
                for back, slot in zip(meetings, were, strict=True):
                    board.put(back, slot)
                return
            board.put(meeting, to)
