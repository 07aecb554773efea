"""A coach's free time: patterns over weeks, summer and winter, stretches that never overlap, feeds."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from landbridge.coaching import actions, queries, rules
from landbridge.coaching.models import Coach, FreeTime
from landbridge.coaching.rules import Free, Stretch, Weekly
from landbridge.coaching.states import S, SessionState
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from tests.factories.coaching import AT, FREE_FROM, a_case, a_coach, a_session, free_time

HOUR = timedelta(hours=1)
BERLIN = ZoneInfo("Europe/Berlin")


def codes(problems):
    return [problem.code for problem in problems]


def at(hours, length=1.0):
    return Stretch(AT + hours * HOUR, AT + (hours + length) * HOUR)


# ── Patterns, and clocks that change ─────────────────────────────────────────────────────────────────────────────────
def pattern(**changes):
    said = {
        "weekdays": frozenset({0, 2}),
        "begins": time(9),
        "ends": time(12),
        "first_day": date(2026, 5, 18),
        "weeks": 2,
    }
    return Weekly(**{**said, **changes})


def test_a_pattern_is_laid_on_its_days_in_its_weeks():
    found = rules.stretches_of(pattern(), zone="Europe/Berlin")
    assert [one.starts_at.astimezone(BERLIN).isoformat() for one in found] == [
        "2026-05-18T09:00:00+02:00", "2026-05-20T09:00:00+02:00", "2026-05-25T09:00:00+02:00",
        "2026-05-27T09:00:00+02:00",
    ]  # fmt: skip


def test_nine_o_clock_stays_nine_o_clock_when_the_clocks_change():
    found = rules.stretches_of(
        pattern(first_day=date(2026, 10, 19), weekdays=frozenset({0})), zone="Europe/Berlin"
    )
    assert [one.starts_at.hour for one in found] == [7, 8]  # the clocks go back on 25 October
    assert [one.length for one in found] == [3 * HOUR] * 2


def test_a_time_that_the_clocks_skip_is_an_hour_later_and_nothing_is_left_out_of_nothing():
    spring = {"first_day": date(2026, 3, 29), "weekdays": frozenset({6}), "weeks": 1}
    skipped = rules.stretches_of(pattern(begins=time(2, 30), ends=time(5), **spring), zone="Europe/Berlin")
    assert [(one.starts_at, one.ends_at) for one in skipped] == [
        (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), datetime(2026, 3, 29, 3, 0, tzinfo=UTC))
    ]
    assert rules.stretches_of(pattern(begins=time(2), ends=time(3), **spring), zone="Europe/Berlin") == []


@given(
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    begins=st.integers(0, 22),
    length=st.integers(1, 12),
    first_day=st.dates(date(2025, 1, 1), date(2030, 12, 31)),
    weeks=st.integers(1, 26),
    zone=st.sampled_from(["Europe/Berlin", "Europe/London", "Europe/Lisbon", "Europe/Athens", "UTC"]),
)
def test_stretches_of_a_pattern_never_overlap_and_keep_the_clock_on_the_wall(  # noqa: PLR0917 - drawn
    weekdays, begins, length, first_day, weeks, zone
):
    ends = min(begins + length, 23)
    laid = rules.stretches_of(Weekly(weekdays, time(begins), time(ends, 30), first_day, weeks), zone=zone)
    assert all(one.ends_at <= other.starts_at for one, other in pairwise(laid))
    assert all(one.length > timedelta() for one in laid)
    for one in laid:
        local = one.starts_at.astimezone(ZoneInfo(zone))
        assert local.weekday() in weekdays
        assert local.hour == begins or local.hour == begins + 1  # skipped by the clocks


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"weekdays": frozenset()}, ["no_weekday"]),
        ({"ends": time(9, 15)}, ["pattern_of_no_length"]),
        ({"begins": time(0), "ends": time(13)}, ["pattern_of_no_length"]),
        ({"weeks": 0}, ["weeks_out_of_range"]),
        ({"weeks": 27}, ["weeks_out_of_range"]),
        ({"first_day": date(2026, 5, 17)}, ["pattern_not_ahead"]),
        ({"first_day": date(2027, 6, 1)}, ["pattern_not_ahead"]),
    ],
)
def test_what_a_pattern_says(change, expected):
    assert codes(rules.problems_with_pattern(pattern(**change), today=AT.date())) == expected


@pytest.mark.parametrize(
    ("stretch", "expected"),
    [
        (at(1), []),
        (at(3, 2), []),
        (at(1, 0.25), ["stretch_too_short"]),
        (at(24, 13), ["stretch_too_long"]),
        (at(0), ["stretch_has_begun"]),
        (at(24 * 367), ["stretch_too_far"]),
        (at(4.5), ["stretch_overlaps"]),
    ],
)
def test_which_stretch_may_be_laid(stretch, expected):
    assert codes(rules.problems_with_stretch(stretch, others=[at(5, 2)], at=AT)) == expected


# ── Cutting ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_what_is_left_of_a_stretch():
    free = at(0, 6)
    assert rules.left_of(free, []) == [free]
    assert rules.left_of(free, [at(-1, 2), at(3), at(5, 9)]) == [at(1, 2), at(4, 1)]
    assert rules.left_of(free, [at(-1, 9)]) == []
    assert rules.left_of(free, [at(6)]) == [free]


def test_openings_begin_every_half_hour_where_the_length_fits():
    free = [Free(1, at(1, 3), (at(2, 0.5),))]
    found = rules.openings(free, minutes=60, at=AT)
    assert [(pk, (one.starts_at - AT) / HOUR) for pk, one in found] == [(1, 1.0), (1, 2.5), (1, 3.0)]
    assert rules.openings(free, minutes=120, at=AT) == []
    assert [(one.starts_at - AT) / HOUR for _, one in rules.openings(free, minutes=60, at=AT + HOUR)] == [
        2.5,
        3.0,
    ]


def test_openings_after_an_odd_booking_keep_to_the_grid():
    free = [Free(1, at(1, 3), (Stretch(AT + HOUR, AT + HOUR + timedelta(minutes=50)),))]
    assert [(one.starts_at - AT) / HOUR for _, one in rules.openings(free, minutes=60, at=AT)] == [
        2.0,
        2.5,
        3.0,
    ]


spans = st.builds(
    lambda start, length: Stretch(AT + timedelta(minutes=15 * start), AT + timedelta(minutes=15 * (start + length))),
    st.integers(1, 200), st.integers(1, 40),
)  # fmt: skip


@given(free=spans, booked=st.lists(spans, max_size=8), minutes=st.sampled_from(rules.LENGTHS))
def test_an_opening_lies_within_the_free_time_and_never_touches_a_booking(free, booked, minutes):
    taken = tuple(one for one in booked if rules.overlap(one, free))
    for _, opening in rules.openings([Free(1, free, taken)], minutes=minutes, at=AT):
        assert free.starts_at <= opening.starts_at < opening.ends_at <= free.ends_at
        assert opening.length == timedelta(minutes=minutes)
        assert not any(rules.overlap(opening, one) for one in taken)


@given(free=spans, booked=st.lists(spans, max_size=8))
def test_what_is_left_and_what_is_taken_make_the_whole(free, booked):
    left = rules.left_of(free, booked)
    assert all(one.ends_at < other.starts_at for one, other in pairwise(left))
    quarters = range(int(free.length / timedelta(minutes=15)))
    for quarter in quarters:
        moment = free.starts_at + timedelta(minutes=15 * quarter + 1)
        inside = sum(one.starts_at <= moment < one.ends_at for one in left)
        taken = any(one.starts_at <= moment < one.ends_at for one in booked)
        assert inside == (0 if taken else 1)


# ── Laying and taking away ───────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_a_week_is_laid_around_what_stands_already(cast):
    coach = a_coach(cast)
    free_time(coach, starts_at=datetime(2026, 5, 20, 8, 0, tzinfo=UTC), hours=1)  # 10 to 11 in Berlin
    actions.lay_week(coach_id=coach.pk, pattern=pattern(), by=cast.actor("german_provider"), at=AT)
    spans = FreeTime.objects.order_by("starts_at").values_list("starts_at", "ends_at")
    assert [f"{a.astimezone(BERLIN):%d %H}-{b.astimezone(BERLIN):%H}" for a, b in spans] == [
        "20 09-10", "20 10-11", "20 11-12", "25 09-12", "27 09-12",
    ], "Monday the 18th has begun"  # fmt: skip
    with pytest.raises(Refused, match="nothing_to_lay"):
        actions.lay_week(coach_id=coach.pk, pattern=pattern(), by=SYSTEM, at=AT)
    assert list(queries.findings()) == []


@pytest.mark.django_db
def test_nobody_lays_time_for_another_coach(cast):
    coach = a_coach(cast)
    with pytest.raises(Coach.DoesNotExist):
        actions.lay_time(
            coach_id=coach.pk,
            starts_at=FREE_FROM,
            ends_at=FREE_FROM + HOUR,
            by=cast.actor("belgian_provider"),
            at=AT,
        )
    with pytest.raises(NotAllowed):
        actions.lay_time(
            coach_id=coach.pk, starts_at=FREE_FROM, ends_at=FREE_FROM + HOUR, by=cast.actor("office"), at=AT
        )


@pytest.mark.django_db
def test_time_is_taken_away_unless_a_session_is_booked_in_it(cast):
    case = a_case(cast, S.COACHING)
    session = a_session(case)
    with pytest.raises(Refused, match="time_is_booked"):
        actions.take_away(free_time_id=session.free_time_id, by=SYSTEM, at=AT)
    actions.cancel(session_id=session.pk, reason="Ill", by=cast.actor("german_provider"), at=AT)
    actions.take_away(free_time_id=session.free_time_id, by=cast.actor("german_provider"), at=AT)
    session.refresh_from_db()
    assert session.free_time is None
    assert not FreeTime.objects.exists()


@pytest.mark.django_db
def test_the_database_refuses_free_time_that_overlaps(cast):
    coach = a_coach(cast)
    laid = free_time(coach)
    with pytest.raises(IntegrityError, match="free_times_of_a_coach_never_overlap"), transaction.atomic():
        FreeTime.objects.create(coach=coach, starts_at=laid.starts_at + HOUR, ends_at=laid.ends_at + HOUR)
    other = a_coach(cast, person=cast.belgian_provider, organisation=cast.belgian_institute)
    FreeTime.objects.create(coach=other, starts_at=laid.starts_at + HOUR, ends_at=laid.ends_at + HOUR)
    FreeTime.objects.create(coach=coach, starts_at=laid.ends_at, ends_at=laid.ends_at + HOUR)


# ── Feeds ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_each_side_follows_its_calendar_by_a_private_address(cast, client):
    case = a_case(cast, S.COACHING)
    session = a_session(case)
    for name, key, zone in (
        ("coach_feed", session.coach.calendar_key, "Europe/Berlin"),
        ("case_feed", case.calendar_key, "Europe/Copenhagen"),
    ):
        found = client.get(reverse(f"coaching:{name}", args=[key]))
        text = found.content.decode()
        assert found["Content-Type"].startswith("text/calendar")
        assert f"UID:coaching-{session.code}@" in text
        assert f"DTSTART;TZID={zone}:20260608T090000" in text
        assert "STATUS:CONFIRMED" in text


@pytest.mark.django_db
def test_a_cancelled_session_is_cancelled_in_the_calendars_too(cast, client):
    case = a_case(cast, S.COACHING)
    a_session(case, SessionState.CANCELLED)
    text = client.get(reverse("coaching:case_feed", args=[case.calendar_key])).content.decode()
    assert "STATUS:CANCELLED" in text
    assert "SEQUENCE:1" in text


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["nobody", "a%00b", "%F0%9F%8E%83", "x" * 500])
def test_a_key_that_nobody_has_finds_nothing(client, key):
    for name in ("coach", "case"):
        assert client.get(f"/coaching/calendar/{name}/{key}.ics").status_code == 404
