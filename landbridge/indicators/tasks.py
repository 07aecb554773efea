"""What indicators do by themselves: keep a reading for the end of each month, and take over what was published."""

from __future__ import annotations

from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.indicators import actions, queries
from landbridge.indicators.queries.listing import published_figures
from landbridge.indicators.rules import last_of_month


@task()
def keep_month() -> None:
    """Keep the reading of the last day of the last full month of every active indicator that is counted."""
    at = clock.now()
    day = last_of_month(queries.day_of(at))
    for indicator_id in queries.to_read(day):
        actions.take(indicator_id=indicator_id, as_of=day, by=SYSTEM, at=at)


@task()
def take_published() -> None:
    """Take over what programmes published, where an indicator means the same."""
    at = clock.now()
    for figure_id in published_figures():
        actions.take_published(figure_id=figure_id, by=SYSTEM, at=at)
