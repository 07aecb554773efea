"""What happens to requests by itself: what was delivered closes."""

from __future__ import annotations

from landbridge.access import actions, queries
from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM


@task()
def close_delivered() -> None:
    """Once a day: close what was delivered, where both sides spoke or had their time."""
    at = clock.now()
    for request in queries.to_close(at=at):
        actions.close(request_id=request.pk, by=SYSTEM, at=at)
