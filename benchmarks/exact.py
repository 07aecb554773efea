"""The fewest breaks that an event can have, proved: maximum satisfiability by cores, over a SAT solver.

After the model of Bofill and others (JAIR 74, 2022) with its implied constraints, and with three of our own: how many
meetings a slot must take if the others are full, how long a day is, and breaks counted in unary, so that each core is small.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from pysat.card import CardEnc, EncType  # type: ignore[import-untyped]
from pysat.examples.rc2 import RC2  # type: ignore[import-untyped]
from pysat.formula import WCNF, CNFPlus  # type: ignore[import-untyped]

from benchmarks.forums import FAIR, Forum

SOLVER = "cadical153"


@dataclass(frozen=True, slots=True)
class Proof:
    """The fewest breaks and the slot of each meeting; None and no slots where not all meetings can be held."""

    breaks: int | None
    slots: tuple[int, ...] = ()


def fewest_breaks(forum: Forum) -> Proof:
    """All meetings held, as few breaks as can be, two people never more than `FAIR` apart."""
    model = Model(forum)
    with RC2(model.formula, solver=SOLVER, adapt=True, minz=True) as search:
        found = search.compute()
        if found is None:
            return Proof(None)
        true = {literal for literal in found if literal > 0}
        return Proof(search.cost, tuple(model.slot_of(number, true) for number in range(len(forum.meetings))))


class Model:
    """The clauses of one event; each literal is a variable's number, negative if it is denied.

    `held[m, t]`: meeting m is in slot t. `busy[p][t]`: person p has a meeting then; a slot without any is left out.
    """

    def __init__(self, forum: Forum) -> None:
        self.forum = forum
        self.formula = WCNF()
        self.last = 0
        self.held: dict[tuple[int, int], int] = {}
        self.busy: list[dict[int, int]] = []
        self.of: list[list[int]] = [[] for _ in range(forum.people)]
        for number, meeting in enumerate(forum.meetings):
            self.of[meeting.first].append(number)
            self.of[meeting.second].append(number)
        self._meetings()
        self._people()
        self._tables()
        self._order()
        self._fairness([self._breaks(person) for person in range(forum.people)])

    def slot_of(self, number: int, true: set[int]) -> int:
        """Where a solution has a meeting."""
        return next(slot for slot in self.forum.allowed(number) if self.held[number, slot] in true)

    # ── Words of the language ────────────────────────────────────────────────────────────────────────────────────────

    def _new(self) -> int:
        self.last += 1
        return self.last

    def _any(self, *literals: int) -> None:
        """One of these is true."""
        if not literals:
            literals = (self._new(),)
            self.formula.append([-literals[0]])
        self.formula.append(list(literals))

    def _either(self, literals: Sequence[int]) -> int:
        """A literal that is true exactly if one of these is."""
        if len(literals) == 1:
            return literals[0]
        whole = self._new()
        self._any(-whole, *literals)
        for one in literals:
            self._any(-one, whole)
        return whole

    def _never_two(self, literals: Iterable[int]) -> None:
        for one, other in combinations(literals, 2):
            self._any(-one, -other)

    def _at_most(self, number: int, literals: Sequence[int]) -> None:
        if number < len(literals):
            self._take(CardEnc.atmost(literals, number, top_id=self.last, encoding=EncType.totalizer))

    def _at_least(self, number: int, literals: Sequence[int]) -> None:
        if number > len(literals):
            self._any()
        elif number > 0:
            self._take(CardEnc.atleast(literals, number, top_id=self.last, encoding=EncType.totalizer))

    def _take(self, counted: CNFPlus) -> None:
        self.formula.extend(counted.clauses)
        self.last = max(self.last, counted.nv)

    # ── What must be ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _meetings(self) -> None:
        """Each meeting is held once."""
        for number in range(len(self.forum.meetings)):
            slots = self.forum.allowed(number)
            self.held |= {(number, slot): self._new() for slot in slots}
            ways = [self.held[number, slot] for slot in slots]
            self._any(*ways)
            self._never_two(ways)

    def _people(self) -> None:
        """Nobody is in two meetings at once; everybody is busy as often as they have meetings (implied)."""
        for meetings in self.of:
            busy: dict[int, int] = {}
            for slot in range(self.forum.slots):
                here = [self.held[number, slot] for number in meetings if (number, slot) in self.held]
                self._never_two(here)
                if here:
                    busy[slot] = self._either(here)
            self.busy.append(busy)
            if busy:
                self._at_least(len(meetings), list(busy.values()))
                self._at_most(len(meetings), list(busy.values()))

    def _tables(self) -> None:
        """No slot has more meetings than tables. Implied: two people to a table, and what full slots leave for this."""
        forum = self.forum
        numbers = range(len(forum.meetings))
        left = len(numbers) - forum.tables * (forum.slots - 1)
        for slot in range(forum.slots):
            here = [self.held[number, slot] for number in numbers if (number, slot) in self.held]
            self._at_least(left, here)
            self._at_most(forum.tables, here)
            self._at_most(2 * forum.tables, [busy[slot] for busy in self.busy if slot in busy])

    def _order(self) -> None:
        """What is to be held before a meeting is: for each slot of one, an earlier or a later one of the other."""
        for number, meeting in enumerate(self.forum.meetings):
            for before in meeting.after:
                slots, earlier = self.forum.allowed(number), self.forum.allowed(before)
                for slot in slots:
                    self._any(
                        -self.held[number, slot], *(self.held[before, one] for one in earlier if one < slot)
                    )
                for slot in earlier:
                    self._any(
                        -self.held[before, slot], *(self.held[number, one] for one in slots if one > slot)
                    )

    # ── What should be ───────────────────────────────────────────────────────────────────────────────────────────────

    def _breaks(self, person: int) -> list[int]:
        """Literals for "at least one break", "at least two" …; each of them is a break too many."""
        meetings, busy = len(self.of[person]), self.busy[person]
        if meetings < 2:
            return []
        begun = self._running(busy, range(self.forum.slots))
        still = self._running(busy, reversed(range(self.forum.slots)))
        ends = []
        for slot in range(2, self.forum.slots):
            if slot in busy and slot - 2 in begun:  # busy again, not just before, and busy before that
                idle = [-busy[slot - 1]] if slot - 1 in busy else []
                facts = [begun[slot - 2], busy[slot], *idle]
                end = -self._either([-fact for fact in facts])
                ends.append(end)
        counted = self._unary(ends, most=min(meetings - 1, self.forum.slots - meetings))
        for slot in range(
            self.forum.slots - meetings
        ):  # implied: a day is as long as its meetings, and its breaks
            beyond = slot + meetings
            day = [one[at] for one, at in ((begun, slot), (still, beyond)) if at in one]
            self._any(*day)
            if len(day) == 2 and counted:
                self._any(-day[0], -day[1], counted[0])
        for literal in counted:
            self.formula.append([-literal], weight=1)
        return counted

    def _running(self, busy: dict[int, int], slots: Iterable[int]) -> dict[int, int]:
        """Whether somebody has been busy, from one end of the day to each slot; before the first it is left out."""
        running: dict[int, int] = {}
        now: int | None = None
        for slot in slots:
            if slot in busy:
                now = busy[slot] if now is None else self._either([now, busy[slot]])
            if now is not None:
                running[slot] = now
        return running

    def _unary(self, literals: Sequence[int], *, most: int) -> list[int]:
        """Literals for "at least one of these", "at least two" …, up to `most`, which are never more."""
        counted: list[int] = []
        for literal in literals:
            following = []
            for place in range(len(counted) + 1):
                enough = [counted[place]] if place < len(counted) else []
                nearly = [counted[place - 1]] if place else []
                here = self._new()
                for one in enough:
                    self._any(-one, here)
                self._any(-literal, *(-one for one in nearly), here)
                self._any(-here, literal, *enough)
                for one in nearly:
                    self._any(-here, one, *enough)
                following.append(here)
            counted = following
            for beyond in counted[most:]:
                self._any(-beyond)
            counted = counted[:most]
        for fewer, more in pairwise(counted):
            self._any(-more, fewer)
        return counted

    def _fairness(self, breaks: Sequence[Sequence[int]]) -> None:
        """If anybody has so many breaks and `FAIR` and one more, everybody has so many and one."""
        fewest = min(map(len, breaks), default=0)
        for place in range(FAIR, max(map(len, breaks), default=0)):
            somebody = [counted[place] for counted in breaks if place < len(counted)]
            if place - FAIR >= fewest:  # there is somebody who cannot have that many
                for literal in somebody:
                    self._any(-literal)
                continue
            whole = self._either(somebody)
            for counted in breaks:
                self._any(-whole, counted[place - FAIR])
