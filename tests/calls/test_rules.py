"""When a call may be published, extended and finished, by itself."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from landbridge.calls import rules
from landbridge.calls.rules import CriterionFacts, Part
from landbridge.calls.standard_form import CRITERIA, QUESTIONS
from landbridge.calls.states import NAME_OF, WORKFLOW, S
from landbridge.foundation.money import euro
from tests.factories.calls import CLOSES, DURING, OPENS, PREPARED, a_window, call_facts, offer_facts

SECOND = timedelta(seconds=1)


def codes(problems):
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"title": " "}, ["no_title"]),
        ({"summary": ""}, ["no_summary"]),
        ({"contact_email": ""}, ["no_contact"]),
        ({"selection_mode": ""}, ["no_selection_mode"]),
        ({"window": a_window(opens_at=PREPARED)}, []),
        ({"window": a_window(opens_at=PREPARED - SECOND)}, ["opening_passed"]),
        ({"window": a_window(closes_at=OPENS)}, ["closes_too_early"]),
        ({"window": a_window(time_zone="Europe/Atlantis")}, ["no_time_zone"]),
        ({"phase_is_over": True}, ["phase_over"]),
        ({"offers": ()}, ["no_offer"]),
        ({"offers": (offer_facts(cap=euro(7001)),)}, ["cap_too_high"]),
        ({"offers": (offer_facts(), offer_facts(free=euro(0)))}, ["no_money"]),
        ({"criteria": ()}, ["no_criteria"]),
        ({"criteria": (CriterionFacts("A", 99, 0),)}, ["points_do_not_add_up"]),
        ({"criteria": (CriterionFacts("A", 100, 101),)}, ["threshold_too_high"]),
        ({"criteria": (), "selection_mode": "draw"}, []),
        ({"criteria": (CriterionFacts("A", 1, 0),), "selection_mode": "draw"}, ["points_do_not_add_up"]),
        ({"criteria": (CriterionFacts("A", 100, 0),), "selection_mode": "threshold"}, ["no_threshold"]),
        ({"selection_mode": "threshold"}, []),
        ({"questions": 0}, ["no_question"]),
    ],
)
def test_a_call_is_published_when_it_lacks_nothing(changes, expected):
    found = list(rules.problems_with(call_facts(**changes), at=PREPARED))
    assert codes(found) == expected
    assert all(problem.cure for problem in found)


def test_each_problem_stands_in_the_part_that_cures_it():
    facts = call_facts(
        title="", window=a_window(opens_at=PREPARED - SECOND), offers=(), criteria=(), questions=0
    )
    assert [part for part, _problem in rules.problems_by_part(facts, at=PREPARED)] == list(Part)


@pytest.mark.parametrize(
    ("new", "at", "reason", "expected"),
    [
        (CLOSES + SECOND, DURING, "-", []),
        (CLOSES + SECOND, CLOSES - SECOND, "-", []),
        (CLOSES + SECOND, CLOSES, "-", ["closed_already"]),
        (CLOSES, DURING, "-", ["not_later"]),
        (CLOSES + SECOND, DURING, " ", ["no_reason"]),
    ],
)
def test_more_time_is_given_before_the_end_only(new, at, reason, expected):
    assert codes(rules.extension_problems(closes_at=CLOSES, new=new, reason=reason, at=at)) == expected


def test_a_call_is_finished_from_its_closing_second_on():
    assert codes(rules.finishing_problems(closes_at=CLOSES, at=CLOSES - SECOND)) == ["still_open"]
    assert codes(rules.finishing_problems(closes_at=CLOSES, at=CLOSES)) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"other_keys": frozenset({"need"})}, ["key_taken"]),
        ({"kind": "choice"}, ["too_few_choices"]),
        ({"kind": "choice", "choices": ("a", "a")}, ["too_few_choices"]),
        ({"kind": "choice", "choices": ("a", "b")}, []),
        ({"longest": 0}, ["no_length"]),
        ({"longest": 0, "kind": "declaration"}, []),
    ],
)
def test_a_question_can_be_answered(changes, expected):
    values = {"key": "need", "kind": "text", "longest": 100, "choices": (), "other_keys": frozenset()}
    assert codes(rules.question_problems(**{**values, **changes})) == expected


def test_the_standard_form_is_itself_without_problems():
    keys = [question.key for question in QUESTIONS]
    assert len(set(keys)) == len(keys)
    for one in QUESTIONS:
        words = {"key": one.key, "kind": one.kind, "longest": one.longest, "choices": one.choices}
        assert codes(rules.question_problems(**words, other_keys=frozenset())) == []
        assert len(one.label) <= 300
        assert len(one.help_text) <= 500
    assert sum(criterion.points for criterion in CRITERIA) == 100
    declared = {
        "is_sme",
        "no_double_funding",
        "not_begun",
        "not_related",
        "data_protection",
        "de_minimis_received",
    }
    assert declared <= set(keys)


def test_a_zone_without_meaning_is_shown_as_utc():
    assert rules.zone_of("Europe/Brussels") == ZoneInfo("Europe/Brussels")
    assert rules.zone_of("Nowhere") == ZoneInfo("UTC")


def test_every_state_has_a_name_and_can_be_reached():
    assert NAME_OF.keys() == set(S) == WORKFLOW.reachable_from(S.DRAFT)
