"""What happens to webinars by itself: reminders, the end, thanks."""

from __future__ import annotations

from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.webinars import actions, queries


@task()
def remind() -> None:
    """Every ten minutes: write to those who have a place, a day and an hour before."""
    at = clock.now()
    for webinar, of in queries.to_remind(at=at):
        actions.remind(webinar_id=webinar.pk, of=of, by=SYSTEM, at=at)


@task()
def end() -> None:
    """Every hour: what is over was held; a day later, once it is known who was there, everybody is thanked."""
    at = clock.now()
    for webinar in queries.to_end(at=at):
        actions.hold(webinar_id=webinar.pk, by=SYSTEM, at=at)
    for webinar in queries.to_thank(at=at):
        actions.thank(webinar_id=webinar.pk, by=SYSTEM, at=at)
