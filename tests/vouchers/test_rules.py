"""How long a voucher holds, when it may be extended, and when a warning is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.vouchers import rules

GRANTED, ENDS = date(2026, 5, 20), date(2027, 5, 20)
DAYS = st.dates(date(2008, 1, 1), date(2035, 1, 1))


def codes(problems):
    return [problem.code for problem in problems]


def extension(**changes):
    values = {
        "granted_on": GRANTED,
        "valid_until": ENDS,
        "until": date(2027, 11, 20),
        "extension_months": 6,
        "was_extended": False,
        "began_on": date(2026, 7, 1),
        "reason": "The compound arrived late.",
        "today": date(2027, 5, 20),
    }
    return codes(rules.problems_with_extension(**{**values, **changes}))


def test_a_voucher_is_found_from_its_application():
    assert rules.number_for("IN2-4-A-0007") == "IN2-4-A-0007-V"


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 5, 20), 12, date(2027, 5, 20)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_months_end_on_the_same_day_or_the_month_s_last(day, months, expected):
    assert rules.months_later(day, months) == expected


@given(DAYS, st.integers(0, 60))
def test_months_later_is_within_the_month(day, months):
    later = rules.months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_sixty_days_remain_to_claim():
    assert rules.last_day_to_claim(ENDS) == date(2027, 7, 19)


def test_an_extension_up_to_the_limit_is_fine():
    assert extension() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"was_extended": True}, ["extended_already"]),
        ({"today": date(2027, 5, 21)}, ["too_late_to_extend"]),
        ({"began_on": date(2026, 5, 19)}, ["work_has_not_begun"]),
        ({"began_on": date(2027, 5, 21)}, ["work_has_not_begun"]),
        ({"until": ENDS}, ["extension_out_of_range"]),
        ({"until": date(2027, 11, 21)}, ["extension_out_of_range"]),
        ({"extension_months": 0}, ["never_extended"]),
        ({"reason": " "}, ["no_reason"]),
        ({"reason": "x" * 1001}, ["reason_too_long"]),
    ],
)
def test_an_extension_is_refused(changes, expected):
    assert extension(**changes) == expected


def test_acceptance_until_the_last_day():
    assert codes(rules.problems_with_acceptance(valid_until=ENDS, today=ENDS)) == []
    assert codes(rules.problems_with_acceptance(valid_until=ENDS, today=date(2027, 5, 21))) == [
        "too_late_to_accept"
    ]


def test_a_voucher_lapses_after_the_last_day_to_claim():
    assert codes(rules.problems_with_lapse(valid_until=ENDS, today=date(2027, 7, 19))) == ["still_claimable"]
    assert codes(rules.problems_with_lapse(valid_until=ENDS, today=date(2027, 7, 20))) == []


@pytest.mark.parametrize(
    ("left", "expected"), [(61, None), (60, 60), (40, 60), (15, 60), (14, 14), (0, 14), (-1, None)]
)
def test_the_nearest_warning_is_due_on_its_day_or_after(left, expected):
    today = ENDS - timedelta(days=left)
    assert rules.due_warning(granted_on=GRANTED, valid_until=ENDS, today=today) == expected


def test_a_short_voucher_is_not_warned_on_the_day_of_its_award():
    granted = ENDS - timedelta(days=30)
    assert rules.due_warning(granted_on=granted, valid_until=ENDS, today=granted) is None
    assert rules.due_warning(granted_on=granted, valid_until=ENDS, today=ENDS - timedelta(days=10)) == 14
