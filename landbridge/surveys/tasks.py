"""What happens to surveys by itself: who is due is asked, reminded, and left in peace when the time is over."""

from __future__ import annotations

from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.surveys import actions, queries


@task()
def due() -> None:
    """Every hour: the rules ask, letters leave, reminders follow, and what is over ends."""
    at = clock.now()
    for sheet in queries.to_lapse(at=at):
        actions.lapse(sheet_id=sheet.pk, by=SYSTEM, at=at)
    for rule in queries.active_rules(at=at):
        actions.ask(rule_id=rule.pk, by=SYSTEM, at=at)
    for sheet in queries.to_remind(at=at):
        actions.remind(sheet_id=sheet.pk, by=SYSTEM, at=at)
    for sheet in queries.to_send(at=at):
        actions.send(sheet_id=sheet.pk, by=SYSTEM, at=at)
