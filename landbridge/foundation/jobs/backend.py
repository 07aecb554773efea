"""Jobs as rows: asked for in the transaction of the change, so that both happen or neither."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task as AnyTask
from django_tasks.base import TaskError
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist
from django_tasks.utils import get_module_path, normalize_json

from landbridge.foundation import clock
from landbridge.foundation.jobs.models import MOST_ATTEMPTS, Job, State
from landbridge.foundation.jobs.task import Task

Result = TypeVar("Result")
MOST_TRIES = 5

STATUS_OF = {
    State.WAITING: TaskResultStatus.READY,
    State.RUNNING: TaskResultStatus.RUNNING,
    State.DONE: TaskResultStatus.SUCCESSFUL,
    State.DEAD: TaskResultStatus.FAILED,
}


class DatabaseBackend(BaseTaskBackend):
    """Keeps jobs in the database itself; `landbridge worker` and the embedded server's threads run them."""

    task_class = Task
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: AnyTask[Any, Result], args: Any, kwargs: Any) -> TaskResult[Result]:
        """Write the job down; the transaction around it decides whether it ever exists."""
        job = self._new(task, list(args), dict(kwargs))
        if job.unique_key is None:
            job.save(force_insert=True)
        else:
            job = self._once(job)
        return _result(job, task)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """What became of a job. Raises TaskResultDoesNotExist when there is none, or no longer."""
        job = Job.objects.filter(pk=result_id).first() if result_id.isdecimal() else None
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return _result(job, import_string(job.task))

    def _new(self, task: AnyTask[Any, Any], args: list[Any], kwargs: dict[str, Any]) -> Job:
        self.validate_task(task)
        now = clock.now()
        return Job(
            task=get_module_path(task.func),
            args=normalize_json(args),
            kwargs=normalize_json(kwargs),
            queue=task.queue_name,
            priority=task.priority,
            run_after=task.run_after or now,
            unique_key=getattr(task, "unique_key", None),
            most_attempts=getattr(task, "most_attempts", MOST_ATTEMPTS),
            enqueued_at=now,
        )

    def _once(self, job: Job) -> Job:
        """The job already waiting under this key, or this one; locked, so that it begins after the change is made."""
        with transaction.atomic():
            for _ in range(MOST_TRIES):
                waiting = Job.objects.filter(unique_key=job.unique_key).for_update().first()
                if waiting is not None:
                    return waiting
                Job.objects.bulk_create([job], ignore_conflicts=True)
        raise InvalidTaskError(f"The key {job.unique_key!r} is taken and freed faster than it can be read.")


def _result(job: Job, task: AnyTask[Any, Result]) -> TaskResult[Result]:
    result: TaskResult[Result] = TaskResult(
        task=task,
        id=str(job.pk),
        status=STATUS_OF[State(job.state)],
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.started_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=task.backend,
        errors=[TaskError(exception_class_path="builtins.Exception", traceback=job.error)]
        if job.error
        else [],
        worker_ids=[job.worker] * job.attempts,
    )
    object.__setattr__(result, "_return_value", job.result)
    return result
