"""Running what is due: one claim under a lease, one call, one end written under the fence of that claim.

A worker that dies leaves a lease that runs out; the job is then claimed again. A worker that only seemed dead cannot
write its end any more, because the later claim raised the fence. A job therefore runs at least once and ends once.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import traceback
from collections.abc import Collection
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self

from django.db import close_old_connections, connections, transaction
from django.utils.module_loading import import_string
from django_tasks import task_backends
from django_tasks.base import Task, TaskContext
from django_tasks.utils import normalize_json

from landbridge.foundation import clock
from landbridge.foundation.jobs import schedule
from landbridge.foundation.jobs.models import Job, State
from landbridge.foundation.jobs.task import GiveUp

LEASE = timedelta(seconds=60)
LONGEST_RUN = timedelta(minutes=30)
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
IDLE_SECONDS = 1.0
MOST_IN_A_ROW = 10_000
ERROR_LENGTH = 4_000

logger = logging.getLogger(__name__)


def run_once(*, queues: Collection[str] = (), worker: str = "") -> bool:
    """Run the next due job, of these queues or of any; False when nothing was due."""
    job = claim(queues=queues, worker=worker or _name())
    if job is None:
        return False
    _run(job)
    return True


def run_due(*, queues: Collection[str] = ()) -> int:
    """Run everything that is due now, jobs that these jobs ask for included; how many ran."""
    for count in range(MOST_IN_A_ROW):
        if not run_once(queues=queues):
            return count
    return MOST_IN_A_ROW


def run_until_idle(*, queues: Collection[str] = ()) -> int:
    """Ask for what recurs, then run everything that is due; how many jobs ran."""
    schedule.tick(at=clock.now())
    return run_due(queues=queues)


def run_until_stopped(*, queues: Collection[str] = ()) -> int:
    """Work until the process is told to end (SIGTERM, or Ctrl-C); the job in hand is finished. How many ran."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return run_worker(stop, queues=queues)


def run_worker(
    stop: threading.Event, *, queues: Collection[str] = (), idle_seconds: float = IDLE_SECONDS
) -> int:
    """Run what is due and bring what recurs, until `stop` is set; the job in hand is finished. How many ran."""
    name, count = _name(), 0
    while not stop.is_set():
        close_old_connections()
        try:
            schedule.tick(at=clock.now())
            busy = run_once(queues=queues, worker=name)
        except Exception:
            logger.exception("The worker could not reach its jobs; it tries again.")
            busy = False
        count += busy
        if not busy:
            stop.wait(idle_seconds)
    connections.close_all()
    return count


def claim(*, queues: Collection[str] = (), worker: str) -> Job | None:
    """Take the next due job under a lease; None when nothing is due. Jobs tried too often become dead letters."""
    at = clock.now()
    due = Job.objects.due(at=at)
    if queues:
        due = due.filter(queue__in=queues)
    if not due.exists():
        return None
    with transaction.atomic():
        job = due.order_by("-priority", "run_after", "pk").for_update_or_skip().first()
        if job is None:
            return None
        if job.attempts >= job.most_attempts:
            _bury(job, error=job.error or "Every worker that took this job died.", at=at)
            return None
        job.state, job.worker, job.started_at = State.RUNNING, worker, at
        job.attempts, job.fence, job.leased_until = job.attempts + 1, job.fence + 1, at + LEASE
        job.unique_key = None
        job.save(
            update_fields=["state", "worker", "started_at", "attempts", "fence", "leased_until", "unique_key"]
        )
    return job


def _run(job: Job) -> None:
    try:
        with _Lease(job):
            result = _call(job)
    except GiveUp as error:
        _bury(job, error=str(error) or "The task gave up.", at=clock.now())
    except Exception as error:  # noqa: BLE001 - whatever a task raises, the worker goes on
        _fail(job, error=error, at=clock.now())
    except BaseException:
        _hand_back(job, at=clock.now())
        raise
    else:
        _end(job, result=result, at=clock.now())


def _call(job: Job) -> Any:
    task = import_string(job.task)
    if not isinstance(task, Task):
        raise GiveUp(f"{job.task} is not a task.")
    if task.takes_context:
        result = task_backends[task.backend].get_result(str(job.pk))
        return task.call(TaskContext(task_result=result), *job.args, **job.kwargs)
    return task.call(*job.args, **job.kwargs)


def _end(job: Job, *, result: Any, at: datetime) -> None:
    _close(job, state=State.DONE, finished_at=at, result=_plain(result), error="")


def _fail(job: Job, *, error: Exception, at: datetime) -> None:
    text = "".join(traceback.format_exception(error))[-ERROR_LENGTH:]
    if job.attempts >= job.most_attempts:
        _bury(job, error=text, at=at)
        return
    logger.warning("%s failed (attempt %s): %s", job, job.attempts, error)
    _close(job, state=State.WAITING, run_after=at + pause_after(job.attempts, pk=job.pk), error=text)


def _bury(job: Job, *, error: str, at: datetime) -> None:
    logger.error("%s is a dead letter after %s attempts: %s", job, job.attempts, error)
    _close(job, state=State.DEAD, finished_at=at, error=error[-ERROR_LENGTH:])


def _hand_back(job: Job, *, at: datetime) -> None:
    """The worker is told to stop in the middle of the job: another one begins it anew, and it was no attempt."""
    _close(job, state=State.WAITING, run_after=at, attempts=job.attempts - 1)


def _close(job: Job, **changes: Any) -> None:
    """Write the end of this claim, unless the lease ran out and someone else has claimed the job since."""
    if not Job.objects.held(pk=job.pk, fence=job.fence).update(leased_until=None, **changes):
        logger.warning(
            "%s was claimed by another worker in the meantime; this end of it does not count.", job
        )


def pause_after(attempts: int, *, pk: int) -> timedelta:
    """How long a job rests after so many failed attempts: doubling, spread by a fifth so that a crowd disperses."""
    pause: timedelta = min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)
    return pause * (1 + (pk * 2_654_435_761 % 1_000) / 5_000)


def _plain(result: Any) -> Any:
    try:
        return normalize_json(result)
    except (TypeError, ValueError):
        return None


def _name() -> str:
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{threading.current_thread().name[:20]}"


class _Lease:
    """Renews the lease while a long job runs, from a thread of its own; short jobs never get to that."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._renew, name=f"lease-{job.pk}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _renew(self) -> None:
        for _ in range(int(LONGEST_RUN / (LEASE / 3))):
            if self._ended.wait((LEASE / 3).total_seconds()) or not self._held():
                return

    def _held(self) -> bool:
        """Move the end of the lease on; False when the job was claimed by someone else."""
        try:
            held = Job.objects.held(pk=self._job.pk, fence=self._job.fence)
            return held.update(leased_until=clock.now() + LEASE) == 1
        except Exception:
            logger.exception("The lease of %s could not be renewed; it tries again.", self._job)
            return True
        finally:
            connections.close_all()
