"""Every reason against giving, handing over, showing and listing, to the last branch."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from landbridge.enquiries import rules
from landbridge.enquiries.rules import Colleague, HandOver

pytestmark = pytest.mark.once
NOW = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


def codes(problems: Any) -> list[str]:
    return [problem.code for problem in problems]


def test_colleagues():
    assert codes(rules.problems_with_colleague(Colleague(is_at_this_desk=True))) == []
    away = Colleague(is_at_this_desk=False, away_until=date(2026, 3, 10))
    assert codes(rules.problems_with_colleague(away)) == ["not_at_this_desk", "colleague_is_away"]


@pytest.mark.parametrize(
    ("changes", "remark", "expected"),
    [
        ({}, "", []),
        ({"state": "closed"}, "", ["enquiry_not_open"]),
        ({"has_approved_summary": False}, "", ["no_approved_summary"]),
        ({"is_to_oneself": True, "is_desk_open": False}, "", ["leads_already"]),
        ({"is_desk_open": False}, "", ["desk_is_closed"]),
        ({"waits_for": "Liège"}, "", ["offered_already"]),
        ({}, "x" * 1001, ["too_long"]),
    ],
)
def test_hand_over(changes: dict[str, Any], remark: str, expected: list[str]):
    facts = {"state": "ready", "has_approved_summary": True, "is_to_oneself": False, "is_desk_open": True}
    assert codes(rules.problems_with_hand_over(HandOver(**{**facts, **changes}), remark=remark)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"expires_at": None}, []),
        ({"is_asked": False}, ["another_desk_was_asked"]),
        ({"expires_at": NOW - timedelta(1)}, ["offer_expired"]),
        ({"state": "declined"}, ["enquiry_not_open"]),
    ],
)
def test_answers(changes: dict[str, Any], expected: list[str]):
    facts = {"expires_at": NOW, "state": "on_hold", "is_asked": True, "at": NOW}
    assert codes(rules.problems_with_answer(**{**facts, **changes})) == expected


def test_expiry():
    later = NOW + timedelta(1)
    assert codes(rules.problems_with_expiry(expires_at=later, state="new", at=NOW)) == ["offer_still_stands"]
    assert codes(rules.problems_with_expiry(expires_at=later, state="closed", at=NOW)) == []
    assert codes(rules.problems_with_expiry(expires_at=None, state="new", at=NOW)) == []
    assert codes(rules.problems_with_expiry(expires_at=NOW, state="new", at=later)) == []


def test_going_home():
    assert codes(rules.problems_with_return(is_home=False, state="on_hold", reason="We cannot.")) == []
    found = codes(rules.problems_with_return(is_home=True, state="closed", reason="We cannot."))
    assert found == ["is_home_already", "enquiry_not_open"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"state": "on_hold"}, ["enquiry_not_open"]),
        ({"has_approved_summary": False}, ["no_approved_summary"]),
        ({"until": NOW}, ["sight_out_of_range"]),
        ({"until": NOW + timedelta(92)}, ["sight_out_of_range"]),
        ({"desks": 0}, ["no_desk_chosen"]),
    ],
)
def test_sight(changes: dict[str, Any], expected: list[str]):
    facts = {
        "state": "ready",
        "has_approved_summary": True,
        "until": NOW + timedelta(90),
        "desks": 2,
        "at": NOW,
    }
    assert codes(rules.problems_with_sight(**{**facts, **changes})) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"state": "closed"}, ["enquiry_not_open"]),
        ({"is_public": False}, ["record_not_public"]),
        ({"stands_already": True}, ["on_the_list_already"]),
        ({"count": 30}, ["shortlist_full"]),
        ({"remark": "x" * 501}, ["too_long"]),
    ],
)
def test_candidates(changes: dict[str, Any], expected: list[str]):
    facts = {"state": "searching", "is_public": True, "stands_already": False, "count": 3, "remark": ""}
    assert codes(rules.problems_with_candidate(**{**facts, **changes})) == expected


def test_wanted():
    assert codes(rules.problems_with_wanted(sent=2, answers=1, unknown=0)) == []
    assert codes(rules.problems_with_wanted(sent=2, answers=0, unknown=0)) == ["nothing_answered"]
    assert codes(rules.problems_with_wanted(sent=0, answers=1, unknown=0)) == ["not_on_the_list"]
    assert codes(rules.problems_with_wanted(sent=2, answers=1, unknown=1)) == ["not_on_the_list"]
