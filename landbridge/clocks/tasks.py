"""What clocks cause by themselves, every hour: reminders, and a word to the office about what is late."""

from __future__ import annotations

from landbridge.clocks import actions, queries
from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM


@task()
def watch() -> None:
    """Every hour: look at each clock that runs; each letter is written once, on its day or after it."""
    at = clock.now()
    for clock_id in list(queries.to_watch().values_list("pk", flat=True)):
        actions.watch(clock_id=clock_id, by=SYSTEM, at=at)


@task()
def hand_on() -> None:
    """Every hour: clocks of brokers who are away go to their stand-ins."""
    at = clock.now()
    for absence in queries.has_begun(at):
        actions.begin_absence(absence_id=absence.pk, by=SYSTEM, at=at)
