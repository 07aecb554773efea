"""What happens to events by itself: the waiting list moves up, reminders go out, who did not come is noted."""

from __future__ import annotations

from landbridge.events import actions
from landbridge.events.queries import nudging, to_end
from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import Refused


@task()
def move_up() -> None:
    """Every ten minutes: free places go to those who wait, also where capacity or quotas were changed."""
    at = clock.now()
    for event_id in nudging.with_waiting_list(at=at):
        actions.move_up(event_id=event_id, by=SYSTEM, at=at)


@task()
def remind() -> None:
    """Every hour: a week and a day before an event, whoever has a place is reminded of it, once each."""
    at = clock.now()
    for which, event_id in nudging.events_to_remind_of(at=at):
        for registration_id in nudging.taking_part(event_id):
            actions.remind_of_event(registration_id=registration_id, which=which, by=SYSTEM, at=at)
        actions.note_reminded(event_id=event_id, which=which, by=SYSTEM, at=at)


@task()
def ask_when_there() -> None:
    """Once a day: whoever has had a place for two days and has not said when they are there is asked, once."""
    at = clock.now()
    for registration_id in nudging.silent_about_times(at=at):
        try:
            actions.remind_of_gaps(registration_id=registration_id, by=SYSTEM, at=at)
        except Refused:  # they have said it in the meantime
            continue


@task()
def miss() -> None:
    """Every hour: a day after the end, whoever had a place and never came is noted, where there was a check-in at all."""
    at = clock.now()
    for registration_id in nudging.never_came(at=at):
        try:
            actions.miss(registration_id=registration_id, by=SYSTEM, at=at)
        except Refused:  # a telephone has sent its scans in the meantime
            continue


@task()
def follow_up() -> None:
    """Once a day: after an event those who came get one letter about what remains."""
    at = clock.now()
    for registration_id in nudging.to_follow_up(at=at):
        actions.follow_up(registration_id=registration_id, by=SYSTEM, at=at)


@task()
def end() -> None:
    """Every hour: an event that is over has ended."""
    at = clock.now()
    for event in to_end(at):
        try:
            actions.end(event_id=event.pk, by=SYSTEM, at=at)
        except Refused:  # it was called off or put off in the meantime
            continue


@task()
def forget() -> None:
    """Once a day: what people needed at events that ended a month ago is deleted."""
    at = clock.now()
    for event_id in nudging.with_needs_to_forget(at=at):
        actions.forget_needs(event_id=event_id, by=SYSTEM, at=at)
