"""First come, first served: the line in which this process's writers wait for one database file."""

from __future__ import annotations

import os
import threading
from collections import deque


class Line:
    """A lock that is handed on in the order of arrival, so that no writer waits while later ones pass it.

    It belongs to whoever took it until they release it; a thread may release what another thread took.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False

    def take(self, *, seconds: float) -> bool:
        """Wait for one's turn; False when it did not come within so many seconds."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        try:
            came = turn.acquire(timeout=seconds)
        except BaseException:
            if not self._leave(turn):
                self.release()
            raise
        return came or not self._leave(turn)

    def release(self) -> None:
        """Hand the turn to whoever has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

    @property
    def waiting(self) -> int:
        """How many writers stand in line."""
        return len(self._waiting)

    def _leave(self, turn: threading.Lock) -> bool:
        """Step out of the line; False when the turn was handed over in the meantime."""
        with self._guard:
            try:
                self._waiting.remove(turn)
            except ValueError:
                return False
            return True


class Lines:
    """All lines of this process, by database file."""

    def __init__(self) -> None:
        self.start_afresh()

    def start_afresh(self) -> None:
        """A forked child has none of its parent's other threads: a turn that one of them holds would never end."""
        self._guard = threading.Lock()
        self._lines: dict[str, Line] = {}

    def of(self, database: str) -> Line:
        with self._guard:
            return self._lines.setdefault(database, Line())


_lines = Lines()


def line_of(database: str) -> Line:
    """The one line for this database file in this process."""
    return _lines.of(database)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_lines.start_afresh)
