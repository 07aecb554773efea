"""The jobs about jobs."""

from __future__ import annotations

from landbridge.foundation import clock
from landbridge.foundation.jobs import actions
from landbridge.foundation.jobs.task import task


@task(most_attempts=1)
def sweep() -> None:
    """Delete jobs that were done long ago."""
    actions.sweep(at=clock.now())
