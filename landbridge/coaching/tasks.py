"""What happens in coaching by itself: companies without an adviser are told whom to call; sessions are reminded of."""

from __future__ import annotations

from landbridge.clocks import queries as clocks
from landbridge.coaching import actions, queries
from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM


@task()
def tell_whom_to_call() -> None:
    """Every hour: companies that waited too long for an adviser are told whom to call, once."""
    at = clock.now()
    for late in clocks.due_for_clients("coaching.case", at=at):
        actions.tell_whom_to_call(clock_id=late.pk, by=SYSTEM, at=at)


@task()
def remind() -> None:
    """Every hour: both sides are reminded of the sessions of the coming day, once."""
    at = clock.now()
    for session in queries.to_remind(at=at):
        actions.remind(session_id=session.pk, by=SYSTEM, at=at)
