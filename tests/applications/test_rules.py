"""The rules of an application, branch by branch, and the laws that hold for all of them."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.applications import rules
from landbridge.applications.rules import Asked, Draft, Facts, Party
from landbridge.foundation.money import Money, euro

OPENS = datetime(2026, 3, 1, 8, tzinfo=UTC)
CLOSES = datetime(2026, 5, 4, 15, tzinfo=UTC)
DURING = datetime(2026, 4, 1, tzinfo=UTC)
APPLICANT = Party(
    organisation_id=1, name="Danish", region_id=1, street="Vej", postcode="2100", town="København"
)
PROVIDER = Party(organisation_id=2, name="German", kind="institute", region_id=2)
QUESTIONS = (
    Asked(key="need", kind="long_text", label="Need", longest=20),
    Asked(key="staff", kind="number", label="Staff", longest=249),
    Asked(key="stage", kind="choice", label="Stage", choices=("Idea", "Market")),
    Asked(key="sworn", kind="declaration", label="Sworn"),
    Asked(key="more", kind="text", label="More", is_required=False, longest=5),
)
FACTS = Facts(
    call_is_published=True,
    call_opens_at=OPENS,
    call_closes_at=CLOSES,
    call_time_zone="Europe/Brussels",
    cap_eur=euro(7000),
    applicant=APPLICANT,
    partner_region_id=1,
    provider=PROVIDER,
    title="Title",
    answers={"need": "x", "staff": 0, "stage": "Idea", "sworn": True},
    questions=QUESTIONS,
    requested_eur=euro(7000),
    content_hash="a",
    confirmed=frozenset({"a"}),
)


def codes(facts: Facts, at: datetime = DURING) -> list[str]:
    return [problem.code for problem in rules.problems_with(facts, at=at)]


def test_a_complete_application_has_no_problem():
    assert codes(FACTS) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"call_is_published": False}, "call_not_published"),
        ({"applicant": replace(APPLICANT, kind="institute")}, "not_a_company"),
        ({"applicant": replace(APPLICANT, is_closed=True)}, "applicant_closed"),
        ({"applicant": replace(APPLICANT, region_id=None)}, "no_paying_partner"),
        ({"partner_region_id": 3}, "no_paying_partner"),
        ({"applicant": replace(APPLICANT, street="")}, "no_address"),
        ({"applicant": replace(APPLICANT, has_company_number=False)}, "no_company_number"),
        ({"provider": None}, "no_provider"),
        ({"provider": replace(PROVIDER, organisation_id=1)}, "own_provider"),
        ({"provider": replace(PROVIDER, is_closed=True)}, "provider_not_open"),
        ({"provider": replace(PROVIDER, offers_access=False)}, "provider_not_open"),
        ({"provider": replace(PROVIDER, region_id=None)}, "provider_outside_network"),
        ({"provider": replace(PROVIDER, region_id=1)}, "same_region"),
        ({"is_asked_already": True}, "asked_already"),
        ({"confirmed": frozenset()}, "not_confirmed"),
        ({"confirmed": frozenset({"b"})}, "confirmation_outdated"),
        ({"title": " "}, "no_title"),
        ({"title": "x" * 151}, "title_too_long"),
        ({"requested_eur": None}, "no_amount"),
        ({"requested_eur": Money(0)}, "amount_not_positive"),
        ({"requested_eur": Money(-1)}, "amount_not_positive"),
        ({"requested_eur": Money(700001)}, "amount_over_cap"),
    ],
)
def test_each_gap_is_one_problem_with_a_cure(changes: dict, code: str):
    found = list(rules.problems_with(replace(FACTS, **changes), at=DURING))
    assert [problem.code for problem in found] == [code]
    assert found[0].cure
    _ = found[0].message % found[0].params
    _ = found[0].cure % found[0].params


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"need": ""}, "no_answer"),
        ({"need": "  "}, "no_answer"),
        ({"need": "x" * 21}, "answer_too_long"),
        ({"need": 3}, "wrong_answer"),
        ({"staff": "3"}, "wrong_answer"),
        ({"staff": True}, "wrong_answer"),
        ({"staff": -1}, "number_out_of_range"),
        ({"staff": 250}, "number_out_of_range"),
        ({"stage": "Elsewhere"}, "wrong_answer"),
        ({"stage": ["Idea"]}, "wrong_answer"),
        ({"sworn": False}, "not_declared"),
        ({"sworn": "yes"}, "wrong_answer"),
        ({"more": "x" * 6}, "answer_too_long"),
    ],
)
def test_each_answer_stands_beside_its_question(answers: dict, code: str):
    found = list(rules.problems_with(replace(FACTS, answers={**FACTS.answers, **answers}), at=DURING))
    assert [problem.code for problem in found] == [code]
    assert found[0].field == f"answer_{next(iter(answers))}"


def test_related_sides_are_refused_by_number_and_account_and_hinted_at_by_domain():
    shared = {
        "numbers": frozenset({("DE", "1")}),
        "ibans": frozenset({"X"}),
        "domains": frozenset({"a.eu", "gmail.com"}),
    }
    facts = replace(FACTS, applicant=replace(APPLICANT, **shared), provider=replace(PROVIDER, **shared))
    assert codes(facts) == ["related_by_number", "related_by_account"]
    (hint,) = rules.hints_about(facts)
    assert hint.params["domains"] == "a.eu"
    only_open_mail = {"domains": frozenset({"gmail.com"})}
    assert not list(
        rules.hints_about(
            replace(
                FACTS,
                applicant=replace(APPLICANT, **only_open_mail),
                provider=replace(PROVIDER, **only_open_mail),
            )
        )
    )
    assert not list(rules.hints_about(replace(FACTS, provider=None)))


def test_what_is_played_back_from_before_is_not_asked_for_its_address():
    bare = replace(FACTS, applicant=replace(APPLICANT, street="", has_company_number=False))
    assert codes(bare) == ["no_address", "no_company_number"]
    assert codes(replace(bare, is_played_back=True)) == []


@given(st.integers(min_value=-(10**7), max_value=10**8))
def test_the_window_is_decided_to_the_instant(microseconds: int):
    at = OPENS + timedelta(microseconds=microseconds) * 100_000
    is_open = not any(code.startswith("call") for code in codes(FACTS, at))
    assert is_open == (OPENS <= at < CLOSES)


def test_both_ends_of_the_window():
    instant = timedelta(microseconds=1)
    assert codes(FACTS, OPENS) == codes(FACTS, CLOSES - instant) == []
    assert codes(FACTS, OPENS - instant) == ["call_not_open_yet"]
    assert codes(FACTS, CLOSES) == ["call_closed"]


def test_deadlines_are_shown_on_the_clock_of_their_zone():
    assert rules.wall_clock(CLOSES, zone="Europe/Brussels") == "2026-05-04 17:00:00 (Europe/Brussels)"
    winter = datetime(2026, 12, 1, 15, tzinfo=UTC)
    assert rules.wall_clock(winter, zone="Europe/London") == "2026-12-01 15:00:00 (Europe/London)"


# ── Decisions ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_reason_is_there_and_fits():
    assert [p.code for p in rules.problems_with_reason(" ")] == ["no_reason"]
    assert [p.code for p in rules.problems_with_reason("x" * 2001)] == ["reason_too_long"]
    assert not list(rules.problems_with_reason("Because."))


def test_returned_only_while_it_can_be_handed_in_again():
    assert not list(rules.problems_with_return(closes_at=CLOSES, at=CLOSES - timedelta(microseconds=1)))
    assert [p.code for p in rules.problems_with_return(closes_at=CLOSES, at=CLOSES)] == ["too_late_to_return"]


@given(st.integers(-100, 10_000), st.integers(1, 9_000), st.integers(1, 9_000))
def test_an_award_is_within_request_and_cap(awarded: int, requested: int, cap: int):
    problems = list(rules.problems_with_award(euro(awarded), requested=euro(requested), cap=euro(cap)))
    assert (not problems) == (0 < awarded <= min(requested, cap))


def test_nobody_decides_on_their_own():
    assert not list(rules.problems_with_decider(belongs_to=frozenset({3}), parties=frozenset({1, 2})))
    assert list(rules.problems_with_decider(belongs_to=frozenset({2}), parties=frozenset({1, 2})))


# ── Texts ────────────────────────────────────────────────────────────────────────────────────────────────────────────
KEYS = st.sampled_from(["need", "staff", "stage"])
DRAFTS = st.builds(
    Draft,
    title=st.sampled_from(["", "A", "B", "C"]),
    answers=st.dictionaries(KEYS, st.sampled_from(["1", "2", "3", 0, True])),
    requested_eur=st.sampled_from([None, euro(1), euro(2)]),
)


@given(base=DRAFTS, mine=DRAFTS, theirs=DRAFTS)
def test_a_merge_loses_nobodys_words(base: Draft, mine: Draft, theirs: Draft):
    merge = rules.merge(base=base, mine=mine, theirs=theirs)
    was, ours, others, found = (one.by_field() for one in (base, mine, theirs, merge.draft))
    for name in {*was, *ours, *others}:
        old, own, other = was.get(name), ours.get(name), others.get(name)
        if old not in (own, other) and own != other:
            assert name in merge.conflicts
            assert merge.conflicts[name] == other
            assert (found.get(name) or None) == (own or None)
        else:
            assert name not in merge.conflicts
            assert found.get(name) in (
                (own, other) if old not in (own, other) else (own if own != old else other,)
            )


@given(base=DRAFTS, mine=DRAFTS)
def test_alone_one_gets_what_one_wrote(base: Draft, mine: Draft):
    merge = rules.merge(base=base, mine=mine, theirs=base)
    assert not merge.conflicts
    assert merge.draft == mine


VALUES = st.integers() | st.text(string.printable, max_size=9) | st.none() | st.booleans()


@given(st.dictionaries(st.sampled_from(string.ascii_letters), VALUES, max_size=6))
def test_a_fingerprint_depends_on_nothing_but_the_content(content: dict):
    shuffled = dict(reversed(content.items()))
    assert rules.fingerprint(content) == rules.fingerprint(shuffled)
    assert rules.fingerprint({**content, "one_more": 1}) != rules.fingerprint(content)


@pytest.mark.parametrize(
    ("programme", "phase", "prefix"),
    [
        ("IN2LifeSciences", 1, "IN2-4"),
        ("Boost4Health", 1, "B4H-4"),
        ("Boost4Health", 2, "B4H.2-4"),
        ("FASILIS", 1, "FASILIS-4"),
        ("lower", 1, "LB-4"),
    ],
)
def test_numbers_begin_with_the_programme_and_the_call(programme: str, phase: int, prefix: str):
    assert rules.number_prefix(programme, phase=phase, call=4) == prefix
