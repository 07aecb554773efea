"""Absences of brokers: entered ahead, taken out again; when one begins, the cases move on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from landbridge.clocks import queries, rules
from landbridge.clocks.models import Absence, Clock
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed, refuse_if
from landbridge.programmes.models import Region


@transaction.atomic
def enter_absence(
    *,
    region_id: int,
    membership_id: int,
    first_day: date,
    last_day: date,
    stand_in_id: int | None,
    by: Actor,
    at: datetime,
) -> Absence:
    """Enter the days on which a broker of a desk is away, and the colleague who takes the cases meanwhile."""
    if not by.may(P.ABSENCE_ENTER):
        raise NotAllowed(P.ABSENCE_ENTER)
    region = queries.desks_seen_by(by).for_update().get(pk=region_id)
    brokers = queries.brokers_of(region_id)
    away = rules.Away(
        first_day=first_day,
        last_day=last_day,
        overlaps=queries.is_away(membership_id, first_day, last_day),
        is_at_this_desk=membership_id in brokers,
        stand_in_is_at_this_desk=stand_in_id is None or stand_in_id in brokers,
        stand_in_is_oneself=stand_in_id == membership_id,
        stand_in_is_away=stand_in_id is not None and queries.is_away(stand_in_id, first_day, last_day),
    )
    refuse_if(rules.problems_with_absence(away, today=queries.today_at(region, at=at)))

    absence = Absence.objects.create(
        membership_id=membership_id,
        person_name=brokers[membership_id],
        region=region,
        first_day=first_day,
        last_day=last_day,
        stand_in_id=stand_in_id,
        stand_in_name=brokers[stand_in_id] if stand_in_id else "",
        entered_at=at,
    )

    record("absence.entered", absence, by=by, at=at, first_day=first_day, last_day=last_day)
    return absence


@transaction.atomic
def end_absence(*, absence_id: int, by: Actor, at: datetime) -> Region:
    """Take an absence out: the broker is there after all. Cases that moved on stay where they are."""
    absence = Absence.objects.visible_to(by).for_update().select_related("region").get(pk=absence_id)
    if not by.may(P.ABSENCE_ENTER):
        raise NotAllowed(P.ABSENCE_ENTER)

    record("absence.ended", absence, by=by, at=at)
    absence.delete()
    return absence.region


@transaction.atomic
def begin_absence(*, absence_id: int, by: Actor, at: datetime) -> list[Clock]:
    """Hand the clocks that an absent broker holds to the stand-in, else to the desk; those of every word."""
    absence = Absence.objects.for_update().get(pk=absence_id)
    clocks = Clock.objects.open().filter(membership_id=absence.membership_id).for_update()
    moved = list(clocks.order_by("pk"))
    for clock in moved:
        clock.membership_id = absence.stand_in_id
        clock.save(update_fields=["membership_id"])
        record("clock.assigned", clock, by=by, at=at, membership=absence.stand_in_id)
    return moved
