"""What the clock asks of meetings that are over: what came of them, and the next steps."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.meetings import actions, queries

EVENING = 18  # o'clock in the time zone of the event


@task()
def ask_what_came() -> None:
    """Every hour: where it is evening at an event, ask those who have not said what came of today's meetings."""
    at = clock.now()
    for event in queries.events_with_unsaid(at):
        local = at.astimezone(ZoneInfo(event.time_zone))
        if local.hour < EVENING:
            continue
        for pk in queries.unsaid(event, before=at):
            actions.ask_what_came(registration_id=pk, day=local.date(), by=SYSTEM, at=at)


@task()
def remind_of_steps() -> None:
    """Once a day: call next steps to mind, 3, 14 and 90 days after the meeting."""
    at = clock.now()
    for outcome in list(queries.steps_due(at)):
        actions.remind_of_step(outcome_id=outcome.pk, by=SYSTEM, at=at)


@task()
def conclude() -> None:
    """Every hour: what one side says was held, and the other did not contradict within three days, is held."""
    at = clock.now()
    for pk in queries.to_conclude(at):
        actions.conclude(meeting_id=pk, by=SYSTEM, at=at)
