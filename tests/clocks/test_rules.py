"""When a clock is due and what it causes, in working days; and its laws over all calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.algorithms.working_days import WorkingCalendar, end_of
from landbridge.clocks import rules
from landbridge.clocks.rules import Away, Facts
from landbridge.clocks.states import Ending, Urgency

pytestmark = pytest.mark.once

BERLIN = WorkingCalendar("DE", "BW", "Europe/Berlin", own_days={date(2026, 5, 22): "Move of the office"})
MONDAY = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)
DUE = end_of(date(2026, 5, 27), time_zone="Europe/Berlin")  # 5 working days: 22 is closed, 25 is Whit Monday


def on(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 5, day, hour, 0, tzinfo=UTC)


class TestReckoning:
    def test_a_duty_runs_in_working_days_of_its_region(self):
        assert BERLIN.deadline(MONDAY, working_days=5) == DUE
        assert [rules.days_left(BERLIN, due_at=DUE, at=on(day)) for day in (18, 21, 22, 25, 27, 28)] == [
            5, 2, 2, 2, 0, 0,
        ]  # fmt: skip

    def test_what_was_used_goes_on_counting_when_it_is_late(self):
        facts = Facts(DUE, 5)
        assert [rules.days_used(facts, BERLIN, at=on(day)) for day in (18, 19, 21, 26, 27, 29)] == [
            0, 1, 3, 4, 5, 7,
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("day", "paused", "expected"),
        [
            (18, False, Urgency.LATER), (21, False, Urgency.SOON), (27, False, Urgency.TODAY),
            (28, False, Urgency.LATE), (28, True, Urgency.PAUSED),
        ],
    )  # fmt: skip
    def test_how_pressing_it_is(self, day: int, paused: bool, expected: Urgency):
        found = rules.urgency(due_at=DUE, is_paused=paused, calendar=BERLIN, at=on(day))
        assert found is expected
        assert found.label

    def test_letters_are_written_when_the_desk_is_at_work(self):
        assert rules.is_time_to_write(BERLIN, at=on(18, 6))  # eight in Berlin
        for at in (on(18, 5), on(18, 16), on(22), on(23), on(25)):
            assert not rules.is_time_to_write(BERLIN, at=at)

    def test_what_was_late_before_the_pause_stays_late(self):
        later = rules.due_after_pause(BERLIN, due_at=DUE, days_left=0, paused_at=on(28), at=on(29))
        assert later == DUE


class TestReminders:
    def test_each_is_due_once(self):
        facts = Facts(DUE, 5, remind_after=(2, 4))
        assert [rules.reminders_due(facts, BERLIN, at=on(day)) for day in (18, 19, 20, 21, 26)] == [
            0,
            0,
            1,
            1,
            2,
        ]
        told = Facts(DUE, 5, remind_after=(2, 4), reminders_sent=1)
        assert [rules.reminders_due(told, BERLIN, at=on(day)) for day in (20, 21, 26)] == [0, 0, 2]

    def test_the_office_hears_when_it_is_late(self):
        assert not rules.supervisor_is_due(Facts(DUE, 5), at=DUE)
        assert rules.supervisor_is_due(Facts(DUE, 5), at=DUE + timedelta(seconds=1))
        assert not rules.supervisor_is_due(Facts(DUE, 5, is_supervisor_told=True), at=on(30))
        assert not rules.supervisor_is_due(Facts(DUE, 5, tells_supervisor=False), at=on(30))

    def test_the_client_hears_on_the_day_that_the_duty_says(self):
        facts = Facts(DUE, 5, tells_client_after=5)
        assert [rules.client_is_due(facts, BERLIN, at=on(day)) for day in (26, 27, 30)] == [False, True, True]
        assert not rules.client_is_due(Facts(DUE, 5), BERLIN, at=on(30))
        told = Facts(DUE, 5, tells_client_after=5, is_client_told=True)
        assert not rules.client_is_due(told, BERLIN, at=on(30))


# ── Laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
CALENDARS = st.sampled_from(
    [
        BERLIN,
        WorkingCalendar("BE", "", "Europe/Brussels"),
        WorkingCalendar("DK", "", "Europe/Copenhagen", own_days={date(2026, 6, 8): "Outing"}),
        WorkingCalendar("PT", "", "Atlantic/Azores"),
        WorkingCalendar("FI", "", "Europe/Helsinki"),
    ]
)
MOMENTS = st.integers(0, 400 * 24 * 60).map(lambda n: MONDAY - timedelta(days=170) + timedelta(minutes=n))
DAYS = st.integers(0, 60)
HOURS = st.integers(0, 2000)


@given(CALENDARS, MOMENTS, DAYS)
def test_a_clock_ends_after_its_start(calendar: WorkingCalendar, at: datetime, days: int):
    assert calendar.deadline(at, working_days=days) > at
    due = calendar.deadline(at, working_days=days)
    assert rules.days_left(calendar, due_at=due, at=at) in ({0, 1} if days == 0 else {days})


@given(CALENDARS, MOMENTS, DAYS, st.tuples(HOURS, HOURS))
def test_a_pause_never_shortens(calendar: WorkingCalendar, at: datetime, days: int, pause: tuple[int, int]):
    due = calendar.deadline(at, working_days=days)
    before, length = pause
    paused_at = at + timedelta(hours=before)
    left = rules.days_left(calendar, due_at=due, at=paused_at)
    resumed_at = paused_at + timedelta(hours=length)
    later = rules.due_after_pause(calendar, due_at=due, days_left=left, paused_at=paused_at, at=resumed_at)
    assert later >= due
    if paused_at <= due:
        assert later > resumed_at
        assert rules.days_left(calendar, due_at=later, at=resumed_at) >= left


@given(
    CALENDARS,
    MOMENTS,
    st.tuples(DAYS, st.sets(st.integers(1, 60), max_size=5)),
    st.lists(st.integers(0, 72), max_size=40),
)
def test_never_more_reminders_than_listed(
    calendar: WorkingCalendar, at: datetime, duty: tuple[int, set[int]], looks: list[int]
):
    days, after = duty
    listed = tuple(sorted(day for day in after if day <= days))
    due = calendar.deadline(at, working_days=days)
    sent, letters, now = 0, 0, at
    for hours in looks:
        now += timedelta(hours=hours)
        found = rules.reminders_due(Facts(due, days, listed, sent), calendar, at=now)
        assert found == 0 or sent < found <= len(listed)
        letters, sent = letters + bool(found), found or sent
    assert letters <= sent <= len(listed)
    if now > due:
        assert sent == len(listed) or not looks


# ── What the office and the brokers may enter ────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"working_days": 251}, ["duty_out_of_range"]),
        ({"working_days": 2}, ["reminders_out_of_order"]),
        ({"remind_after": [3, 2]}, ["reminders_out_of_order"]),
        ({"remind_after": [0]}, ["reminders_out_of_order"]),
        ({"remind_after": [1, 2, 3, 4, 5, 6], "working_days": 10}, ["too_many_reminders"]),
        ({"tells_client_after": 0}, ["client_told_out_of_range"]),
    ],
)
def test_a_duty_is_sensible(changes: dict[str, Any], codes: list[str]):
    facts = {"working_days": 5, "remind_after": [3], "tells_client_after": None, **changes}
    assert [problem.code for problem in rules.problems_with_duty(**facts)] == codes


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"is_at_this_desk": False}, ["not_at_this_desk"]),
        ({"last_day": date(2026, 5, 18)}, ["absence_ends_before_it_begins"]),
        ({"first_day": date(2026, 5, 1), "last_day": date(2026, 5, 10)}, ["absence_is_over"]),
        ({"last_day": date(2028, 5, 18)}, ["absence_too_long"]),
        ({"overlaps": True}, ["absent_already"]),
        ({"stand_in_is_oneself": True}, ["stand_in_of_another_desk"]),
        ({"stand_in_is_at_this_desk": False}, ["stand_in_of_another_desk"]),
        ({"stand_in_is_away": True}, ["stand_in_is_away"]),
    ],
)
def test_an_absence_is_sensible(changes: dict[str, Any], codes: list[str]):
    facts: dict[str, Any] = {
        "first_day": date(2026, 5, 20), "last_day": date(2026, 5, 29), "overlaps": False, "is_at_this_desk": True,
        "stand_in_is_at_this_desk": True, "stand_in_is_oneself": False, "stand_in_is_away": False,
    }  # fmt: skip
    found = rules.problems_with_absence(Away(**{**facts, **changes}), today=date(2026, 5, 18))
    assert [problem.code for problem in found] == codes


def test_every_ending_has_a_name():
    assert all(ending.label for ending in Ending)
