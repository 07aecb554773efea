"""What happens to records by itself: letters, hiding what nobody confirmed, a look at websites."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from landbridge.catalogue import actions, queries, rules, websites
from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM

# Every website is looked at once a week; where nothing at all answers, it is our own network that is down.
HOURS_OF_A_WEEK = 7 * 24
MOST_AT_ONCE = 300
ENOUGH_TO_JUDGE = 3


@task()
def ask_whether_right() -> None:
    """Once a day: a letter about each record that is due; the same day twice writes no second one."""
    at = clock.now()
    for record in queries.to_be_reminded(today=at.date()).iterator(chunk_size=500):
        actions.remind(record_id=record.pk, at=at)


@task()
def hide_unconfirmed() -> None:
    """Once a day: records that nobody confirmed for fifteen months are no longer shown."""
    at = clock.now()
    for record in queries.to_be_hidden(today=at.date()).iterator(chunk_size=500):
        today = queries.today_for(record, at=at)
        if record.due_on is not None and rules.is_to_be_hidden(due_on=record.due_on, today=today):
            actions.hide(
                record_id=record.pk, reason="Nobody confirmed it for fifteen months.", by=SYSTEM, at=at
            )


@task()
def look_at_websites() -> None:
    """Each hour: the websites of that hour of the week, where the operator allows it (LANDBRIDGE_LINK_CHECKS)."""
    if settings.LANDBRIDGE_LINK_CHECKS:
        check_websites(websites.answers)


def check_websites(answers: Callable[[str], bool]) -> None:
    """Note which websites do not answer, as `answers` says; one that leads into an inner network counts as dead."""
    at = clock.now()
    hour = int(at.timestamp() // 3600) % HOURS_OF_A_WEEK
    found: dict[int, bool] = {}
    for record in queries.with_websites(hour=hour, hours=HOURS_OF_A_WEEK, limit=MOST_AT_ONCE):
        try:
            found[record.pk] = answers(record.website)
        except websites.Inner:
            found[record.pk] = False
    if len(found) >= ENOUGH_TO_JUDGE and not any(found.values()):
        return
    for pk, is_alive in found.items():
        actions.note_link(record_id=pk, is_broken=not is_alive, at=at)
