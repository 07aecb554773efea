"""What holds for an organisation's facts, numbers and accounts."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.organisations import rules
from landbridge.organisations.rules import AccountFacts, Facts

pytestmark = pytest.mark.once
NUMBERS = {
    ("BE", "KBO"): ("BE 0403.091.220", "0403.091.221"),
    ("DE", "HRB"): ("HRB 12345 Stuttgart", "HRB 12345"),
    ("DK", "CVR"): ("13 58 56 28", "13585629"),
    ("ES", "NIF"): ("B-58378431", "B58378432"),
    ("FR", "SIREN"): ("552 008 443", "552 008 444"),
    ("GB", "CRN"): ("sc123456", "1234567"),
    ("IE", "CRO"): ("123456", "12"),
    ("NL", "KVK"): ("12 34 56 78", "123456789"),
    ("NL", "ROR"): ("https://ror.org/03yrm5c26", "03yrm5c27"),
}


def codes(found) -> list[str]:
    return [problem.code for problem in found]


@pytest.mark.parametrize(("place", "number"), NUMBERS.items())
def test_each_register_knows_its_form(place, number):
    country, scheme = place
    right, wrong = number
    assert not codes(rules.problems_with_number(scheme, right, country=country))
    (problem,) = rules.problems_with_number(scheme, wrong, country=country)
    assert problem.code == "company_number_form"
    assert problem.field == rules.field_of(scheme)


def test_a_number_is_kept_in_one_form():
    assert rules.number_in_form("KBO", "BE 0403.091.220") == rules.number_in_form("KBO", "0403091220")
    assert rules.number_in_form("ROR", "https://ror.org/03yrm5c26") == "03yrm5c26"
    assert rules.number_in_form("ROR", "hello") is None
    assert rules.number_in_form("nothing", "1") is None


def test_a_register_belongs_to_its_country():
    assert codes(rules.problems_with_number("KVK", "12345678", country="BE")) == ["scheme_of_another_country"]
    assert codes(rules.problems_with_number("nothing", "1", country="BE")) == ["scheme_of_another_country"]
    assert [scheme.key for scheme in rules.schemes_of("NL")] == ["KVK", "ROR"]


def test_facts_need_a_name_a_country_and_a_town():
    empty = Facts(name=" ", country="de", town="")
    assert codes(rules.problems_with(empty)) == ["no_name", "no_country", "no_town"]
    full = Facts(name="Xy", country="NL", town="Oss", vat_number="", company_numbers={"KVK": "12345678"})
    assert codes(rules.problems_with(full)) == []
    wrong = Facts(name="Xy", country="NL", town="Oss", vat_number="?", company_numbers={"KVK": "1"})
    assert codes(rules.problems_with(wrong)) == ["company_number_form", "vat_form"]


@pytest.mark.parametrize(
    ("country", "number", "written"),
    [
        ("BE", "be 0403.091.220", "BE0403091220"),
        ("GR", "EL 094259216", "EL094259216"),
        ("GB", "GB 980 7806 84", "GB980780684"),
        ("GB", "XI980780684", "XI980780684"),
        ("CH", "CHE-107.787.577 IVA", "CHE107787577IVA"),
    ],
)
def test_a_vat_number_of_good_form_passes(country, number, written):
    assert rules.vat_in_form(number) == written
    assert not codes(rules.problems_with_vat(number, country=country))


@pytest.mark.parametrize(
    ("country", "number", "code"),
    [
        ("GR", "GR094259216", "vat_form"),
        ("GB", "GB123456789", "vat_form"),
        ("BE", "BE0403091221", "vat_form"),
        ("CH", "?", "vat_form"),
        ("BE", "DE136695976", "vat_of_another_country"),
        ("GB", "BE0403091220", "vat_of_another_country"),
    ],
)
def test_a_vat_number_of_bad_form_or_place_is_named(country, number, code):
    assert codes(rules.problems_with_vat(number, country=country)) == [code]


def test_an_account_is_checked_before_anybody_pays_there():
    good = AccountFacts(holder="Danish Company ApS", iban="DK50 0040 0440 1162 43", bic="DABADKKK")
    assert codes(rules.problems_with_account(good)) == []
    bad = AccountFacts(holder=" ", iban="DK51 0040 0440 1162 43", bic="X")
    assert codes(rules.problems_with_account(bad)) == ["no_holder", "iban_form", "bic_form"]
    abroad = AccountFacts(holder="Somebody", iban="BR1500000000000010932840814P2")
    assert codes(rules.problems_with_account(abroad)) == ["iban_outside_sepa"]


@given(st.integers(4, 21), st.sampled_from(string.digits))
def test_one_wrong_digit_makes_no_iban(place, digit):
    right = "DE89370400440532013000"
    wrong = right[:place] + digit + right[place + 1 :]
    assert (rules.iban_in_form(wrong) is None) == (wrong != right)


@given(st.text(max_size=80))
def test_no_text_breaks_a_check(text):
    rules.iban_in_form(text)
    rules.vat_in_form(text)
    for scheme in rules.SCHEMES:
        rules.number_in_form(scheme, text)
    list(rules.problems_with_account(AccountFacts(holder=text, iban=text, bic=text)))


def test_a_second_person_decides():
    assert codes(rules.problems_with_decision(proposed_by_id=1, decided_by_id=1)) == ["second_person"]
    assert not codes(rules.problems_with_decision(proposed_by_id=1, decided_by_id=2))
    assert not codes(rules.problems_with_decision(proposed_by_id=None, decided_by_id=None))


def test_what_is_closed_or_stale_is_not_changed():
    closed = ["organisation_closed"]
    assert codes(rules.problems_with_edit(is_closed=True, seen=None, current=3)) == closed
    assert codes(rules.problems_with_edit(is_closed=False, seen=2, current=3)) == ["stale"]
    assert not codes(rules.problems_with_edit(is_closed=False, seen=3, current=3))
    assert codes(rules.problems_with_proposal(is_in_use=True, is_closed=True)) == ["already_in_use", *closed]
    assert codes(rules.problems_with_closing(is_closed=True, running_matters=2)) == [*closed, "matters_run"]
    assert not codes(rules.problems_with_closing(is_closed=False, running_matters=0))


@pytest.mark.parametrize(
    ("country", "postcode", "is_right"),
    [
        ("BE", "4000", True),
        ("BE", "B 4000", False),
        ("BE", "BE-4000", False),
        ("BE", "99999", False),
        ("FR", "59 000", True),
        ("DE", "٧٠١٧٣", False),
        ("NL", "5611 AB", True),
        ("GB", "TN23 1AA", True),
        ("", "?", True),
    ],
)
def test_a_postcode_has_its_country_s_form(country, postcode, is_right):
    assert (not list(rules.problems_with_postcode(postcode, country=country))) == is_right
