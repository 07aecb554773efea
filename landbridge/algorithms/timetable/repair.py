"""On the day: cancel what has become impossible, and win back what few moves can; never a new plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from landbridge.algorithms.timetable.event import NOBODY, Event, bits
from landbridge.algorithms.timetable.problem import Placed, Problem
from landbridge.algorithms.timetable.reasons import unplaced
from landbridge.algorithms.timetable.results import Repair, Why
from landbridge.algorithms.timetable.seated import SeatedBoard

MOST_LOOKS = 500  # at what could make room for one wish
DEEPEST = 3  # how far making room goes on
PATIENCE = 2  # people who may be disturbed anew for each weight of the lightest wish


def repair(
    problem: Problem,
    placed: Sequence[Placed],
    *,
    seed: int = 0,
    most_moves: int = 2,
    held: frozenset[int] = frozenset(),
    from_slot: int = 0,
    only: frozenset[int] | None = None,
) -> Repair:
    """The timetable after something happened, as close to the one before as can be.

    `problem` is the world as it is now: who has gone has no slots, a lost table is out, a new wish is in. A meeting whose
    table is lost takes another one in its slot. What is impossible is cancelled. Then wishes without a meeting, cancelled
    ones among them, are put in, the heaviest first, if at most `most_moves` other meetings move for each; `only` narrows
    which (None: all). Never touched: `held` wishes, meetings before `from_slot`, and what the problem has locked.
    """
    wishes = {wish.key for wish in problem.wishes}
    before = {
        meeting.wish: meeting
        for meeting in placed
        if meeting.wish in wishes and 0 <= meeting.slot < problem.slots
    }
    pinned = {key: meeting for key, meeting in before.items() if key in held or meeting.slot < from_slot}
    pinned = {lock.wish: lock for lock in problem.locked} | pinned
    event = Event(problem, pinned=tuple(pinned.values()), from_slot=from_slot)
    board = SeatedBoard(event, before=before)
    board.lay()
    chance = Random(seed)  # noqa: S311 - no secret, but the same everywhere
    order = [
        (-board.gain(wish), chance.random(), wish)
        for wish, slot in enumerate(board.slot)
        if slot == NOBODY
        and event.may[wish]
        and (only is None or event.wishes[wish].key in only or event.wishes[wish].key in before)
    ]
    inserting = _Inserting(board, lightest=min(event.weight, default=1))
    inserting.insert([wish for _, _, wish in sorted(order)], most_moves=most_moves)
    return _difference(board, placed)


def _difference(board: SeatedBoard, placed: Sequence[Placed]) -> Repair:
    """What changed: a wish that was somewhere and is somewhere else has moved."""
    event = board.event
    now = {one.wish: one for one in board.placed()}
    before = {meeting.wish: meeting for meeting in placed}
    moved = tuple((was, now[key]) for key, was in before.items() if key in now and now[key] != was)
    disturbed = {
        event.people[person].key
        for was, _ in moved
        for person in (event.first[event.wish_at[was.wish]], event.second[event.wish_at[was.wish]])
    }
    return Repair(
        cancelled=tuple(was for key, was in before.items() if key not in now),
        moved=moved,
        added=tuple(one for key, one in now.items() if key not in before),
        placed=tuple(now.values()),
        unplaced=unplaced(board, otherwise=Why.NOT_MOVED),
        people_disturbed=tuple(sorted(disturbed)),
    )


class _Inserting:
    """Puts wishes in; others make room. What nobody has been told yet moves freely, what is published counts."""

    def __init__(self, board: SeatedBoard, *, lightest: int) -> None:
        self.board = board
        self.event = board.event
        self.lightest = lightest
        self.disturbed: set[int] = set()
        self.looks = 0

    def insert(self, wishes: Sequence[int], *, most_moves: int) -> None:
        """With as few moves as possible: whatever needs none first, then whatever needs one, and so on."""
        for moves in range(most_moves + 1):
            for wish in wishes:
                if self.board.slot[wish] == NOBODY and self._has_room(wish):
                    self.looks = MOST_LOOKS
                    if moves:
                        self._bring_gently(wish, moves)
                    else:
                        self._bring(wish, 0, 0, frozenset())

    def _bring_gently(self, wish: int, moves: int) -> None:
        """Of all ways that work the one that disturbs fewest; none if that is too many for what the wish brings."""
        board, start = self.board, len(self.board.steps)
        best, fewest = None, 1 + PATIENCE * (self.board.gain(wish) // self.lightest)
        for entry in self._entries(wish, moves, frozenset()):
            if self._push(wish, entry, (moves, DEEPEST), frozenset({wish})):
                disturbed = len(self._disturbed_since(start) - self.disturbed)
                if disturbed < fewest:
                    best, fewest = entry, disturbed
                board.back_to(start)
        if best:
            self._push(wish, best, (moves, DEEPEST), frozenset({wish}))
            self.disturbed |= self._disturbed_since(start)

    def _disturbed_since(self, start: int) -> set[int]:
        """The people in published meetings that have moved since then."""
        event, board = self.event, self.board
        return {
            person
            for wish, _, _ in board.steps[start:]
            if wish in board.before and not board.is_published(wish)
            for person in (event.first[wish], event.second[wish])
        }

    def _has_room(self, wish: int) -> bool:
        """Moves change when somebody meets, not how often: both need a place that is empty, and there must be a table."""
        board = self.board
        return bool(board.open or not self.event.needs[wish]) and all(
            board.room[person] > 0 and board.free[person]
            for person in (self.event.first[wish], self.event.second[wish])
        )

    def _bring(self, wish: int, moves: int, depth: int, settled: frozenset[int]) -> bool:
        """Find a place for this meeting with at most so many moves of others that are not settled yet."""
        board = self.board
        if ways := board.ways(wish):
            board.put(wish, board.best(wish, ways))
            return True
        self.looks -= 1
        return (
            depth > 0
            and self.looks > 0
            and any(
                self._push(wish, entry, (moves, depth), settled | {wish})
                for entry in self._entries(wish, moves, settled)
            )
        )

    def _entries(self, wish: int, moves: int, settled: frozenset[int]) -> list[tuple[int, int, list[int]]]:
        """The ways in: how many published meetings would have to leave, the slot, and who leaves."""
        board, event = self.board, self.event
        one, other = event.first[wish], event.second[wish]
        entries = []
        for slot in bits(event.may[wish]):
            leaving = sorted({board.at[one][slot], board.at[other][slot]} - {NOBODY})
            for those in [leaving] if leaving else self._at_tables(wish, slot):
                published = sum(map(board.is_published, those))
                if published <= moves and not any(
                    meeting in settled or meeting in event.pinned for meeting in those
                ):
                    entries.append((published, slot, those))
        return sorted(entries)  # by what is published first: what is new moves for nothing

    def _at_tables(self, wish: int, slot: int) -> Iterator[list[int]]:
        """Meetings of a full slot at a table that would do, and that could be at another time."""
        board, event = self.board, self.event
        for table, meeting in sorted(board.sitting[slot].items()):
            self.looks -= 1
            free = board.free[event.first[meeting]] & board.free[event.second[meeting]] & event.may[meeting]
            if self.looks > 0 and free & board.open and event.at_tables[wish] >> table & 1:
                yield [meeting]

    def _push(
        self, wish: int, entry: tuple[int, int, list[int]], limits: tuple[int, int], settled: frozenset[int]
    ) -> bool:
        """Put it there and bring those who leave elsewhere; everything as it was if that does not work out."""
        board = self.board
        published, slot, leaving = entry
        moves, depth = limits
        start = len(board.steps)
        for meeting in leaving:
            board.take(meeting)
        if board.ways(wish) >> slot & 1:
            board.put(wish, slot)
            if all(self._bring(meeting, moves - published, depth - 1, settled) for meeting in leaving):
                return True
        board.back_to(start)
        return False
