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


_lines: dict[str, Line] = {}
_lines_guard = threading.Lock()


def line_of(database: str) -> Line:
    """The one line for this database file in this process."""
    with _lines_guard:
        return _lines.setdefault(database, Line())


def _start_afresh() -> None:
    """A forked child has none of its parent's other threads: whoever held a turn there never releases it here."""
    global _lines_guard
    _lines_guard = threading.Lock()
    _lines.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_afresh)
