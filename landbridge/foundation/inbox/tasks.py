"""What happens to incoming mail by itself: it is deleted with time."""

from __future__ import annotations

from datetime import timedelta

from landbridge.foundation import clock
from landbridge.foundation.inbox import actions
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM

KEPT = timedelta(days=180)


@task()
def forget() -> None:
    """Once a day: what came half a year ago and waits for nobody."""
    at = clock.now()
    actions.forget(before=at - KEPT, by=SYSTEM, at=at)
