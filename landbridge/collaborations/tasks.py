"""What is recorded by itself: whatever ended as a collaboration."""

from __future__ import annotations

from landbridge.collaborations import actions, queries
from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM


@task()
def bring() -> None:
    """Once an hour: requests closed, introductions that became a collaboration, and vouchers closed."""
    at = clock.now()
    for origin, row_id in list(queries.waiting()):
        actions.record_from(origin=origin, row_id=row_id, by=SYSTEM, at=at)
