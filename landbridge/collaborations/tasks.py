"""What happens to collaborations by itself: recording what ended as one, a word on the day of a next step."""

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


@task()
def remind() -> None:
    """Every morning: write to those whose next step is due; once for each step and day."""
    at = clock.now()
    for pk in list(queries.to_remind(at=at)):
        actions.remind(step_id=pk, by=SYSTEM, at=at)
