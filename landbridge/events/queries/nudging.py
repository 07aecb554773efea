"""Whom the jobs turn to: events with a waiting list, people to remind, people who never came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from landbridge.events.models import CheckIn, Event, Registration
from landbridge.events.queries.registrations import without_slots
from landbridge.events.states import Registered, S

WEEK, DAY = timedelta(days=7), timedelta(days=1)
TIME_TO_TICK = timedelta(days=2)
SCANS_ARRIVE = timedelta(days=1)
FOLLOWED_FOR = timedelta(days=3)
NEEDED_FOR = timedelta(days=30)


def with_waiting_list(*, at: datetime) -> list[int]:
    """Running events on whose waiting list somebody stands."""
    waiting = Registration.objects.filter(state=Registered.WAITING).values("event")
    rows = Event.objects.filter(state=S.PUBLISHED, ends_at__gt=at, pk__in=waiting)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def events_to_remind_of(*, at: datetime) -> Iterator[tuple[str, int]]:
    """Events a week or a day ahead of which nobody has been reminded yet. In the last two days nobody reads of a week."""
    ahead = Event.objects.filter(state=S.PUBLISHED, starts_at__gt=at).order_by("pk")
    week = ahead.filter(reminded_week_at__isnull=True, starts_at__lte=at + WEEK, starts_at__gt=at + 2 * DAY)
    yield from (("week", pk) for pk in list(week.values_list("pk", flat=True)))
    day = ahead.filter(reminded_day_at__isnull=True, starts_at__lte=at + DAY)
    yield from (("day", pk) for pk in list(day.values_list("pk", flat=True)))


def taking_part(event_id: int) -> list[int]:
    """Who has a place and is expected. Ids."""
    rows = Registration.objects.filter(event=event_id).taking_part()
    return list(rows.order_by("pk").values_list("pk", flat=True))


def silent_about_times(*, at: datetime) -> list[int]:
    """Who has had a place for two days, was never reminded, and has not said when they are there. Ids."""
    rows = without_slots(Registration.objects.filter(event__state=S.PUBLISHED, event__starts_at__gt=at))
    rows = rows.filter(reminded_at__isnull=True, approved_at__lt=at - TIME_TO_TICK)
    rows = rows.filter(event__slots__isnull=False).distinct()
    return list(rows.order_by("pk").values_list("pk", flat=True))


def never_came(*, at: datetime) -> list[int]:
    """Who had a place at an event that ended a day ago and had a check-in, and was never checked in. Ids."""
    counted = CheckIn.objects.values("registration__event")
    rows = Registration.objects.filter(
        state=Registered.APPROVED,
        event__state__in=[S.PUBLISHED, S.ENDED],
        event__ends_at__lt=at - SCANS_ARRIVE,
        event__in=counted,
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def to_follow_up(*, at: datetime) -> list[int]:
    """Who came to an event that ended in the last days; where nobody was checked in, whoever had a place. Ids."""
    over = Event.objects.filter(
        state__in=[S.PUBLISHED, S.ENDED], ends_at__lt=at - DAY / 2, ends_at__gt=at - FOLLOWED_FOR
    )
    counted = CheckIn.objects.values("registration__event")
    came = Registration.objects.filter(event__in=over.values("pk"), state=Registered.ATTENDED)
    had = Registration.objects.filter(event__in=over.values("pk"), state=Registered.APPROVED)
    ids = [
        *came.values_list("pk", flat=True),
        *had.exclude(event__in=counted).values_list("pk", flat=True),
    ]
    return sorted(ids)


def with_needs_to_forget(*, at: datetime) -> list[int]:
    """Events that ended a month ago and still hold what people needed. Ids."""
    rows = Registration.objects.filter(event__ends_at__lt=at - NEEDED_FOR)
    rows = rows.filter(~Q(needs="") | Q(needs_step_free=True))
    return sorted(set(rows.values_list("event_id", flat=True)))
