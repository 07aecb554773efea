"""What may be claimed, accepted and paid, by whom and on which day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.claims import rules
from landbridge.foundation.money import Money, euro
from tests.factories.claims import claim_facts, cost_facts


def codes(problems):
    return [problem.code for problem in problems]


class TestHandingIn:
    def test_a_complete_claim_is_clear(self):
        assert codes(rules.problems_with(claim_facts())) == []

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"voucher_is_active": False}, "voucher_not_active"),
            ({"today": date(2027, 7, 20)}, "too_late_to_claim"),
            ({"costs": ()}, "no_costs"),
            ({"report": "Short."}, "report_missing"),
            ({"has_account": False}, "no_bank_account"),
            ({"costs": (cost_facts(invoiced_on=date(2026, 5, 19)),)}, "cost_before_award"),
            (
                {
                    "costs": (cost_facts(invoiced_on=date(2027, 5, 21), paid_on=date(2027, 5, 22)),),
                    "today": date(2027, 6, 1),
                },
                "cost_after_validity",
            ),
            ({"costs": (cost_facts(paid_on=date(2026, 6, 30)),)}, "paid_before_invoiced"),
            ({"costs": (cost_facts(paid_on=date(2026, 9, 2)),)}, "not_yet_paid"),
        ],
    )
    def test_one_thing_is_missing(self, changes, expected):
        assert codes(rules.problems_with(claim_facts(**changes))) == [expected]

    def test_the_last_day_counts_to_its_end(self):
        assert codes(rules.problems_with(claim_facts(today=date(2027, 7, 19)))) == []

    @pytest.mark.parametrize(
        ("net", "vat", "rate", "expected"),
        [
            (euro(100), Money(0), Decimal(1), []),
            (Money(0), Money(0), Decimal(1), ["cost_not_positive"]),
            (Money(1, "DKK"), Money(0, "DKK"), Decimal("0.13"), ["cost_not_positive"]),
            (euro(1_000_001), Money(0), Decimal(1), ["cost_too_large"]),
            (euro(100), euro(101), Decimal(1), ["vat_out_of_range"]),
            (euro(100), Money(-1), Decimal(1), ["vat_out_of_range"]),
        ],
    )
    def test_amounts(self, net, vat, rate, expected):
        assert codes(rules.problems_with_amounts(net=net, vat=vat, rate=rate)) == expected

    def test_one_final_claim(self):
        assert codes(rules.problems_with_final(is_final=True, another_is_final=True)) == [
            "final_claim_exists"
        ]
        assert codes(rules.problems_with_final(is_final=False, another_is_final=True)) == []

    def test_reports_end(self):
        assert codes(rules.problems_with_report("x" * 5001)) == ["report_too_long"]
        assert codes(rules.problems_with_report("")) == []

    def test_an_invoice_number_is_found_however_it_is_typed(self):
        assert rules.plain_key("INV-2026/7") == rules.plain_key(" inv 2026 7") == "inv20267"


class TestHints:
    def test_nothing_to_look_at(self):
        assert codes(rules.hints_about(claim_facts())) == []

    def test_everything_at_once(self):
        cost = cost_facts(seen_before=("X-C1",), supplier_is_applicant=True, net_eur=euro(6001))
        facts = claim_facts(
            costs=(cost,), shared_with_provider=("a person",), shared_with_others=("an IBAN",)
        )
        assert codes(rules.hints_about(facts)) == [
            "seen_before", "own_invoice", "maybe_related", "known_elsewhere", "more_than_left",
        ]  # fmt: skip


class TestVerification:
    def verify(self, accepted, *, spent=None, finding="", left=euro(6000)):
        spent = spent or {1: euro(2500), 2: euro(500)}
        return codes(rules.problems_with_verification(accepted, spent=spent, finding=finding, left=left))

    @pytest.mark.parametrize(
        ("accepted", "finding", "left", "expected"),
        [
            ({1: euro(2500), 2: euro(500)}, "", euro(6000), []),
            ({1: euro(2500), 2: euro(0)}, "Not eligible.", euro(6000), []),
            ({1: euro(2500), 2: euro(0)}, "", euro(6000), ["no_finding"]),
            ({1: euro(2500)}, "x", euro(6000), ["accepted_out_of_range"]),
            ({1: euro(2501), 2: euro(0)}, "x", euro(6000), ["accepted_out_of_range"]),
            ({1: Money(-1), 2: euro(500)}, "x", euro(6000), ["accepted_out_of_range"]),
            ({1: euro(2500), 2: euro(500)}, "", euro(2999), ["more_than_left"]),
            ({1: euro(2499), 2: euro(500)}, "", euro(2999), []),
            ({1: euro(0), 2: euro(0)}, "Nothing counts.", euro(6000), ["nothing_accepted"]),
            ({1: euro(2500), 2: euro(500), 99: euro(9999)}, "", euro(6000), []),
        ],
    )
    def test_amounts(self, accepted, finding, left, expected):
        assert self.verify(accepted, finding=finding, left=left) == expected

    @given(
        st.lists(st.integers(1, 10**7), min_size=1, max_size=6),
        st.data(),
        st.integers(0, 10**7),
    )
    def test_never_more_than_was_spent_or_is_left(self, spent, data, left):
        accepted = {n: Money(data.draw(st.integers(-1, cents + 1))) for n, cents in enumerate(spent)}
        found = list(
            rules.problems_with_verification(
                accepted,
                spent={n: Money(cents) for n, cents in enumerate(spent)},
                finding="x",
                left=Money(left),
            )
        )
        if not found:
            assert 0 < sum(one.cents for one in accepted.values()) <= left
            assert all(0 <= accepted[n].cents <= cents for n, cents in enumerate(spent))


class TestFourEyes:
    def test_landbridge_itself_is_nobody(self):
        assert (
            codes(rules.problems_with_person(None, others={"verified": None}, belongs_to_company=True)) == []
        )

    def test_the_same_person_and_the_company_s_own(self):
        found = rules.problems_with_person(7, others={"handed in": 8, "verified": 7}, belongs_to_company=True)
        assert codes(found) == ["same_person", "conflict_of_interest"]

    def test_another_person_may(self):
        assert codes(rules.problems_with_person(9, others={"verified": 7}, belongs_to_company=False)) == []

    @pytest.mark.parametrize(
        ("reason", "expected"), [("", ["no_reason"]), ("x" * 2001, ["reason_too_long"]), ("x", [])]
    )
    def test_reasons(self, reason, expected):
        assert codes(rules.problems_with_reason(reason)) == expected


class TestPaying:
    @pytest.mark.parametrize(
        ("year", "day"),
        [
            (2008, date(2008, 3, 23)),
            (2014, date(2014, 4, 20)),
            (2019, date(2019, 4, 21)),
            (2026, date(2026, 4, 5)),
            (2038, date(2038, 4, 25)),
        ],
    )
    def test_easter(self, year, day):
        assert rules.easter_sunday(year) == day

    @pytest.mark.parametrize(
        "day",
        ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-12-25", "2026-09-05", "2026-09-06"],
    )
    def test_banks_are_closed(self, day):
        assert not rules.is_banking_day(date.fromisoformat(day))

    @given(st.dates(date(2002, 1, 1), date(2100, 1, 1)))
    def test_the_next_banking_day_is_near(self, day):
        found = rules.next_banking_day(day)
        assert rules.is_banking_day(found)
        assert timedelta() <= found - day <= timedelta(days=5)

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            ("2026-09-04", []),
            ("2026-09-03", ["day_is_past"]),
            ("2026-09-05", ["no_banking_day"]),
            ("2026-11-04", ["day_is_far"]),
        ],
    )
    def test_the_day_of_a_transfer(self, day, expected):
        assert codes(rules.problems_with_day(date.fromisoformat(day), today=date(2026, 9, 4))) == expected

    @pytest.mark.parametrize(("day", "fine"), [(3, False), (4, True), (8, True), (9, False)])
    def test_the_day_of_an_answer(self, day, fine):
        found = rules.problems_with_answer(
            date(2026, 9, day), released_on=date(2026, 9, 4), today=date(2026, 9, 8)
        )
        assert (codes(found) == []) is fine

    def test_a_payer_has_account_and_address(self):
        full = {"iban": "DE89370400440532013000", "street": "S", "town": "T", "postcode": "1"}
        assert codes(rules.problems_with_payer(**full)) == []
        assert codes(rules.problems_with_payer(**{**full, "town": ""})) == ["payer_incomplete"]
