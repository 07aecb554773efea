"""What clocks cause by themselves: reminders to the desk, a word to the office; each once."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from landbridge.clocks import queries, rules
from landbridge.clocks.models import Clock
from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.programmes.calendar import calendar_of


@transaction.atomic
def watch(*, clock_id: int, by: Actor, at: datetime) -> Clock:
    """Remind the desk, and tell the office that it is late, where that is due; each once, however often it is called.

    Nothing is written outside the desk's hours, nor about a clock that is paused or has ended.
    """
    clock = Clock.objects.for_update().select_related("duty", "region").get(pk=clock_id)
    calendar, facts = calendar_of(clock.region), clock.facts()
    if (
        clock.ended_at
        or clock.paused_at
        or at < clock.started_at
        or not rules.is_time_to_write(calendar, at=at)
    ):
        return clock

    late = rules.is_overdue(due_at=clock.due_at, at=at)
    reminders = rules.reminders_due(facts, calendar, at=at)
    if reminders:
        clock.reminders_sent = reminders
        clock.save(update_fields=["reminders_sent"])
        record("clock.reminded", clock, by=by, at=at, reminders=reminders)
        if not (late and clock.tells_supervisor):  # then the letter about its being late is enough
            _tell("reminder", clock, office=False, at=at)
    if rules.supervisor_is_due(facts, at=at):
        clock.supervisor_told_at = at
        clock.save(update_fields=["supervisor_told_at"])
        record("clock.reported", clock, by=by, at=at)
        _tell("late", clock, office=False, at=at)
        _tell("late_office", clock, office=True, at=at)
    return clock


@transaction.atomic
def mark_client_told(*, clock_id: int, by: Actor, at: datetime) -> Clock:
    """Write down that the client was told; whoever knows the client calls this with the letter, in one transaction."""
    clock = Clock.objects.for_update().get(pk=clock_id)
    if clock.client_told_at is None:
        clock.client_told_at = at
        clock.save(update_fields=["client_told_at"])
        record("clock.client_told", clock, by=by, at=at)
    return clock


def _tell(event: str, clock: Clock, *, office: bool, at: datetime) -> None:
    people = queries.office_of(clock.region_id) if office else queries.holders_of(clock, at=at)
    tell(
        f"clocks/{event}",
        clock,
        to=people,
        at=at,
        context={
            "duty": clock.duty.name,
            "number": clock.about_name,
            "desk": clock.region.name,
            "due_at": clock.due_at.astimezone(ZoneInfo(clock.region.time_zone)),
        },
    )
