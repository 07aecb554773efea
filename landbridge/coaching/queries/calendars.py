"""Calendars: a coach's free time and what of it is booked, where a session fits, and entries for other programs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from landbridge.coaching import rules
from landbridge.coaching.models import Case, Coach, FreeTime, Session
from landbridge.coaching.queries.hours import stretch_of
from landbridge.coaching.queries.people import session_link
from landbridge.coaching.rules import Free, Stretch
from landbridge.coaching.states import OCCUPIES, SessionState
from landbridge.foundation.calendar import Entry, uid

WEEKS_COUNTED = 4  # ahead, when coaches are compared
KEPT_IN_FEED = timedelta(days=180)
REMINDED_BEFORE = timedelta(hours=26)


def free_ahead(coach: Coach, *, at: datetime, days: int = rules.DAYS_AHEAD) -> list[Free]:
    """A coach's free time that has not ended, with what of it is booked; the next first. Two queries."""
    rows = FreeTime.objects.filter(coach=coach, ends_at__gt=at, starts_at__lt=at + timedelta(days=days))
    booked = _booked([coach.pk], at=at)[coach.pk]
    return [_free(row, booked) for row in rows.order_by("starts_at")]


def free_around(coach: Coach, stretch: Stretch) -> list[Stretch]:
    """A coach's free time that touches this stretch."""
    rows = FreeTime.objects.filter(coach=coach, starts_at__lt=stretch.ends_at, ends_at__gt=stretch.starts_at)
    return [Stretch(row.starts_at, row.ends_at) for row in rows]


def booked_around(stretch: Stretch, *, besides: int = 0, **of: int) -> list[Stretch]:
    """Sessions that touch this stretch, of a coach (`coach_id`) or a company (`case__company_id`)."""
    rows = Session.objects.filter(
        state__in=OCCUPIES, starts_at__lt=stretch.ends_at, ends_at__gt=stretch.starts_at, **of
    )
    return [stretch_of(row) for row in rows.exclude(pk=besides)]


def hours_free(coaches: Iterable[Coach], *, at: datetime) -> dict[int, float]:
    """How many hours each is free in the next weeks, bookings left out. Two queries."""
    ids = [coach.pk for coach in coaches]
    ahead = FreeTime.objects.filter(
        coach__in=ids, starts_at__gte=at, starts_at__lt=at + timedelta(weeks=WEEKS_COUNTED)
    )
    booked, found = _booked(ids, at=at), dict.fromkeys(ids, 0.0)
    for row in ahead:
        free = _free(row, booked[row.coach_id])
        found[row.coach_id] += rules.hours_of(rules.left_of(free.stretch, free.booked))
    return found


def sessions_of(coach: Coach, *, at: datetime) -> QuerySet[Session]:
    """A coach's sessions of the last months and all that lie ahead."""
    rows = Session.objects.filter(coach=coach, ends_at__gt=at - KEPT_IN_FEED)
    return rows.select_related("case__company", "case__region", "coach").order_by("starts_at", "pk")


def to_remind(*, at: datetime) -> QuerySet[Session]:
    """Sessions of the coming day of which nobody was reminded."""
    rows = Session.objects.filter(state=SessionState.BOOKED, reminded_at__isnull=True)
    return rows.filter(starts_at__gt=at, starts_at__lte=at + REMINDED_BEFORE).order_by("pk")


def coach_entries(coach: Coach, *, at: datetime) -> list[Entry]:
    """What stands in the coach's own calendar, in the coach's time zone."""
    return [
        entry_of(one, title=one.case.company.name, zone=coach.time_zone) for one in sessions_of(coach, at=at)
    ]


def case_entries(case: Case) -> list[Entry]:
    """What stands in the company's calendar, in its region's time zone."""
    rows = (
        Session.objects.filter(case=case).select_related("case__company", "coach").order_by("starts_at", "pk")
    )
    return [entry_of(one, title=one.coach.name, zone=case.region.time_zone) for one in rows]


def entry_of(session: Session, *, title: str, zone: str) -> Entry:
    """A session as calendars take it."""
    return Entry(
        uid=uid("coaching", session.code),
        title=f"{session.case.number}: {title}",
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        time_zone=zone,
        text=session.topic,
        place=session.place or session.link,
        link=session_link(session),
        sequence=session.sequence,
        is_cancelled=session.state == SessionState.CANCELLED,
        changed_at=session.changed_at,
    )


def _booked(coaches: list[int], *, at: datetime) -> dict[int, list[Stretch]]:
    found: dict[int, list[Stretch]] = defaultdict(list)
    for row in Session.objects.filter(coach__in=coaches, state__in=OCCUPIES, ends_at__gt=at):
        found[row.coach_id].append(stretch_of(row))
    return found


def _free(row: FreeTime, booked: list[Stretch]) -> Free:
    stretch = Stretch(row.starts_at, row.ends_at)
    return Free(row.pk, stretch, tuple(one for one in booked if rules.overlap(one, stretch)))
