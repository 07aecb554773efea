"""Starting, pausing and ending clocks. The words above call these within their own changes, in one transaction.

Whoever may make the change that starts or ends a duty may start or end its clock: nothing is asked here again.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from landbridge.clocks import rules
from landbridge.clocks.actions.duties import bring_duties
from landbridge.clocks.models import Clock, Duty
from landbridge.clocks.states import Ending
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.programmes.calendar import calendar_of
from landbridge.programmes.models import Region


@transaction.atomic
def start(
    *,
    duty: str,
    about: models.Model,
    region: Region,
    by: Actor,
    at: datetime,
    due_at: datetime | None = None,
    membership_id: int | None = None,
) -> Clock:
    """Let a duty of a region's desk towards an object begin, in the region's working days or until `due_at`.

    A clock of this duty that runs for the object already stays as it is. Raises Duty.DoesNotExist for a key that
    nobody knows.
    """
    kind = _duty(duty, at=at)
    running = Clock.objects.about(about).open().filter(duty=kind).for_update().first()
    if running is not None:
        return running

    calendar = calendar_of(region)
    due = due_at or calendar.deadline(at, working_days=kind.working_days)
    working_days = kind.working_days if due_at is None else rules.days_left(calendar, due_at=due_at, at=at)
    clock = Clock.objects.create(
        duty=kind,
        about_table=about._meta.label_lower,
        about_id=about.pk,
        about_name=str(about)[:150],
        region=region,
        membership_id=membership_id,
        working_days=working_days,
        remind_after=[after for after in kind.remind_after if after <= working_days],
        tells_supervisor=kind.tells_supervisor,
        tells_client_after=kind.tells_client_after,
        started_at=at,
        due_at=due,
    )

    record("clock.started", clock, by=by, at=at, duty=duty, due_at=due)
    return clock


@transaction.atomic
def stop(
    *, about: models.Model, by: Actor, at: datetime, duty: str = "", ending: Ending = Ending.MET
) -> list[Clock]:
    """End the clock of a duty towards an object, or all of the object's clocks; those that ended stay as they are."""
    ended = _open(about, duty=duty)
    for clock in ended:
        _end(clock, ending, by=by, at=at)
    return ended


@transaction.atomic
def pause(*, about: models.Model, by: Actor, at: datetime) -> list[Clock]:
    """Stop the time of an object's clocks; each keeps the working days that it had left."""
    paused = [clock for clock in _open(about) if clock.paused_at is None]
    for clock in paused:
        clock.paused_at = at
        clock.days_left = rules.days_left(calendar_of(clock.region), due_at=clock.due_at, at=at)
        clock.save(update_fields=["paused_at", "days_left"])
        record("clock.paused", clock, by=by, at=at, days_left=clock.days_left)
    return paused


@transaction.atomic
def resume(*, about: models.Model, by: Actor, at: datetime) -> list[Clock]:
    """Let an object's clocks go on with the working days they had left."""
    resumed = []
    for clock in _open(about):
        if clock.paused_at is None or clock.days_left is None:
            continue
        clock.due_at = rules.due_after_pause(
            calendar_of(clock.region),
            due_at=clock.due_at,
            days_left=clock.days_left,
            paused_at=clock.paused_at,
            at=at,
        )
        clock.paused_at = clock.days_left = None
        clock.save(update_fields=["due_at", "paused_at", "days_left"])
        record("clock.resumed", clock, by=by, at=at, due_at=clock.due_at)
        resumed.append(clock)
    return resumed


@transaction.atomic
def move(*, about: models.Model, region: Region, by: Actor, at: datetime) -> list[Clock]:
    """Hand an object's duties over: each clock ends, and the new region's begins, with its full length there.

    What was paused is paused there as well. Clocks that this region holds already stay as they are.
    """
    begun = []
    for clock in _open(about):
        if clock.region_id == region.pk:
            continue
        _end(clock, Ending.HANDED_OVER, by=by, at=at)
        begun.append(start(duty=clock.duty.key, about=about, region=region, by=by, at=at))
        if clock.paused_at is not None:
            begun[-1].paused_at, begun[-1].days_left = at, begun[-1].working_days
            begun[-1].save(update_fields=["paused_at", "days_left"])
    return begun


@transaction.atomic
def assign(*, about: models.Model, membership_id: int | None, by: Actor, at: datetime) -> list[Clock]:
    """Name who holds an object's clocks at the desk: reminders go to them. None: to the whole desk."""
    given = [clock for clock in _open(about) if clock.membership_id != membership_id]
    for clock in given:
        clock.membership_id = membership_id
        clock.save(update_fields=["membership_id"])
        record("clock.assigned", clock, by=by, at=at, membership=membership_id)
    return given


def _duty(key: str, *, at: datetime) -> Duty:
    found = Duty.objects.filter(key=key).first()
    if found is None:
        bring_duties(by=SYSTEM, at=at)
        found = Duty.objects.get(key=key)
    return found


def _open(about: models.Model, *, duty: str = "") -> list[Clock]:
    rows = Clock.objects.about(about).open().select_related("duty", "region").for_update()
    return list((rows.filter(duty__key=duty) if duty else rows).order_by("pk"))


def _end(clock: Clock, ending: Ending, *, by: Actor, at: datetime) -> None:
    clock.ended_at, clock.ending = max(at, clock.started_at), ending
    clock.save(update_fields=["ended_at", "ending"])
    met = not rules.is_overdue(due_at=clock.due_at, at=at)
    record("clock.ended", clock, by=by, at=at, ending=str(ending), in_time=met)
