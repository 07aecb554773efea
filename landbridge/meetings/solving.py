"""A timetable computed in a process of its own: no database in it, its memory and time limited, its end always heard of.

The child is started anew (spawn), gets the problem through a pipe and answers through it. Whatever becomes of it,
killed, out of memory, out of time, is an exception here and never a wait without end.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from landbridge.algorithms.timetable import Contradiction, Effort, Problem, Progress, Timetable, solve

MEMORY_BYTES = 3 * 1024**3  # of addresses, not of memory used: the libraries reserve much and touch little
CPU_SECONDS = {Effort.QUICK: 120, Effort.NORMAL: 300, Effort.THOROUGH: 900}
SECONDS_TO_LISTEN = 0.5
SECONDS_TO_END = 5.0


class Unsolved(Exception):
    """No timetable came out; the message is for whoever runs the house."""


class Died(Unsolved):
    """The process ended without an answer: another attempt may succeed."""


def solve_apart(
    problem: Problem,
    *,
    seed: int,
    effort: Effort,
    on_progress: Callable[[Progress], None],
    on_wait: Callable[[], None],
    start: Callable[..., Any] | None = None,
) -> Timetable:
    """The timetable of this problem, from a child process.

    `on_progress` is called with what the child reports, `on_wait` about twice a second; what either raises ends the
    child. Raises Died, Contradiction, or Unsolved. `start` stands in for the child's function in tests.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(
        target=start or _work, args=(theirs, problem, seed, effort), name="timetable", daemon=True
    )
    child.start()
    theirs.close()
    try:
        return _listen(ours, child, limit=CPU_SECONDS[effort] * 2, on_progress=on_progress, on_wait=on_wait)
    finally:
        _end(child)
        ours.close()


def _listen(
    ours: Connection,
    child: BaseProcess,
    *,
    limit: float,
    on_progress: Callable[[Progress], None],
    on_wait: Callable[[], None],
) -> Timetable:
    ends_at = time.monotonic() + limit
    while time.monotonic() < ends_at:
        on_wait()
        if not ours.poll(SECONDS_TO_LISTEN):
            if not child.is_alive() and not ours.poll(0):
                raise Died(_how_it_ended(child.exitcode))
            continue
        try:
            kind, value = ours.recv()
        except EOFError:
            child.join(SECONDS_TO_END)
            raise Died(_how_it_ended(child.exitcode)) from None
        if kind == "progress":
            on_progress(value)
        elif kind == "contradiction":
            raise Contradiction(value)
        elif kind == "trouble":
            raise Unsolved(value)
        else:
            found: Timetable = value
            return found
    raise Unsolved("The timetable took longer than is allowed.")


def _how_it_ended(code: int | None) -> str:
    if code == -signal.SIGXCPU:
        return "The timetable took more processor time than is allowed."
    if code is not None and code < 0:
        return f"The process was ended from outside ({signal.Signals(-code).name})."
    return f"The process ended without an answer (code {code})."


def _end(child: BaseProcess) -> None:
    """Nothing of it stays behind."""
    if child.is_alive():
        child.kill()
    child.join(SECONDS_TO_END)
    with contextlib.suppress(ValueError):
        child.close()


def _work(pipe: Connection, problem: Problem, seed: int, effort: Effort) -> None:
    """What runs in the child."""
    _limit(CPU_SECONDS[effort])
    try:
        answer: tuple[str, object] = (
            "done",
            solve(problem, seed=seed, effort=effort, on_progress=_Reporter(pipe)),
        )
    except Contradiction as error:
        answer = ("contradiction", str(error))
    except MemoryError:
        answer = ("trouble", "The timetable needed more memory than is allowed.")
    except Exception as error:  # noqa: BLE001 - whatever it is, the other side must hear of it
        answer = ("trouble", f"{type(error).__name__}: {error}")
    pipe.send(answer)
    pipe.close()


def _limit(seconds: int) -> None:
    """Memory and processor time, where the system knows such limits."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, seconds)):
        with contextlib.suppress(ValueError, OSError):
            _, hard = resource.getrlimit(what)
            resource.setrlimit(what, (most if hard < 0 else min(most, hard), hard))


class _Reporter:
    """Says how far the solver is, at most a few times a second."""

    def __init__(self, pipe: Connection) -> None:
        self.pipe, self.last = pipe, 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self.last >= SECONDS_TO_LISTEN:
            self.last = now
            self.pipe.send(("progress", progress))
