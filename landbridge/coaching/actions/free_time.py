"""A coach's free time: laid by a weekly pattern or one stretch at a time, taken away again. The coach is locked."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from landbridge.coaching import queries, rules
from landbridge.coaching.actions._parts import _require
from landbridge.coaching.models import Coach, FreeTime, Session
from landbridge.coaching.rules import Stretch, Weekly
from landbridge.coaching.states import SessionState
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, refuse, refuse_if


@transaction.atomic
def lay_time(*, coach_id: int, starts_at: datetime, ends_at: datetime, by: Actor, at: datetime) -> FreeTime:
    """A coach is free from then until then; free time never overlaps."""
    coach = _locked_coach(coach_id, by=by)
    stretch = Stretch(starts_at, ends_at)
    refuse_if(rules.problems_with_stretch(stretch, others=queries.free_around(coach, stretch), at=at))
    laid = FreeTime.objects.create(coach=coach, starts_at=starts_at, ends_at=ends_at)
    record("coach.time_laid", coach, by=by, at=at, starts_at=starts_at, ends_at=ends_at)
    return laid


@transaction.atomic
def lay_week(*, coach_id: int, pattern: Weekly, by: Actor, at: datetime) -> Coach:
    """A coach is free at the same hours of some days, week after week, in their own time zone.

    Where they are free in a part of these hours already, only the rest is laid; what has begun is left out.
    """
    coach = _locked_coach(coach_id, by=by)
    refuse_if(rules.problems_with_pattern(pattern, today=at.astimezone(ZoneInfo(coach.time_zone)).date()))
    laid = [
        part
        for wanted in rules.stretches_of(pattern, zone=coach.time_zone)
        for part in rules.left_of(wanted, queries.free_around(coach, wanted))
        if not list(rules.problems_with_stretch(part, others=(), at=at))
    ]
    if not laid:
        refuse(
            "nothing_to_lay",
            N_("You are free in all of these hours already."),
            cure=N_("Choose other days or hours."),
        )
    FreeTime.objects.bulk_create(
        FreeTime(coach=coach, starts_at=one.starts_at, ends_at=one.ends_at) for one in laid
    )
    record("coach.week_laid", coach, by=by, at=at, stretches=len(laid), first_day=pattern.first_day)
    return coach


@transaction.atomic
def take_away(*, free_time_id: int, by: Actor, at: datetime) -> Coach:
    """A coach is not free then after all; impossible while a session is booked in it."""
    coach = _locked_coach(FreeTime.objects.get(pk=free_time_id).coach_id, by=by)
    laid = FreeTime.objects.for_update().get(pk=free_time_id, coach=coach)
    booked = Session.objects.filter(free_time=laid, state=SessionState.BOOKED, starts_at__gt=at)
    if booked.exists():
        refuse(
            "time_is_booked",
            N_("A session is booked in this time."),
            cure=N_("Cancel the session first; the company is told."),
        )
    record("coach.time_taken_away", coach, by=by, at=at, starts_at=laid.starts_at, ends_at=laid.ends_at)
    laid.delete()
    return coach


def _locked_coach(coach_id: int, *, by: Actor) -> Coach:
    """The coach's own row, locked; others see it, but do not lay time for them."""
    _require(P.COACHING_COACH, by=by)
    return Coach.objects.visible_to(by).for_update().get(pk=coach_id)
