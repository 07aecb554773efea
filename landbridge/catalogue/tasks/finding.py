"""What finding does by itself: the index follows the changes, and saved searches tell of news."""

from __future__ import annotations

from landbridge.catalogue import alerts
from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task


@task()
def update_index() -> None:
    """Each minute: read the changes that no search has read yet; builds the index where there is none."""
    alerts.catch_up(at=clock.now())


@task()
def tell_of_news() -> None:
    """Each hour: look for news of the saved searches that are due."""
    alerts.tell_of_news(at=clock.now())
