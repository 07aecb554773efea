"""Better, step by step: a wish that is out goes in, whoever is in its way moves or is out instead, and so on.

Only walks that may gain are begun: what a wish is worth beyond the prices of its people, and places that stand empty at a
price, say where value is still missing. A walk ends at its best point; what came after that is taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from landbridge.algorithms.timetable.board import Board
from landbridge.algorithms.timetable.bound import Prices
from landbridge.algorithms.timetable.event import NOBODY, bits

NOISE = 0.4  # chance in the choice of who has to go, in heaviest wishes
TENURE = 6  # steps for which whoever was placed stays
SAMPLE = 6  # people looked at for a meeting that gives up its table
SHORTEST, LONGEST = 30, 400  # steps of a walk


Entry = tuple[
    int, int, int, int, int
]  # a slot, and the two who leave it, each with the slots to which they could move


class Search:
    """Walks over a board. `steps` counts what was done: by it a search ends, never by the clock."""

    def __init__(self, board: Board, prices: Prices, *, chance: Random) -> None:
        self.board = board
        self.event = board.event
        self.prices = prices
        self.chance = chance
        self.steps = 0
        self.limit = prices.limit // 2
        self.noise = NOISE * self.event.heaviest
        self.stamp = [-LONGEST] * len(board.slot)
        self.best = 0  # of the walk that is under way
        self.log: list[tuple[int, int, int]] = []  # a wish, the slot where it was, the slot where it is
        self.surplus = [
            prices.surplus(self.event, wish) if may else 0 for wish, may in enumerate(self.event.may)
        ]

    def run(self, *, most: int, patience: int, on_round: Callable[[float], None]) -> None:
        """Walk until the limit is met, `most` steps are done, or nothing got better for `patience` of them."""
        wishes, length = len(self.event.wishes), SHORTEST
        best, since = self.board.value, 0
        while self.steps < most and self.board.value < self.limit and self.steps - since < patience:
            self.steps += 1 + wishes // 30
            begin, until = self.promising(), self.steps + 1 + wishes // 30
            while True:
                for wish in self._shuffled(begin):
                    if self.board.slot[wish] == NOBODY:
                        self.walk(wish, length)
                if self.board.value > best or self.steps >= until:
                    break
                self.steps += 1
            if self.board.value > best:
                best, since, length = self.board.value, self.steps, SHORTEST
            else:
                length = min(LONGEST, length + length // 4)
            on_round(min(self.steps / most, 1.0))
        self.fill()

    def fill(self) -> None:
        """Whatever can be put in as things are, the most worth first."""
        board = self.board
        out = [wish for wish, slot in enumerate(board.slot) if slot == NOBODY]
        for wish in sorted(out, key=lambda wish: (-self.event.weight[wish], wish)):
            if ways := board.ways(wish):
                board.put(wish, self._any(ways))

    def promising(self) -> list[int]:
        """The wishes from which value that is still missing may be reached."""
        event, slot = self.event, self.board.slot
        missing = [self._missing(person) for person in range(len(event.people))]
        for wish, surplus in enumerate(self.surplus):
            if surplus < 0 and slot[wish] != NOBODY:
                for person in (event.first[wish], event.second[wish]):
                    missing[person] = max(missing[person], -surplus)
        return [
            wish
            for wish, may in enumerate(event.may)
            if may
            and slot[wish] == NOBODY
            and self.surplus[wish] + missing[event.first[wish]] + missing[event.second[wish]] > 0
        ]

    def _missing(self, person: int) -> int:
        """What is lost at this person against the limit, in halves: empty places at a price, and steps of the floor."""
        event, prices, has = self.event, self.prices, self.board.degree[person]
        floor = prices.floor[person]
        lost = prices.person[person] * (event.possible[person] - has) + floor * has
        for level in range(min(event.problem.floor, event.possible[person])):
            step = 2 * event.bonus[level]
            lost += max(0, step - floor) - (step if level < has else 0)
        return lost

    def _shuffled(self, wishes: Sequence[int]) -> list[int]:
        draw = self.chance.random
        return [wish for _, wish in sorted((draw(), wish) for wish in wishes)]

    def walk(self, wish: int, length: int) -> None:
        """Bring one wish in; whoever is out because of it follows, for so many steps; back to the best point."""
        board, log = self.board, self.log
        log.clear()
        start = self.best = board.value
        kept, out = 0, [wish]
        for _ in range(length):
            if not out:
                break
            one = out.pop()
            if board.slot[one] != NOBODY:
                continue
            self.steps += 1
            ways = board.ways(one)
            if ways:
                self._put(one, self._any(ways))
            else:
                entry = self._cheapest(one)
                if entry is None or not self._enter(one, entry, out):
                    continue
            if board.value >= self.best:
                self.best, kept = board.value, len(log)
                if ways and self.best > start:
                    break
        self._back_to(kept)

    def _cheapest(self, wish: int) -> Entry | None:
        """The way in at the least loss, give or take a little chance; none if all in the way have just been placed."""
        board, event, draw = self.board, self.event, self.chance.random
        one, other = event.first[wish], event.second[wish]
        at_one, at_other = board.at[one], board.at[other]
        swap_one, swap_other = self._swap(one), self._swap(other)
        best, least = None, float("inf")
        for slot in bits(event.may[wish]):
            first, second, cost = at_one[slot], at_other[slot], 0.0
            first = swap_one if first == NOBODY else first
            second = swap_other if second == NOBODY else second
            to_first = to_second = 0
            if first == second == NOBODY:  # both are free, and lack a table
                first, cost = self._sharing(slot)
            elif first != NOBODY:
                to_first = self._elsewhere(first, one)
                if not to_first:
                    cost = self._loss(first, one)
            if second == first:  # they meet already, for another wish
                second = NOBODY
            elif second != NOBODY:
                to_second = self._elsewhere(second, other)
                if not to_second:
                    cost += self._loss(second, other)
            cost += draw() * self.noise
            if cost < least:
                best, least = (slot, first, to_first, second, to_second), cost
        return best

    def _swap(self, person: int) -> int:
        """The meeting that somebody who wants no more of them gives up for another; none if they have room."""
        if self.board.room[person] > 0:
            return NOBODY
        meetings = [meeting for meeting in self.board.at[person] if meeting != NOBODY]
        return min(meetings, key=lambda meeting: (self._loss(meeting, person), meeting), default=NOBODY)

    def _sharing(self, slot: int) -> tuple[int, float]:
        """Some meeting that has a table in this slot and loses little, and what it loses."""
        board, event = self.board, self.event
        found, least = NOBODY, float("inf")
        for _ in range(SAMPLE):
            person = int(self.chance.random() * len(event.people))
            meeting = board.at[person][slot]
            if meeting != NOBODY and event.needs[meeting]:
                loss = self._loss(meeting, person) + event.bonus[board.degree[person] - 1]
                if loss < least:
                    found, least = meeting, loss
        return found, least

    def _elsewhere(self, meeting: int, mover: int) -> int:
        """The slots to which this meeting could move to make room for the mover; none if they need one meeting less."""
        board, event = self.board, self.event
        if board.room[mover] <= 0:
            return 0
        slots = board.free[event.first[meeting]] & board.free[event.second[meeting]] & event.may[meeting]
        return slots & board.open if event.needs[meeting] else slots

    def _loss(self, meeting: int, keeper: int) -> float:
        """What is lost when this meeting goes and the keeper has another one instead; endless if it may not go yet."""
        event = self.event
        if self.steps - self.stamp[meeting] <= TENURE or meeting in event.pinned:
            return float("inf")
        loser = event.first[meeting] + event.second[meeting] - keeper
        return event.weight[meeting] + event.bonus[self.board.degree[loser] - 1]

    def _enter(self, wish: int, entry: Entry, out: list[int]) -> bool:
        """Go in; those in the way move, or are out. Nothing happens if there is no table for it even so."""
        board, before, losers = self.board, len(self.log), len(out)
        slot = entry[0]
        for meeting, elsewhere in (entry[1:3], entry[3:5]):
            if meeting != NOBODY:
                was = self._take(meeting)
                if slots := elsewhere & board.ways(meeting):
                    board.put(meeting, to := self._any(slots))
                    self.stamp[meeting] = self.steps
                    self.log[-1] = (meeting, was, to)
                else:
                    out.append(meeting)
        if not board.ways(wish) >> slot & 1:
            self._back_to(before)
            del out[losers:]
            return False
        self._put(wish, slot)
        for meeting in out[losers:]:
            self._fill(meeting, slot)
        return True

    def _fill(self, meeting: int, slot: int) -> None:
        """Whoever lost this meeting may have another in the slot that is empty now: as heavy, or best of all so far."""
        board, event = self.board, self.event
        least = min(event.weight[meeting] - 1, self.best - board.value)
        for person in (event.first[meeting], event.second[meeting]):
            if board.free[person] >> slot & 1:
                found, most = NOBODY, least
                for wish in event.wishes_of[person]:
                    if (
                        event.weight[wish] > most
                        and board.slot[wish] == NOBODY
                        and wish != meeting
                        and board.ways(wish) >> slot & 1
                    ):
                        found, most = wish, event.weight[wish]
                if found != NOBODY:
                    self._put(found, slot)

    def _any(self, slots: int) -> int:
        """One of these slots."""
        if not slots & (slots - 1):
            return slots.bit_length() - 1
        numbers = list(bits(slots))
        return numbers[int(self.chance.random() * len(numbers))]

    def _put(self, wish: int, slot: int) -> None:
        self.board.put(wish, slot)
        self.stamp[wish] = self.steps
        self.log.append((wish, NOBODY, slot))

    def _take(self, wish: int) -> int:
        slot = self.board.take(wish)
        self.log.append((wish, slot, NOBODY))
        return slot

    def _back_to(self, length: int) -> None:
        """Take back the steps of this walk after the first so many."""
        board, log = self.board, self.log
        while len(log) > length:
            wish, before, after = log.pop()
            if after != NOBODY:
                board.take(wish)
            if before != NOBODY:
                board.put(wish, before)
