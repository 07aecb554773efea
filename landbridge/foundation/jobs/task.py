"""The mark of a function that runs in the background; Django 6 has the same under `django.tasks`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ParamSpec, Self, TypeVar

from django_tasks import base

from landbridge.foundation.jobs.models import MOST_ATTEMPTS

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class GiveUp(Exception):
    """Raised in a task when trying again cannot help: the job becomes a dead letter at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(base.Task[Arguments, Result]):
    """A background function with what our own backend adds: a key under which it waits once, and a limit of attempts."""

    most_attempts: int = MOST_ATTEMPTS
    unique_key: str | None = None

    def using(
        self,
        *,
        priority: int | None = None,
        queue_name: str | None = None,
        run_after: datetime | None = None,
        backend: str | None = None,
        unique_key: str | None = None,
    ) -> Self:
        """The same task with other circumstances.

        `unique_key`: while a job with this key waits to begin, no second one is added; the first is returned.
        """
        changes: dict[str, Any] = {
            "priority": priority,
            "queue_name": queue_name,
            "run_after": run_after,
            "backend": backend,
            "unique_key": unique_key,
        }
        return replace(self, **{name: value for name, value in changes.items() if value is not None})


def task(
    *, priority: int = 0, queue_name: str = "default", most_attempts: int = MOST_ATTEMPTS
) -> Callable[[Callable[Arguments, Result]], Task[Arguments, Result]]:
    """Mark a function of a module as a task: `send.enqueue(letter_id=7)` asks for it, a worker runs it later.

    It takes ids and other plain JSON values, loads what it needs, calls one action, and may run twice without harm.
    """

    def mark(function: Callable[Arguments, Result]) -> Task[Arguments, Result]:
        return Task(func=function, priority=priority, queue_name=queue_name, most_attempts=most_attempts)

    return mark
