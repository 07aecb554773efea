"""Sending, as jobs."""

from __future__ import annotations

from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.outbox import actions


@task(priority=10)
def send(letter_id: int) -> None:
    """Send one letter, unless it was sent before."""
    actions.send(letter_id=letter_id, at=clock.now())
