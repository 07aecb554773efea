"""Every reason against a question, an analysis, a plan, a session, a report, each to its last branch."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from landbridge.coaching import rules
from landbridge.coaching.rules import STATEMENTS, Booking, Goal, Partner, Stretch
from landbridge.coaching.states import (
    CHOSEN,
    OCCUPIES,
    SPENT,
    Offered,
    Party,
    Reached,
    S,
    SessionState,
)

AT = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def codes(problems):
    return [problem.code for problem in problems]


def at(hours, length=1.0):
    return Stretch(AT + hours * HOUR, AT + (hours + length) * HOUR)


# ── Asking, needs, coaches ───────────────────────────────────────────────────────────────────────────────────────────
def test_a_number_says_the_year():
    assert rules.number_for(7, year=2026) == "CO-2026-0007"
    assert rules.number_for(12345, year=2027) == "CO-2027-12345"


WISH = {"title": "Abroad", "wish": "To hospitals.", "competences": 3, "has_region": True}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"title": " "}, ["no_title"]),
        ({"wish": ""}, ["no_wish"]),
        ({"competences": 4}, ["too_many_competences"]),
        ({"has_region": False}, ["no_region"]),
    ],
)
def test_what_a_company_may_ask(change, expected):
    assert codes(rules.problems_with_wish(**{**WISH, **change})) == expected


@pytest.mark.parametrize(
    ("reason", "expected"), [("Ill", []), (" ", ["no_reason"]), ("x" * 501, ["reason_too_long"])]
)
def test_a_reason_is_given(reason, expected):
    assert codes(rules.problems_with_reason(reason)) == expected


@pytest.mark.parametrize(
    ("held", "expected"), [(18, []), (11, []), (19, ["talk_lies_ahead"]), (10, ["talk_before_question"])]
)
def test_when_a_first_talk_was_held(held, expected):
    found = rules.problems_with_talk(
        held_on=date(2026, 5, held), asked_on=date(2026, 5, 11), today=date(2026, 5, 18)
    )
    assert codes(found) == expected


NEEDS = {"challenges": "Unknown.", "has_facts": True, "checked_against": "Accounts", "hours": 24}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"has_facts": False, "checked_against": ""}, []),
        ({"challenges": ""}, ["no_challenges"]),
        ({"checked_against": " "}, ["facts_unchecked"]),
        ({"hours": 0}, ["hours_out_of_range"]),
        ({"hours": 201}, ["hours_out_of_range"]),
    ],
)
def test_what_an_analysis_says(change, expected):
    assert codes(rules.problems_with_analysis(**{**NEEDS, **change})) == expected


COACH = {"name": "Gerda", "competences": 1, "languages": 1, "most_cases": 3}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"name": ""}, ["no_name"]),
        ({"competences": 0}, ["no_competence"]),
        ({"languages": 0}, ["no_language"]),
        ({"most_cases": 0}, ["cases_out_of_range"]),
        ({"most_cases": 21}, ["cases_out_of_range"]),
    ],
)
def test_what_a_coach_says(change, expected):
    assert codes(rules.problems_with_coach(**{**COACH, **change})) == expected


# ── The plan ─────────────────────────────────────────────────────────────────────────────────────────────────────────
GOAL = Goal("Ten names", "Call.", Decimal(4))


@pytest.mark.parametrize(
    ("goals", "summary", "expected"),
    [
        ([GOAL], "Ready.", []),
        ([GOAL] * 6, "Ready.", []),
        ([GOAL], " ", ["no_summary"]),
        ([], "Ready.", ["no_objective"]),
        ([Goal("A", "", Decimal(1))] * 7, "Ready.", ["too_many_objectives"]),
        ([Goal(" ", "", Decimal(1))], "Ready.", ["objective_without_title"]),
        ([Goal("A", "", Decimal(0))], "Ready.", ["objective_without_hours"]),
        ([Goal("A", "", Decimal("1.2"))], "Ready.", ["objective_without_hours"]),
        ([GOAL] * 6 + [Goal("B", "", Decimal("0.5"))], "Ready.", ["too_many_objectives", "hours_over_limit"]),
    ],
)
def test_what_a_plan_says(goals, summary, expected):
    assert codes(rules.problems_with_plan(goals, summary=summary, hours_at_most=24)) == expected


def test_only_the_newest_version_is_accepted():
    assert codes(rules.problems_with_version(version=2, latest=2)) == []
    assert codes(rules.problems_with_version(version=1, latest=2)) == ["plan_replaced"]


# ── Sessions ─────────────────────────────────────────────────────────────────────────────────────────────────────────
BOOKING = {"wanted": at(2), "free": at(1, 4), "booked": (at(4),), "elsewhere": (), "hours_left": Decimal(1)}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"booked": (at(1), at(3))}, []),
        ({"wanted": at(-1), "free": at(-2, 4)}, ["session_has_begun"]),
        ({"wanted": at(2, 0.25)}, ["session_of_no_length"]),
        ({"wanted": at(0.5)}, ["session_outside"]),
        ({"wanted": at(4.5), "booked": ()}, ["session_outside"]),
        ({"booked": (at(2.5),)}, ["session_taken"]),
        ({"elsewhere": (at(1.5),)}, ["session_clashes"]),
        ({"hours_left": Decimal("0.5")}, ["hours_used_up"]),
        ({"hours_left": Decimal(-1)}, ["hours_used_up"]),
    ],
)
def test_what_may_be_booked(change, expected):
    assert codes(rules.problems_with_booking(Booking(**{**BOOKING, **change}), at=AT)) == expected


@pytest.mark.parametrize(
    ("hours", "late", "expected"),
    [(25, False, []), (24, False, []), (23, True, []), (0, True, ["session_began"])],
)
def test_a_session_is_cancelled_before_it_begins_and_late_within_a_day(hours, late, expected):
    starts_at = AT + hours * HOUR
    assert rules.is_late(starts_at=starts_at, at=AT) is late
    assert codes(rules.problems_with_cancelling(starts_at=starts_at, at=AT)) == expected


@pytest.mark.parametrize(
    ("starts", "hours", "others", "expected"),
    [
        (-1, Decimal(2), (), []),
        (0, None, (), []),
        (1, None, (), ["session_lies_ahead"]),
        (1, Decimal(1), (), ["session_lies_ahead"]),
        (-1, Decimal(0), (), ["hours_not_sensible"]),
        (-1, Decimal("1.3"), (), ["hours_not_sensible"]),
        (-1, Decimal("12.5"), (), ["hours_not_sensible", "hours_over_plan"]),
        (-1, Decimal(3), (Decimal(4), Decimal("1.5")), ["hours_over_plan"]),
        (-1, Decimal("2.5"), (Decimal(4), Decimal("1.5")), []),
        (-1, Decimal(1), (Decimal(9),), ["hours_over_plan"]),
    ],
)
def test_which_hours_may_be_entered(starts, hours, others, expected):
    found = rules.problems_with_entering(
        starts_at=AT + starts * HOUR, hours=hours, others=others, plan_hours=Decimal(8), at=AT
    )
    assert codes(found) == expected


# ── Report and feedback ──────────────────────────────────────────────────────────────────────────────────────────────
PARTNER = Partner("Klinikum", "DE", "", "Customer")
REPORT = {
    "text": "Done.", "reached": {1: "yes", 2: "no"}, "objectives": [1, 2], "partners": [PARTNER],
    "open_sessions": 0, "hours_open": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"partners": []}, []),
        ({"text": ""}, ["no_text"]),
        ({"reached": {1: "yes"}}, ["objective_not_judged"]),
        ({"reached": {1: "yes", 2: "perhaps"}}, ["objective_not_judged"]),
        ({"partners": [PARTNER] * 9}, ["too_many_partnerships"]),
        ({"partners": [Partner("", "DE", "", "Customer")]}, ["partnership_incomplete"]),
        ({"partners": [Partner("A", "", "", "Customer")]}, ["partnership_incomplete"]),
        ({"partners": [Partner("A", "DE", "", " ")]}, ["partnership_incomplete"]),
        ({"open_sessions": 2}, ["sessions_open"]),
        ({"hours_open": 1}, ["hours_open"]),
    ],
)
def test_what_a_report_says(change, expected):
    assert codes(rules.problems_with_report(**{**REPORT, **change})) == expected


@pytest.mark.parametrize(
    ("people", "check", "approval"),
    [
        ((1, 2, 3), [], []),
        ((None, None, None), [], []),
        ((2, 2, 3), [], ["same_person"]),
        ((3, 2, 3), ["own_report"], ["same_person"]),
    ],
)
def test_four_eyes_look_at_a_report(people, check, approval):
    person, checker, coach = people
    assert codes(rules.problems_with_check(person_id=person, coach_person_id=coach)) == check
    found = rules.problems_with_approval(person_id=person, checked_by_id=checker, coach_person_id=coach)
    assert codes(found) == approval


@pytest.mark.parametrize("party", list(Party))
def test_each_side_marks_seven_statements(party):
    assert len(STATEMENTS[party]) == 7
    marks = dict.fromkeys(STATEMENTS[party], 5)
    given = {"party": party, "has_given": False, "has_report": True}
    assert codes(rules.problems_with_feedback(marks=marks, **given)) == []
    assert codes(rules.problems_with_feedback(marks={}, **given)) == ["mark_missing"] * 7
    for mark in (0, 6):
        assert codes(rules.problems_with_feedback(marks={**marks, "again": mark}, **given)) == [
            "mark_missing"
        ]
    assert codes(rules.problems_with_feedback(marks=marks, **{**given, "has_given": True})) == [
        "feedback_given"
    ]
    assert codes(rules.problems_with_feedback(marks=marks, **{**given, "has_report": False})) == [
        "feedback_too_early"
    ]


def test_the_three_sides_speak_of_the_same_things():
    assert {frozenset(found) for found in STATEMENTS.values()} == {frozenset(STATEMENTS[Party.COMPANY])}


# ── Names ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("kind", [S, Offered, SessionState, Party, Reached, rules.Conflict])
def test_each_state_has_words(kind):
    assert all(value.label for value in kind)


def test_what_is_spent_occupies_the_coach_and_a_chosen_coach_is_one():
    assert set(SPENT) < set(OCCUPIES)
    assert SessionState.CANCELLED not in OCCUPIES
    assert set(CHOSEN) == {Offered.CHOSEN, Offered.ACCEPTED}
