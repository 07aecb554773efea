"""What happens to requests by itself: news by letter, the end of what nobody answered, those who no longer come."""

from __future__ import annotations

from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.meetings import actions, queries


@task()
def tell_news() -> None:
    """Every five minutes: one letter to everybody for whom something is new, unless they had one within the hour."""
    at = clock.now()
    for pk in queries.to_be_told():
        actions.tell_news(registration_id=pk, by=SYSTEM, at=at)


@task()
def expire() -> None:
    """Every ten minutes: end the requests that nobody answered in time."""
    at = clock.now()
    for pk in queries.expired_by(at):
        actions.expire(request_id=pk, by=SYSTEM, at=at)


@task()
def clear_up() -> None:
    """Every minute: end what those had agreed to who no longer take part, and tell the others."""
    at = clock.now()
    for pk in queries.gone_with_meetings(at):
        actions.leave(registration_id=pk, by=SYSTEM, at=at)
