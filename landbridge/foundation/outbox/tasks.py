"""Sending, as jobs."""

from __future__ import annotations

from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.outbox import actions


@task(priority=10)
def send(letter_id: int) -> None:
    """Send one letter, unless it was sent before."""
    actions.send(letter_id=letter_id, at=clock.now())


@task(priority=10)
def hand_out(letter_ids: list[int]) -> None:
    """Ask for the sending of many letters, each as a job of its own; asked for twice, each still leaves once."""
    for letter_id in letter_ids:
        send.using(unique_key=f"letter-{letter_id}").enqueue(letter_id)
