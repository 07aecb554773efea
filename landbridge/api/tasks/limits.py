"""Forgetting who asked how often."""

from __future__ import annotations

from landbridge.api.actions import limits as actions
from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task


@task()
def forget() -> None:
    """Once a day: the counts of those who have not asked since yesterday."""
    actions.forget_windows(at=clock.now())
