"""The jobs: what is to be done, when, and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import connections, models
from django.db.models import Q

from landbridge.foundation.models import Rows, Table

MOST_ATTEMPTS = 8


class State(models.TextChoices):
    """Where a job stands. A dead letter was tried too often; it stays until someone revives or deletes it."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


class JobRows(Rows["Job"]):
    """Jobs by what can be done with them."""

    def due(self, *, at: datetime) -> Self:
        """Waiting and no longer deferred, or left behind by a worker whose lease has run out."""
        return self.filter(
            Q(state=State.WAITING, run_after__lte=at) | Q(state=State.RUNNING, leased_until__lt=at)
        )

    def for_update_or_skip(self) -> Self:
        """Lock these rows, passing by those that another worker has locked (SQLite has one writer anyway)."""
        if connections[self.db].features.has_select_for_update_skip_locked:
            return self.select_for_update(skip_locked=True)
        return self

    def held(self, *, pk: int, fence: int) -> Self:
        """The job while this very claim of it counts: a later claim has a higher fence."""
        return self.filter(pk=pk, fence=fence, state=State.RUNNING)


class Job(Table):
    """One call of one task. Whoever runs it holds a lease, and writes its end only under the fence of that lease."""

    task = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    queue = models.CharField(max_length=32, default="default")
    priority = models.SmallIntegerField(default=0)
    run_after = models.DateTimeField()
    unique_key = models.CharField(max_length=200, null=True)
    slot = models.CharField(max_length=100, null=True)
    most_attempts = models.PositiveSmallIntegerField(default=MOST_ATTEMPTS)

    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=100, default="")
    leased_until = models.DateTimeField(null=True)
    error = models.TextField(default="")
    result = models.JSONField(null=True)

    enqueued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unique_key"], name="a_key_waits_once"),
            models.UniqueConstraint(fields=["slot"], name="a_slot_of_the_schedule_is_filled_once"),
        ]
        indexes = [
            models.Index(
                fields=["-priority", "run_after", "id"], name="jobs_waiting", condition=Q(state="waiting")
            ),
            models.Index(fields=["leased_until"], name="jobs_running", condition=Q(state="running")),
            models.Index(fields=["finished_at"], name="jobs_finished"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.pk}"
