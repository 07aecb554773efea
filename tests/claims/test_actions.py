"""A claim from its first cost to the bank's answer; every half by another person."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from landbridge.budgets.queries import balances
from landbridge.claims import actions, queries, tasks
from landbridge.claims.models import Claim, CostLine, Payment, PaymentFile
from landbridge.claims.states import FileState, S
from landbridge.foundation import clock
from landbridge.foundation.money import Money, euro
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.memberships.models import Membership
from landbridge.organisations.models import BankAccount
from landbridge.programmes.models import Partner
from landbridge.vouchers import actions as vouchers
from landbridge.vouchers.models import Voucher
from tests.cast import Cast
from tests.claims.test_payment_xml import schema
from tests.factories.claims import (
    ANSWERED,
    APPROVED,
    CLAIMED,
    EXECUTE_ON,
    MADE,
    REPORT,
    VERIFIED,
    a_claim,
    a_complete_claim,
    a_cost,
    a_paid_claim,
    a_payment_file,
    a_released_file,
    a_submitted_claim,
    a_verified_claim,
    an_approved_claim,
    answers_of,
    cost_details,
    in_full,
    some_evidence,
    the_account,
)
from tests.factories.organisations import a_bank_account
from tests.factories.vouchers import a_voucher, a_voucher_in_use, the_line

pytestmark = pytest.mark.django_db


def refused(action, **arguments) -> list[str]:
    """The codes of the problems for which the action is refused."""
    with pytest.raises(Refused) as raised:
        action(**arguments)
    return [problem.code for problem in raised.value.problems]


def letters(name: str) -> int:
    return Letter.objects.filter(template=name).count()


class TestWriting:
    def test_one_draft_for_a_voucher(self, cast: Cast):
        claim = a_claim(cast)
        assert claim.number == f"{claim.voucher.number}-C1"
        again = actions.start(voucher_id=claim.voucher_id, by=cast.actor("danish_sme"), at=CLAIMED)
        assert again.pk == claim.pk

    def test_not_before_acceptance(self, cast: Cast):
        voucher = a_voucher(cast)
        assert refused(actions.start, voucher_id=voucher.pk, by=SYSTEM, at=CLAIMED) == ["voucher_not_active"]

    def test_not_after_the_last_one(self, cast: Cast):
        claim = a_submitted_claim(cast)
        assert refused(actions.start, voucher_id=claim.voucher_id, by=SYSTEM, at=CLAIMED) == [
            "final_claim_exists"
        ]

    @pytest.mark.parametrize("name", ["german_provider", "office", "finance", "zealand_broker", "auditor"])
    def test_only_the_company_writes(self, cast: Cast, name: str):
        claim, by = a_claim(cast), cast.actor(name)
        with pytest.raises(NotAllowed):
            actions.start(voucher_id=claim.voucher_id, by=by, at=CLAIMED)
        with pytest.raises(NotAllowed):
            actions.write_report(claim_id=claim.pk, report=REPORT, is_final=True, by=by, at=CLAIMED)

    def test_a_cost_in_another_currency(self, cast: Cast):
        line = a_cost(a_claim(cast), net=Money(1_000_00, "DKK"), vat=Money(0, "DKK"), rate=Decimal("0.134"))
        assert (line.net, line.net_eur) == (Money(1_000_00, "DKK"), euro(134))

    def test_a_cost_is_corrected_and_keeps_its_evidence(self, cast: Cast):
        line = a_cost(a_claim(cast))
        arguments = {"claim_id": line.claim_id, "line_id": line.pk, "by": SYSTEM, "at": CLAIMED}
        changed = actions.edit_cost(cost=cost_details(net=euro(99)), evidence=None, **arguments)
        assert (changed.net_eur, changed.evidence_id) == (euro(99), line.evidence_id)
        changed = actions.edit_cost(cost=cost_details(net=euro(98)), evidence=some_evidence(), **arguments)
        assert changed.evidence_id != line.evidence_id
        too_much = cost_details(net=euro(2_000_000))
        assert refused(actions.edit_cost, cost=too_much, evidence=None, **arguments) == ["cost_too_large"]

    def test_a_cost_is_removed(self, cast: Cast):
        line = a_cost(a_claim(cast))
        actions.remove_cost(claim_id=line.claim_id, line_id=line.pk, by=SYSTEM, at=CLAIMED)
        assert not CostLine.objects.exists()

    def test_no_end_of_costs_is_refused(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("landbridge.claims.actions.claiming.MOST_COSTS", 1)
        claim = a_claim(cast)
        a_cost(claim)
        with pytest.raises(Refused, match="too_many_costs"):
            a_cost(claim)

    def test_nothing_is_changed_after_handing_in(self, cast: Cast):
        claim = a_submitted_claim(cast)
        same = {"claim_id": claim.pk, "by": cast.actor("danish_sme"), "at": CLAIMED}
        assert refused(actions.write_report, report="x", is_final=True, **same) == ["not_a_draft"]

    def test_two_last_claims_are_refused(self, cast: Cast):
        first = a_submitted_claim(cast, is_final=False)
        second = actions.start(voucher_id=first.voucher_id, by=SYSTEM, at=CLAIMED)
        assert (second.pk != first.pk, second.is_final) == (True, True)
        actions.return_for_correction(
            claim_id=first.pk, reason="Date.", by=cast.actor("finance"), at=VERIFIED
        )
        report = {"claim_id": first.pk, "report": REPORT, "by": SYSTEM, "at": VERIFIED}
        assert refused(actions.write_report, is_final=True, **report) == ["final_claim_exists"]


class TestHandingIn:
    def test_with_everything(self, cast: Cast):
        claim = a_submitted_claim(cast)
        assert (claim.state, claim.first_submitted_at) == (S.SUBMITTED, CLAIMED)
        assert letters("claims/submitted") == 4  # two people of the company, two finance officers

    def test_what_is_missing_is_listed(self, cast: Cast):
        codes = refused(actions.submit, claim_id=a_claim(cast).pk, by=SYSTEM, at=CLAIMED)
        assert codes == ["no_costs", "report_missing", "no_bank_account"]

    def test_until_the_last_second_in_the_call_s_zone(self, cast: Cast):
        claim = a_complete_claim(cast)
        midnight = datetime(2027, 7, 19, 22, 0, tzinfo=CLAIMED.tzinfo)
        assert refused(actions.submit, claim_id=claim.pk, by=SYSTEM, at=midnight) == ["too_late_to_claim"]
        on_time = midnight - timedelta(seconds=1)
        assert actions.submit(claim_id=claim.pk, by=SYSTEM, at=on_time).state == S.SUBMITTED

    def test_not_for_a_voucher_that_was_closed_meanwhile(self, cast: Cast):
        claim = a_complete_claim(cast)
        actions.close_voucher(voucher_id=claim.voucher_id, reason="Over.", by=SYSTEM, at=CLAIMED)
        assert refused(actions.submit, claim_id=claim.pk, by=SYSTEM, at=CLAIMED) == ["voucher_not_active"]


class TestFourEyes:
    def test_verified_approved(self, cast: Cast):
        claim = an_approved_claim(cast)
        assert (claim.state, claim.accepted_eur) == (S.APPROVED, euro(2500))
        assert (claim.verified_by_name, claim.approved_by_name) == ("Finn Finance", "Freja Finance")
        assert letters("claims/approved") == 2

    def test_nobody_does_both_halves(self, cast: Cast):
        claim = a_verified_claim(cast)
        assert refused(actions.approve, claim_id=claim.pk, by=cast.actor("finance"), at=APPROVED) == [
            "same_person"
        ]

    def test_whoever_belongs_to_either_side_does_neither(self, cast: Cast):
        claim = a_submitted_claim(cast)
        for organisation, person in (
            (cast.danish_company, cast.finance),
            (cast.german_institute, cast.second_finance),
        ):
            Membership.objects.create(
                person=person,
                role=Role.PROVIDER,
                organisation=organisation,
                began_at=CLAIMED,
                ended_at=CLAIMED,
            )
        for name in ("finance", "second_finance"):
            arguments = {"accepted": in_full(claim), "finding": "", "by": cast.actor(name), "at": VERIFIED}
            assert refused(actions.verify, claim_id=claim.pk, **arguments) == ["conflict_of_interest"]

    def test_another_partner_s_finance_sees_nothing(self, cast: Cast):
        claim = a_submitted_claim(cast)
        with pytest.raises(Claim.DoesNotExist):
            actions.verify(
                claim_id=claim.pk, accepted={}, finding="", by=cast.actor("belgian_finance"), at=VERIFIED
            )

    def test_less_needs_a_finding(self, cast: Cast):
        claim = a_submitted_claim(cast, costs=2)
        lines = list(in_full(claim))
        some = {lines[0]: euro(2500), lines[1]: euro(0)}
        arguments = {"claim_id": claim.pk, "accepted": some, "by": cast.actor("finance"), "at": VERIFIED}
        assert refused(actions.verify, finding="", **arguments) == ["no_finding"]
        claim = actions.verify(finding="A meal.", remarks={lines[1]: "Meal"}, **arguments)
        assert claim.accepted_eur == euro(2500)
        assert CostLine.objects.get(pk=lines[1]).remark == "Meal"

    def test_two_claims_never_take_more_than_the_voucher(self, cast: Cast):
        first = a_verified_claim(cast, costs=2, is_final=False)  # 5,000 of 6,000
        second = a_submitted_claim(cast, voucher=first.voucher)
        assert queries.left_for(second) == euro(1000)
        arguments = {"claim_id": second.pk, "finding": "", "by": cast.actor("finance"), "at": VERIFIED}
        assert refused(actions.verify, accepted=in_full(second), **arguments) == ["more_than_left"]
        accepted = dict.fromkeys(in_full(second), euro(1000))
        assert actions.verify(accepted=accepted, **arguments).accepted_eur == euro(1000)

    def test_returned_and_handed_in_again(self, cast: Cast):
        claim = a_submitted_claim(cast)
        arguments = {"claim_id": claim.pk, "by": cast.actor("finance"), "at": VERIFIED}
        assert refused(actions.return_for_correction, reason="", **arguments) == ["no_reason"]
        claim = actions.return_for_correction(reason="The proof of payment is missing.", **arguments)
        assert (claim.state, claim.finding, letters("claims/returned")) == (
            S.DRAFT,
            "The proof of payment is missing.",
            2,
        )
        claim = actions.submit(claim_id=claim.pk, by=cast.actor("danish_sme"), at=APPROVED)
        assert (claim.first_submitted_at, claim.submitted_at) == (CLAIMED, APPROVED)

    def test_reopened_and_refused(self, cast: Cast):
        claim = a_verified_claim(cast)
        by = cast.actor("second_finance")
        claim = actions.reopen(claim_id=claim.pk, reason="The rate is wrong.", by=by, at=APPROVED)
        assert (claim.state, claim.accepted_eur, claim.verified_by_id) == (S.SUBMITTED, None, None)
        claim = actions.refuse(claim_id=claim.pk, reason="Begun before the award.", by=by, at=APPROVED)
        assert (claim.state, letters("claims/refused")) == (S.REFUSED, 2)
        assert actions.start(voucher_id=claim.voucher_id, by=SYSTEM, at=APPROVED).number.endswith("-C2")


class TestPaymentFile:
    def test_made_released_executed(self, cast: Cast):
        line = the_line(cast)
        claim = a_paid_claim(cast)
        payment = Payment.objects.get()
        assert (claim.state, claim.paid_on, payment.result) == (S.PAID, EXECUTE_ON, "executed")
        assert (balances(line).paid, balances(line).committed, balances(line).free) == (
            euro(2500), Money(0), euro(97_500),
        )  # fmt: skip
        assert Voucher.objects.get().state == "closed"
        assert (letters("claims/paid"), letters("vouchers/closed")) == (2, 2)

    def test_the_file_validates_and_is_kept(self, cast: Cast):
        file = a_payment_file(cast)
        schema().validate(file.xml)
        assert hashlib.sha256(file.xml.encode()).hexdigest() == file.xml_hash
        assert len(Payment.objects.get().end_to_end_id) <= 35

    def test_whoever_made_it_does_not_release_it(self, cast: Cast):
        file = a_payment_file(cast)
        assert refused(actions.release, payment_file_id=file.pk, by=cast.actor("finance"), at=MADE) == [
            "same_person"
        ]

    @pytest.mark.parametrize(
        ("day", "code"),
        [("2026-09-03", "day_is_past"), ("2026-09-05", "no_banking_day"), ("2027-09-03", "day_is_far")],
    )
    def test_only_for_a_banking_day(self, cast: Cast, day: str, code: str):
        with pytest.raises(Refused, match=code):
            a_payment_file(cast, execute_on=date.fromisoformat(day))

    def test_a_claim_is_in_one_living_file(self, cast: Cast):
        claim = an_approved_claim(cast)
        a_payment_file(cast, claim)
        with pytest.raises(Refused, match="not_approved"):
            a_payment_file(cast, claim, by=cast.actor("second_finance"))

    def test_only_approved_claims_on_approved_accounts(self, cast: Cast):
        with pytest.raises(Refused, match="no_claims"):
            a_payment_file(cast, claim_ids=[])
        claim = a_verified_claim(cast)
        with pytest.raises(Refused, match="not_approved"):
            a_payment_file(cast, claim)
        actions.approve(claim_id=claim.pk, by=cast.actor("second_finance"), at=APPROVED)
        BankAccount.objects.update(state="proposed", decided_at=None)
        with pytest.raises(Refused, match="account_not_approved"):
            a_payment_file(cast, claim)

    def test_the_payer_needs_an_address(self, cast: Cast):
        Partner.objects.update(street="")
        with pytest.raises(Refused, match="payer_incomplete"):
            a_payment_file(cast)

    @pytest.mark.parametrize("name", ["belgian_finance", "office", "danish_sme", "auditor"])
    def test_only_the_partner_s_finance_pays(self, cast: Cast, name: str):
        claim = an_approved_claim(cast)
        with pytest.raises(NotAllowed):
            a_payment_file(cast, claim, by=cast.actor(name))

    def test_an_account_that_changed_meanwhile_stops_the_release(self, cast: Cast):
        file = a_payment_file(cast)
        BankAccount.objects.update(state="replaced")
        a_bank_account(cast.danish_company, iban="BE68539007547034")
        second = cast.actor("second_finance")
        assert refused(actions.release, payment_file_id=file.pk, by=second, at=MADE) == ["account_changed"]

    def test_cancelled_claims_wait_for_another_file(self, cast: Cast):
        claim = an_approved_claim(cast)
        file = a_payment_file(cast, claim)
        arguments = {"payment_file_id": file.pk, "by": cast.actor("finance"), "at": MADE}
        assert refused(actions.cancel, reason="", **arguments) == ["no_reason"]
        assert actions.cancel(reason="Wrong day.", **arguments).state == FileState.CANCELLED
        again = a_payment_file(cast, claim)
        assert Payment.objects.get(payment_file=again).end_to_end_id.endswith("-2")

    def test_a_released_file_is_not_cancelled(self, cast: Cast):
        file = a_released_file(cast)
        arguments = {"payment_file_id": file.pk, "reason": "x", "by": cast.actor("finance"), "at": MADE}
        assert refused(actions.cancel, **arguments) == ["wrong_state"]


class TestAnswer:
    def test_bounced_money_stays_committed_and_is_paid_later(self, cast: Cast):
        line = the_line(cast)
        claim = an_approved_claim(cast)
        file = a_released_file(cast, claim)
        no = answers_of(file, executed=False)
        actions.answer(payment_file_id=file.pk, answers=no, by=cast.actor("finance"), at=ANSWERED)
        claim.refresh_from_db()
        assert (claim.state, balances(line).committed, balances(line).paid) == (
            S.APPROVED,
            euro(6000),
            Money(0),
        )
        assert list(queries.findings()) == []

    def test_every_payment_needs_its_answer(self, cast: Cast):
        file = a_released_file(cast)
        arguments = {"payment_file_id": file.pk, "by": cast.actor("finance"), "at": ANSWERED}
        assert refused(actions.answer, answers={}, **arguments) == ["answers_missing"]
        tomorrow = answers_of(file, on=date(2026, 9, 9))
        assert refused(actions.answer, answers=tomorrow, **arguments) == ["answer_day_out_of_range"]

    def test_answered_once(self, cast: Cast):
        line = the_line(cast)
        claim = a_paid_claim(cast)
        file = PaymentFile.objects.get()
        arguments = {"payment_file_id": file.pk, "by": cast.actor("finance"), "at": ANSWERED}
        assert refused(actions.answer, answers=answers_of(file), **arguments) == ["wrong_state"]
        assert balances(line).paid == claim.accepted_eur

    def test_not_before_the_release(self, cast: Cast):
        file = a_payment_file(cast)
        arguments = {"payment_file_id": file.pk, "by": cast.actor("finance"), "at": ANSWERED}
        assert refused(actions.answer, answers=answers_of(file), **arguments) == ["wrong_state"]

    def test_a_first_claim_leaves_the_voucher_in_use(self, cast: Cast):
        claim = a_paid_claim(cast, is_final=False)
        assert Voucher.objects.get(pk=claim.voucher_id).state == "active"
        assert actions.start(voucher_id=claim.voucher_id, by=SYSTEM, at=ANSWERED).number.endswith("-C2")


class TestEnding:
    LATE = datetime(2027, 7, 20, 5, 0, tzinfo=CLAIMED.tzinfo)

    def run(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: self.LATE)
        tasks.lapse_unclaimed.call()
        tasks.lapse_unclaimed.call()

    def test_nothing_ends_while_a_claim_runs(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        claim = a_submitted_claim(cast)
        arguments = {"voucher_id": claim.voucher_id, "by": SYSTEM, "at": self.LATE}
        assert refused(actions.close_voucher, reason="x", **arguments) == ["claim_runs"]
        assert refused(actions.lapse_voucher, **arguments) == ["claim_runs"]
        self.run(monkeypatch)
        assert Voucher.objects.get().state == "active"

    def test_what_was_not_used_lapses(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        line = the_line(cast)
        a_voucher_in_use(cast)
        self.run(monkeypatch)
        assert (Voucher.objects.get().state, balances(line).free) == ("lapsed", euro(100_000))
        assert letters("vouchers/lapsed") == 2

    def test_what_was_used_in_part_is_closed(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        line = the_line(cast)
        a_paid_claim(cast, is_final=False)
        self.run(monkeypatch)
        assert (Voucher.objects.get().state, balances(line).free) == ("closed", euro(97_500))

    def test_not_a_day_too_early(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        a_voucher_in_use(cast)
        monkeypatch.setattr(TestEnding, "LATE", datetime(2027, 7, 19, 21, 59, tzinfo=CLAIMED.tzinfo))
        self.run(monkeypatch)
        assert Voucher.objects.get().state == "active"

    def test_closed_in_the_same_moment(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        voucher = a_voucher_in_use(cast)
        found = queries.unclaimed(at=self.LATE)
        vouchers.close(voucher_id=voucher.pk, reason="Over.", by=SYSTEM, at=CLAIMED)
        monkeypatch.setattr(queries, "unclaimed", lambda at: found)
        self.run(monkeypatch)
        assert Voucher.objects.get().state == "closed"


class TestCrossChecks:
    def hints(self, claim: Claim) -> list[str]:
        facts = queries.cross_checked(queries.facts_of(claim, at=CLAIMED), claim)
        from landbridge.claims import rules

        return [problem.code for problem in rules.hints_about(facts)]

    def test_the_same_invoice_typed_differently(self, cast: Cast):
        first = a_complete_claim(cast, is_final=False)
        a_cost(first, invoice_number="RE-2026/7", supplier="German Institute", net=euro(10))
        actions.submit(claim_id=first.pk, by=SYSTEM, at=CLAIMED)
        second = a_claim(cast, voucher=first.voucher)
        a_cost(second, invoice_number="re 2026 7", supplier="GERMAN INSTITUTE", net=euro(10))
        assert self.hints(second) == ["seen_before"]

    def test_the_same_file_and_the_same_invoice_within_one_claim(self, cast: Cast):
        claim = a_claim(cast)
        a_cost(claim, evidence=some_evidence("same"), net=euro(1))
        a_cost(claim, evidence=some_evidence("same"), net=euro(1))
        assert self.hints(claim) == ["seen_before", "seen_before"]

    def test_an_invoice_of_one_s_own_and_a_related_provider(self, cast: Cast):
        company, institute = cast.danish_company, cast.german_institute
        the_account(cast)
        a_bank_account(institute, iban="DK5000400440116243")
        for organisation in (company, institute, cast.belgian_company):
            organisation.vat_number = "DK13585628"
            organisation.website = "https://www.same.example/x"
            organisation.country, organisation.postcode = "DK", "2100"
            organisation.save()
        a_bank_account(cast.belgian_company, iban="DK5000400440116243")
        Membership.objects.create(
            person=cast.danish_sme,
            role=Role.PROVIDER,
            organisation=institute,
            began_at=CLAIMED,
            ended_at=CLAIMED,
        )
        claim = a_claim(cast)
        claim.voucher.application.applicant.refresh_from_db()
        a_cost(claim, supplier="Danish Company ApS", net=euro(1))
        claim = Claim.objects.get(pk=claim.pk)
        assert self.hints(claim) == ["own_invoice", *["maybe_related"] * 5, *["known_elsewhere"] * 2]

    def test_nothing_to_look_at(self, cast: Cast):
        assert self.hints(a_complete_claim(cast)) == []
        assert self.hints(a_claim(cast, title="Another", provider=cast.belgian_institute)) == []
