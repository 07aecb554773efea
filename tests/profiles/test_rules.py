"""The rules of partner profiles, branch by branch."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.introductions.rules import Identity
from landbridge.profiles import rules
from landbridge.profiles.rules import QUESTIONS, Texts
from landbridge.profiles.states import Kind

pytestmark = pytest.mark.once
OWNER = Identity(names=("Kattegat Devices ApS",), street="Lange Vej 2", postcode="2100", town="København")
GOOD = Texts(title="Cold enzymes", summary="Short.", description="Longer.", wanted_partner="A laboratory.")
ANSWERS = dict.fromkeys(QUESTIONS, "Something.")


def codes(problems) -> list[str]:
    return [problem.code for problem in problems]


def test_a_number_says_kind_country_day_and_place():
    assert (
        rules.number_for(Kind.RD_REQUEST, country="NL", day=date(2026, 1, 14), place=3)
        == "RDR-NL-20260114-003"
    )


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_profile_is_valid_for_a_year_to_the_day(day: date):
    last = rules.last_day(day)
    assert (last.year, last.month) == (day.year + 1, day.month)
    assert last.day == day.day or (day.month, day.day, last.day) == (2, 29, 28)


@pytest.mark.parametrize(
    ("left", "due"), [(31, None), (30, 30), (29, 30), (8, 30), (7, 7), (0, 7), (-1, None)]
)
def test_two_warnings_and_no_more(left: int, due: int | None):
    end = date(2026, 12, 1)
    assert rules.due_warning(end, today=end - timedelta(days=left)) == due


def test_a_good_profile_has_no_problem():
    assert codes(rules.problems_with(GOOD, of=OWNER)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": ""}, "title_missing"),
        ({"summary": "x" * 501}, "summary_too_long"),
        ({"description": "The device of Kattegat."}, "names_the_organisation"),
        ({"rights": "EP 1 234 567 B1"}, "patent_number"),
        ({"wanted_partner": "Look at www.somewhere.example"}, "website"),
        ({"advantages": "Better than SuperGel®."}, "trade_mark"),
    ],
)
def test_no_brand_logo_link_or_patent_number(changes: dict[str, str], code: str):
    texts = Texts(**dict(GOOD.by_field()) | changes)
    assert code in codes(rules.problems_with(texts, of=OWNER))


def test_kinds_are_the_five():
    assert codes(rules.problems_with_kind("XX")) == ["unknown_kind"]
    assert [code for kind in Kind for code in codes(rules.problems_with_kind(kind))] == []
    assert len(Kind) == 5


@pytest.mark.parametrize(("checking", "problems"), [(2, []), (1, ["own_region"]), (None, ["own_region"])])
def test_a_second_region_checks(checking: int | None, problems: list[str]):
    assert codes(rules.problems_with_checker(own_region=1, checking_region=checking)) == problems


def test_reasons_and_remarks():
    assert codes(rules.problems_with_remark("")) == ["no_reason"]
    assert codes(rules.problems_with_remark("Say more.")) == []
    assert [problem.field for problem in rules.problems_with_remark("x" * 1001)] == ["remark"]
    assert codes(rules.problems_with_reason(" ")) == ["no_reason"]


def test_renewed_near_its_end_and_expired_after_it():
    end = date(2026, 12, 1)
    assert codes(rules.problems_with_renewal(valid_until=end, today=date(2026, 10, 31))) == [
        "renewed_too_early"
    ]
    assert codes(rules.problems_with_renewal(valid_until=end, today=date(2026, 11, 1))) == []
    assert codes(rules.problems_with_expiry(valid_until=end, today=end)) == ["still_valid"]
    assert codes(rules.problems_with_expiry(valid_until=end, today=date(2026, 12, 2))) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"organisation_id": 1}, ["own_profile"]),
        ({"is_open_already": True}, ["interested_already"]),
        ({"answers": ANSWERS | {"who": " "}}, ["who_missing"]),
        ({"answers": ANSWERS | {"stage": "x" * 2001}}, ["stage_too_long"]),
        ({"answers": {}}, ["who_missing", "together_missing", "stage_missing"]),
    ],
)
def test_interest_answers_all_three(changes: dict[str, object], expected: list[str]):
    facts = {"owner_id": 1, "organisation_id": 2, "is_open_already": False, "answers": ANSWERS}
    assert codes(rules.problems_with_interest(**facts | changes)) == expected  # type: ignore[arg-type]
