"""What recurs, without a table of its own: each slot of time asks for its job once, whoever comes first.

The list stands in the module that the setting `LANDBRIDGE_SCHEDULE` names. A slot is a whole multiple of `every`
since 1970 in UTC, moved by `offset`; a slot missed while nothing ran is made up for once, not once for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks.base import Task
from django_tasks.utils import get_module_path

from landbridge.foundation.jobs.models import Job

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_asked: dict[str, datetime] = {}


@dataclass(frozen=True, slots=True)
class Recurring:
    """One job that recurs. `task` is the dotted path of a task without arguments."""

    name: str
    every: timedelta
    task: str
    offset: timedelta = timedelta(0)

    def slot_at(self, at: datetime) -> datetime:
        """The beginning of the slot in which this moment lies."""
        return EPOCH + self.offset + (at - EPOCH - self.offset) // self.every * self.every


def tick(*, at: datetime) -> int:
    """Ask for every recurring job whose slot has begun and that nobody has asked for yet; how many those were."""
    return sum(_ask(recurring, at=at) for recurring in recurring_jobs())


@cache
def recurring_jobs() -> tuple[Recurring, ...]:
    """The schedule of the settings. Raises ValueError when a name stands in it twice."""
    found: tuple[Recurring, ...] = tuple(import_string(settings.LANDBRIDGE_SCHEDULE))
    if len({recurring.name for recurring in found}) != len(found):
        raise ValueError("A name stands once in the schedule.")
    return found


def task_of(recurring: Recurring) -> Task[Any, Any]:
    """The task behind an entry of the schedule. Raises ImportError when there is none of that name."""
    task: Task[Any, Any] = import_string(recurring.task)
    return task


def _ask(recurring: Recurring, *, at: datetime) -> int:
    begins = recurring.slot_at(at)
    if _asked.get(recurring.name) == begins:
        return 0
    slot = f"{recurring.name}@{begins.isoformat()}"
    added = 0 if Job.objects.filter(slot=slot).exists() else _add(recurring, slot=slot, at=at)
    _asked[recurring.name] = begins
    return added


def _add(recurring: Recurring, *, slot: str, at: datetime) -> int:
    """Add the job; the slot's constraint admits one of several workers that come at the same moment."""
    task = task_of(recurring)
    job = Job(
        task=get_module_path(task.func),
        queue=task.queue_name,
        priority=task.priority,
        most_attempts=getattr(task, "most_attempts", 1),
        slot=slot,
        run_after=at,
        enqueued_at=at,
    )
    with transaction.atomic():
        Job.objects.bulk_create([job], ignore_conflicts=True)
    return 1


def forget() -> None:
    """Forget what this process has asked for (after a restore, and between tests)."""
    _asked.clear()
    recurring_jobs.cache_clear()
