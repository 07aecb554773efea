"""The rules of the catalogue, without a database: to the last branch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.catalogue import rules
from landbridge.catalogue.rules.content import Facts, problems_with_values, remarks_before_publication
from landbridge.catalogue.rules.freshness import months_later
from landbridge.catalogue.states import (
    FRESHNESS_NAMES,
    KIND_NAMES,
    NAME_OF,
    READ_NAMES,
    WORKFLOW,
    Freshness,
    Kind,
    Read,
    S,
)

pytestmark = pytest.mark.once
DAY = date(2026, 5, 5)
WHOLE: dict[str, Any] = {
    "name": "Raman imaging", "summary": "Maps.", "description": "x" * 200, "town": "Stuttgart", "country": "DE",
    "website": "https://example.org", "contact_email": "a@example.org", "techniques": ["Raman"], "languages": ["de"],
    "latitude": "48.1", "longitude": "9.1", "competences": ["raman"], "access_modes": ["remote"], "inputs": "a",
    "outputs": "b", "unit": "day", "lead_time_days": 0, "capacity": "c", "must_bring": "d", "biosafety_level": 2,
    "maker": "m", "model_name": "n",
    "identifiers": [{"scheme": "doi", "value": "10.1/x"}],
    "prices": [{"customer": "sme", "unit": "day"}], "certificates": [{"scheme": "glp", "scope": ""}],
}  # fmt: skip
FACTS = Facts(
    kind=Kind.SERVICE, values=WHOLE, has_contact=True, has_consented=True, namesakes=0, link_is_broken=False
)


def codes(problems: Any) -> list[str]:
    return [problem.code for problem in problems]


def test_every_state_has_a_name():
    for names, states in ((NAME_OF, S), (KIND_NAMES, Kind), (FRESHNESS_NAMES, Freshness), (READ_NAMES, Read)):
        assert [state.label for state in states] == [names[state] for state in states]
    assert [mode.label for mode in rules.AccessMode] == list(rules.ACCESS_MODES.values())
    assert WORKFLOW.reachable_from(S.DRAFT) == set(S)


class TestFreshness:
    @pytest.mark.parametrize(
        ("days", "freshness"),
        [(-31, "fresh"), (-30, "due"), (0, "due"), (1, "overdue"), (900, "overdue")],
    )
    def test_by_the_day(self, days: int, freshness: str):
        today = DAY + timedelta(days=days)
        assert rules.freshness(confirmed_on=DAY, due_on=DAY, today=today) == freshness

    def test_what_nobody_confirmed_is_overdue(self):
        assert rules.freshness(confirmed_on=None, due_on=None, today=DAY) == Freshness.OVERDUE
        assert rules.freshness(confirmed_on=DAY, due_on=None, today=DAY) == Freshness.OVERDUE

    def test_twelve_months_prices_six_and_three_more(self):
        assert rules.due_after(date(2024, 2, 29)) == date(2025, 2, 28)
        assert rules.prices_due_after(date(2026, 8, 31)) == date(2027, 2, 28)
        assert rules.hidden_after(date(2026, 11, 30)) == date(2027, 2, 28)
        assert not rules.is_to_be_hidden(due_on=DAY, today=date(2026, 8, 4))
        assert rules.is_to_be_hidden(due_on=DAY, today=date(2026, 8, 5))

    @given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 48))
    def test_months_never_skip_one(self, day: date, months: int):
        later = months_later(day, months)
        assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
        assert later.day <= day.day

    def test_three_reminders_each_once_and_made_up_for(self):
        sent, reminded = [], None
        for days in range(-40, 60):
            today = DAY + timedelta(days=days)
            if days in (0, 45):  # nobody looked on these days
                continue
            if rules.reminder_due(due_on=DAY, reminded_on=reminded, today=today):
                reminded = today
                sent.append(days)
        assert sent == [-30, 1, 46]


class TestValues:
    def test_a_whole_record_has_no_problem(self):
        assert codes(problems_with_values(WHOLE)) == []
        assert codes(problems_with_values({"name": "x"})) == []

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"name": " "}, "no_name"),
            ({"name": "x" * 201}, "too_long"),
            ({"website": "ftp://x"}, "no_address"),
            ({"contact_email": "nobody"}, "no_email"),
            ({"country": "Germany"}, "too_long"),
            ({"country": "de"}, "no_country"),
            ({"languages": ["tlh"]}, "unknown_word"),
            ({"access_modes": ["magic"]}, "unknown_word"),
            ({"techniques": ["x" * 81]}, "too_many_techniques"),
            ({"techniques": ["x"] * 31}, "too_many_techniques"),
            ({"latitude": None}, "half_a_place"),
            ({"longitude": None}, "half_a_place"),
            ({"latitude": "91"}, "off_the_map"),
            ({"biosafety_level": 5}, "no_such_level"),
            ({"prices": [{"customer": "king", "unit": "day"}]}, "unknown_scheme"),
            ({"prices": [{"customer": "sme", "unit": "day"}] * 2}, "twice"),
            ({"certificates": [{"scheme": "x", "scope": ""}]}, "unknown_scheme"),
            ({"identifiers": [{"scheme": "doi", "value": "1"}] * 2}, "twice"),
        ],
    )
    def test_each_problem(self, changes: dict[str, Any], code: str):
        assert code in codes(problems_with_values({**WHOLE, **changes}))


class TestGate:
    def test_five_fields_suffice(self):
        five = {"name": "x", "summary": "y", "town": "z", "country": "DE"}
        assert codes(rules.problems_with_publication(replace(FACTS, values=five))) == []
        for name, code in (("summary", "no_summary"), ("town", "no_town"), ("country", "no_country")):
            assert codes(rules.problems_with_publication(replace(FACTS, values={**five, name: " "}))) == [
                code
            ]
        assert len(rules.FIVE_FIELDS) == 5

    @pytest.mark.parametrize("text", ["Call +49 711 123456-78", "mail me@example.org", "0049 711 12345678"])
    def test_no_contact_in_public_texts(self, text: str):
        facts = replace(FACTS, values={**WHOLE, "description": text})
        assert codes(rules.problems_with_publication(facts)) == ["contact_in_text"]

    @pytest.mark.parametrize(
        "text", ["From 2014 to 2026", "ISO 13485:2016", "532 nm, 785 nm", "10.5281/zenodo.1"]
    )
    def test_figures_are_no_telephone_numbers(self, text: str):
        assert codes(rules.problems_with_publication(replace(FACTS, values={**WHOLE, "summary": text}))) == []

    def test_an_expert_needs_an_address_to_be_asked_at(self):
        facts = replace(FACTS, kind=Kind.EXPERT, values={**WHOLE, "contact_email": ""})
        assert codes(rules.problems_with_publication(facts)) == ["nobody_to_ask"]

    def test_what_is_worth_a_look(self):
        assert codes(remarks_before_publication(FACTS, today=DAY)) == []
        old = {"scheme": "glp", "scope": "", "expires_on": "2026-05-04"}
        good = {"scheme": "gmp", "scope": "", "expires_on": "2026-05-05"}
        values = {**WHOLE, "access_modes": [], "competences": [], "certificates": [old, good]}
        facts = replace(FACTS, values=values, has_contact=False, namesakes=2, link_is_broken=True)
        assert codes(remarks_before_publication(facts, today=DAY)) == [
            "no_contact", "namesake", "no_access_mode", "no_competence", "broken_link", "expired_certificate",
        ]  # fmt: skip
        expert = replace(FACTS, kind=Kind.EXPERT, has_consented=False)
        assert codes(remarks_before_publication(expert, today=DAY)) == ["waits_for_consent"]


class TestGrade:
    @pytest.mark.parametrize("kind", list(Kind))
    def test_from_nothing_to_everything(self, kind: str):
        assert rules.grade(kind, WHOLE) == rules.Grade(points=100, missing=())
        nothing = rules.grade(kind, {})
        assert nothing.points == 0
        assert all(one.why and one.name and one.points for one in nothing.missing)
        points = [one.points for one in nothing.missing]
        assert points == sorted(points, reverse=True)

    @given(
        st.sets(st.sampled_from(sorted(WHOLE))), st.sampled_from(sorted(WHOLE)), st.sampled_from(list(Kind))
    )
    def test_filling_in_never_lowers_it(self, filled: set[str], more: str, kind: str):
        before = rules.grade(kind, {name: WHOLE[name] for name in filled})
        after = rules.grade(kind, {name: WHOLE[name] for name in {*filled, more}})
        assert 0 <= before.points <= after.points <= 100


class TestMerging:
    def test_each_side_keeps_its_fields(self):
        merge = rules.merge(
            base={"a": 1, "b": 1, "c": 1},
            mine={"a": 2, "b": 1, "c": 3},
            theirs={"a": 1, "b": 2, "c": 3, "d": 4},
        )
        assert merge.values == {"a": 2, "b": 2, "c": 3, "d": 4}
        assert not merge.conflicts

    def test_both_wrote_differently(self):
        merge = rules.merge(base={"a": 1}, mine={"a": 2}, theirs={"a": 3})
        assert (merge.values, merge.conflicts) == ({"a": 2}, {"a": 3})

    def test_without_a_base_every_difference_is_a_conflict(self):
        merge = rules.merge(base=None, mine={"a": 1, "b": 2}, theirs={"a": 1, "b": 3})
        assert merge.conflicts == {"b": 3}


class TestOwnership:
    @pytest.mark.parametrize(
        ("host", "name"),
        [
            ("www.example.org", "example.org"), ("imaging.uni.example.de.", "example.de"), ("A.Example.AC.UK", "example.ac.uk"),
            ("ac.uk", ""), ("localhost", ""), ("10.0.0.1", ""), ("", ""), ("a..b", ""), ("x.github.io", "x.github.io"),
            ("y.x.github.io", "x.github.io"), ("me.sites.google.com", "me.sites.google.com"), ("sites.google.com", ""),
        ],
    )  # fmt: skip
    def test_the_registered_part_of_a_name(self, host: str, name: str):
        assert rules.registered_name(host) == name

    @pytest.mark.parametrize("domain", ["gmail.com", "mail.gmx.de", "yahoo.co.uk", "outlook.fr"])
    def test_freemail_proves_nothing(self, domain: str):
        assert rules.is_freemail(domain)
        found = rules.problems_with_domain(
            email=f"a@{domain}", is_confirmed=True, website=f"https://{domain}"
        )
        assert codes(found) == ["freemail"]

    @pytest.mark.parametrize(
        ("email", "website", "code"),
        [
            ("a@example.org", "https://www.example.org/x", []), ("a@b.example.org", "http://example.org", []),
            ("a@example.org", "https://example.net", ["other_domain"]), ("a@example.org", "", ["other_domain"]),
            ("a@github.io", "https://github.io", ["other_domain"]), ("a@x.org", "https://[", ["other_domain"]),
        ],
    )  # fmt: skip
    def test_the_domain_is_the_websites(self, email: str, website: str, code: list[str]):
        assert codes(rules.problems_with_domain(email=email, is_confirmed=True, website=website)) == code

    def test_an_unconfirmed_address_proves_nothing(self):
        found = rules.problems_with_domain(
            email="a@example.org", is_confirmed=False, website="https://example.org"
        )
        assert codes(found) == ["address_not_confirmed"]

    def test_a_code_is_right_in_time_and_not_guessed(self):
        assert codes(rules.problems_with_code(is_right=True, tries=5, is_over=False)) == []
        assert codes(rules.problems_with_code(is_right=False, tries=1, is_over=False)) == ["wrong_code"]
        assert codes(rules.problems_with_code(is_right=False, tries=5, is_over=False)) == ["code_closed"]
        assert codes(rules.problems_with_code(is_right=True, tries=0, is_over=True)) == ["code_expired"]

    def test_who_may_try(self):
        fine = rules.ClaimFacts(
            way="code", stands_in_catalogue=True, is_closed=False, is_of_it_already=False, is_open_already=False,
            codes_of_person=0, codes_to_organisation=0, failed_here=False, has_address=True,
        )  # fmt: skip
        assert codes(rules.problems_with_claim(fine)) == []
        for changes, code in (
            ({"way": "magic"}, "no_such_way"), ({"stands_in_catalogue": False}, "not_in_catalogue"),
            ({"is_closed": True}, "not_in_catalogue"), ({"is_of_it_already": True}, "already_yours"),
            ({"is_open_already": True}, "open_already"), ({"codes_of_person": 3}, "many_codes"),
            ({"codes_to_organisation": 5}, "many_codes"), ({"failed_here": True}, "many_codes"),
            ({"has_address": False}, "no_address"),
        ):  # fmt: skip
            assert codes(rules.problems_with_claim(replace(fine, **changes))) == [code]  # type: ignore[arg-type]
        other = replace(fine, way="broker", codes_of_person=9, has_address=False)
        assert codes(rules.problems_with_claim(other)) == []
        assert codes(rules.problems_with_claim_decision(is_decided=False, is_ones_own=False)) == []
        both = rules.problems_with_claim_decision(is_decided=True, is_ones_own=True)
        assert codes(both) == ["decided_already", "ones_own"]


def test_a_suggestion_says_something_and_few_wait():
    said = {"differences": {"name": "x"}, "remark": "", "waiting": 0}
    assert codes(rules.problems_with_suggestion(**said)) == []
    assert codes(rules.problems_with_suggestion(differences={}, remark="y", waiting=0)) == []
    assert codes(rules.problems_with_suggestion(differences={}, remark=" ", waiting=10)) == [
        "nothing_suggested",
        "many_wait",
    ]
