"""What stands against each step of access, to the last branch."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from landbridge.access import rules
from landbridge.access.states import S

pytestmark = pytest.mark.once
AT = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)
TODAY = AT.date()
HOUR = timedelta(hours=1)
ASKED = rules.Asked("Title", "Purpose", access_mode="physical", wanted_until=TODAY)
FACTS = rules.Facts(ASKED, ("physical",), is_in_directory=True, has_region=True)


def codes(problems: Any) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("asked", "facts", "code"),
    [
        ({}, {"is_in_directory": False}, "not_in_directory"),
        ({}, {"has_region": False}, "no_desk"),
        ({"title": " "}, {}, "no_title"),
        ({"purpose": ""}, {}, "no_purpose"),
        ({"access_mode": ""}, {}, "no_access_mode"),
        ({"access_mode": "remote"}, {}, "access_mode_not_offered"),
        ({"wanted_until": None}, {}, "no_wanted_until"),
        ({"wanted_until": date(2026, 5, 17)}, {}, "wanted_in_the_past"),
        ({"wanted_from": date(2026, 5, 19)}, {}, "ends_before_it_begins"),
    ],
)
def test_what_is_missing_is_named(asked: dict[str, Any], facts: dict[str, Any], code: str):
    assert codes(
        rules.problems_with(replace(FACTS, asked=replace(ASKED, **asked), **facts), today=TODAY)
    ) == [code]


def test_a_complete_request_has_no_problem():
    assert codes(rules.problems_with(FACTS, today=TODAY)) == []
    assert codes(rules.problems_with(replace(FACTS, modes_offered=()), today=TODAY)) == []
    assert rules.number_for(7, year=2026) == "A26-0007"


def test_where_a_request_comes_from():
    assert codes(rules.problems_with_origin(company_id=1, provider_id=1, has_rules=False)) == [
        "own_offer", "no_rules_in_force",
    ]  # fmt: skip
    assert codes(rules.problems_with_origin(company_id=1, provider_id=2, has_rules=True)) == []
    assert codes(rules.problems_with_checker(region_id=1, company_region_id=2)) == ["not_your_company"]
    assert codes(rules.problems_with_checker(region_id=None, company_region_id=2)) == []
    assert codes(rules.problems_with_reason("")) == ["no_reason"]


@pytest.mark.parametrize(
    ("feasibility", "changes", "reason", "expected"),
    [
        ("maybe", "", "", ["no_feasibility"]),
        ("as_asked", "", "", []),
        ("with_changes", "", "", ["no_text"]),
        ("with_changes", "Fewer samples.", "", []),
        ("no", "", "", ["no_reason"]),
        ("no", "", "Too large.", []),
    ],
)
def test_the_facility_says_all_of_it(feasibility: str, changes: str, reason: str, expected: list[str]):
    assert (
        codes(rules.problems_with_answer(feasibility=feasibility, changes=changes, reason=reason)) == expected
    )


def test_a_quote_needs_a_signature_and_a_day_ahead():
    assert codes(rules.problems_with_quote(has_signed=False, holds_until=TODAY, today=TODAY)) == [
        "rules_not_signed", "quote_holds_no_day",
    ]  # fmt: skip
    assert not codes(rules.problems_with_quote(has_signed=True, holds_until=date(2026, 6, 1), today=TODAY))


def test_only_the_newest_quote_that_holds_is_accepted():
    def problems(version: int, until: date) -> list[str]:
        return codes(
            rules.problems_with_acceptance(version=version, newest=2, holds_until=until, today=TODAY)
        )

    assert problems(1, TODAY) == ["quote_replaced"]
    assert problems(2, date(2026, 5, 17)) == ["quote_ran_out"]
    assert problems(2, TODAY) == []


def test_the_days_agreed_hold_the_slots():
    def problems(first: int, last: int) -> list[str]:
        held = ((date(2026, 6, 2), date(2026, 6, 3)),)
        return codes(
            rules.problems_with_dates(starts_on=date(2026, 6, first), ends_on=date(2026, 6, last), held=held)
        )

    assert problems(5, 4) == ["ends_before_it_begins"]
    assert problems(1, 2) == ["slots_outside"]
    assert problems(3, 5) == ["slots_outside"]
    assert problems(2, 3) == []


def test_each_side_speaks_once():
    assert codes(rules.problems_with_feedback(has_given=True, rating=6)) == [
        "feedback_given", "rating_out_of_range",
    ]  # fmt: skip
    assert codes(rules.problems_with_feedback(has_given=False, rating=5)) == []
    assert not rules.reads_other_side(both_spoke=False, is_closed=False)
    assert rules.reads_other_side(both_spoke=True, is_closed=False)


@pytest.mark.parametrize(
    ("both", "delivered", "expected"),
    [
        (True, AT, []),
        (False, None, []),
        (False, AT, ["feedback_awaited"]),
        (False, AT - timedelta(days=30), []),
    ],
)
def test_it_closes_when_both_spoke_or_had_their_time(both: bool, delivered: Any, expected: list[str]):
    found = rules.problems_with_closing(both_spoke=both, delivered_at=delivered, at=AT)
    assert codes(found) == expected


def slot(start: int, end: int) -> rules.Stretch:
    return rules.Stretch(AT + start * HOUR, AT + end * HOUR)


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (slot(1, 2), []),
        (slot(2, 1), ["slot_ends_first"]),
        (slot(1, 24 * 63 + 2), ["slot_too_long", "slot_overlaps"]),
        (slot(0, 1), ["slot_has_begun"]),
        (slot(11, 13), ["slot_overlaps"]),
        (slot(12, 13), []),
        (slot(8, 10), []),
    ],
)
def test_slots_lie_ahead_and_apart(new: rules.Stretch, expected: list[str]):
    assert codes(rules.problems_with_slot(new, others=(slot(10, 12),), at=AT)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"is_held": True, "is_ours": True}, []),
        ({"is_held": True}, ["slot_taken"]),
        ({"state": S.AGREED}, ["slots_not_now"]),
        ({"is_same_offer": False}, ["slot_of_another"]),
        ({"starts_at": AT}, ["slot_passed"]),
    ],
)
def test_a_slot_is_held_by_one(changes: dict[str, Any], expected: list[str]):
    facts: dict[str, Any] = {
        "state": S.QUOTED, "starts_at": AT + HOUR, "is_held": False, "is_ours": False, "is_same_offer": True,
    }  # fmt: skip
    assert codes(rules.problems_with_holding(**facts | changes, at=AT)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"latest_from": None}, []),
        ({"is_published": True}, ["published_already"]),
        ({"text": " "}, ["no_text"]),
        ({"valid_from": date(2026, 5, 17)}, ["begins_in_the_past"]),
        ({"latest_from": TODAY}, ["begins_before_another"]),
    ],
)
def test_a_version_is_published_once_and_ahead(changes: dict[str, Any], expected: list[str]):
    facts: dict[str, Any] = {
        "is_published": False, "text": "Rules", "valid_from": TODAY, "latest_from": date(2025, 1, 1),
        "today": TODAY,
    }  # fmt: skip
    assert codes(rules.problems_with_publication(**facts | changes)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"is_published": False}, ["not_to_be_signed"]),
        ({"has_ended": True}, ["not_to_be_signed"]),
        ({"has_signed": True}, ["signed_already"]),
        ({"deviations": "x" * 3001}, ["deviations_too_long"]),
    ],
)
def test_a_version_is_signed_once(changes: dict[str, Any], expected: list[str]):
    facts: dict[str, Any] = {
        "is_published": True, "has_ended": False, "has_signed": False, "deviations": "",
    }  # fmt: skip
    assert codes(rules.problems_with_signature(**facts | changes)) == expected


def test_the_day_before_is_the_last_of_the_former():
    assert rules.former_end(date(2027, 1, 1)) == date(2026, 12, 31)
