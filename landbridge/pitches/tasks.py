"""Jobs of pitches: asking again, 3, 6 and 12 months after the session, what became of it."""

from __future__ import annotations

from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.pitches import actions, queries


@task()
def ask_again() -> None:
    """Once a day: whoever goes on with a company, and the company, are asked what became of it. Twice is once."""
    at = clock.now()
    for reaction_id, months in queries.to_ask_again(today=at.date()):
        actions.ask_again(reaction_id=reaction_id, months=months, by=SYSTEM, at=at)
