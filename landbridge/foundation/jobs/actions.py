"""What the people who run the house do with jobs: revive a dead letter, sweep out old rows."""

from __future__ import annotations

from datetime import datetime, timedelta

from landbridge.foundation.jobs.models import Job, State

KEPT = timedelta(days=14)
SWEPT_AT_ONCE = 10_000


def revive(*, job_id: int, at: datetime) -> bool:
    """Give a dead letter all its attempts again; False when it is none."""
    dead = Job.objects.filter(pk=job_id, state=State.DEAD)
    return dead.update(state=State.WAITING, attempts=0, run_after=at, finished_at=None) == 1


def sweep(*, at: datetime) -> int:
    """Delete jobs done two weeks ago or earlier; how many. Dead letters stay."""
    old = Job.objects.filter(state=State.DONE, finished_at__lt=at - KEPT).order_by("pk")
    oldest = list(old.values_list("pk", flat=True)[:SWEPT_AT_ONCE])
    deleted, _ = Job.objects.filter(pk__in=oldest).delete()
    return deleted
