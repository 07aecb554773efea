"""Small tasks for the tests of the jobs."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django.db import IntegrityError

from landbridge.foundation.jobs.task import GiveUp, task

done: list[object] = []


@task()
def note(what: object) -> None:
    done.append(what)


@task()
def answer(number: int) -> int:
    return number * 2


@task(most_attempts=3)
def stumble(what: str) -> None:
    done.append(what)
    raise IntegrityError(f"{what} stumbled")


@task()
def give_up() -> None:
    raise GiveUp("There is no such letter.")


@task(priority=50)
def hurry(what: object) -> None:
    done.append(what)


@task()
def ask_for_more(number: int) -> None:
    done.append(number)
    if number > 1:
        ask_for_more.enqueue(number - 1)


@task()
def write_slowly(path: str, seconds: float) -> None:
    """Leaves a mark at its beginning and at its end, as a job does whose effect lies outside the database."""
    with Path(path).open("a", encoding="utf-8") as marks:
        marks.write(f"begin {os.getpid()}\n")
        marks.flush()
        time.sleep(seconds)
        marks.write(f"end {os.getpid()}\n")
