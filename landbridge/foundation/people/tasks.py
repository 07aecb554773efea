"""What is swept away, as a job."""

from __future__ import annotations

from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.people import actions


@task()
def sweep() -> None:
    """Forget sessions and counts of attempts whose time is over."""
    actions.sweep(at=clock.now())
