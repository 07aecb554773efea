"""Whatever happens in whatever order: ledger, vouchers, claims and payments agree, and nothing is paid beyond the award."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.budgets.queries import balances
from landbridge.claims import actions, queries
from landbridge.claims.models import Claim, Payment, PaymentFile
from landbridge.claims.rules import next_banking_day
from landbridge.foundation.money import Money, euro
from landbridge.foundation.problems import Refused
from landbridge.vouchers import actions as vouchers
from landbridge.vouchers import queries as voucher_queries
from landbridge.vouchers.models import Voucher
from tests.cast import Cast, make_cast
from tests.factories.claims import CLAIMED, REPORT, a_cost, answers_of, in_full, the_account
from tests.factories.vouchers import a_voucher, the_line

pytestmark = pytest.mark.django_db
STEPS = st.lists(st.tuples(st.integers(0, 15), st.integers(0, 3), st.booleans()), min_size=4, max_size=16)


class Play:
    """One programme in which steps are tried at random; each may be refused, none may fail."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.at = cast, CLAIMED
        self.line = the_line(cast, free=euro(20_000))
        the_account(cast)
        self.steps = [
            self.award, self.accept, self.decline, self.extend, self.begin, self.hand_in, self.hand_back,
            self.verify, self.approve, self.refuse, self.make_file, self.release, self.answer, self.cancel,
            self.close, self.lapse,
        ]  # fmt: skip

    def step(self, number: int, which: int, yes: bool) -> None:
        self.at += timedelta(days=1)
        with contextlib.suppress(Refused, ObjectDoesNotExist):  # what finance does not see yet is not there
            self.steps[number](which, yes)

    def one(self, rows: Any, which: int) -> Any:
        found = list(rows.order_by("pk"))
        if not found:
            raise Refused([])
        return found[which % len(found)]

    def do(self, action: Any, *, by: str, **arguments: Any) -> None:
        action(**arguments, by=self.cast.actor(by), at=self.at)

    def award(self, which: int, yes: bool) -> None:
        a_voucher(self.cast, at=self.at)

    def accept(self, which: int, yes: bool) -> None:
        self.do(vouchers.accept, voucher_id=self.one(Voucher.objects, which).pk, by="danish_sme")

    def decline(self, which: int, yes: bool) -> None:
        pk = self.one(Voucher.objects, which).pk
        self.do(vouchers.decline, voucher_id=pk, reason="No need.", by="danish_sme")

    def extend(self, which: int, yes: bool) -> None:
        voucher = self.one(Voucher.objects, which)
        until, began_on = voucher.valid_until + timedelta(days=30), self.at.date()
        self.do(
            vouchers.extend,
            voucher_id=voucher.pk,
            until=until,
            began_on=began_on,
            reason="Late.",
            by="office",
        )

    def begin(self, which: int, yes: bool) -> None:
        voucher = self.one(Voucher.objects, which)
        self.do(actions.start, voucher_id=voucher.pk, by="danish_sme")
        claim = Claim.objects.get(voucher=voucher, state="draft")
        today = self.at.date()
        a_cost(claim, net=euro(4000 if yes else 900), invoiced_on=today, paid_on=today)
        self.do(actions.write_report, claim_id=claim.pk, report=REPORT, is_final=yes, by="danish_sme")

    def hand_in(self, which: int, yes: bool) -> None:
        pk = self.one(Claim.objects.filter(state="draft"), which).pk
        self.do(actions.submit, claim_id=pk, by="danish_sme" if yes else "danish_colleague")

    def hand_back(self, which: int, yes: bool) -> None:
        pk = self.one(Claim.objects, which).pk
        self.do(actions.return_for_correction, claim_id=pk, reason="Wrong.", by="finance")

    def verify(self, which: int, yes: bool) -> None:
        claim = self.one(Claim.objects, which)
        left = queries.left_for(claim)
        accepted = {}
        for pk, amount in in_full(claim).items():
            accepted[pk] = amount if yes else min(amount, left)
            left -= accepted[pk]
        self.do(actions.verify, claim_id=claim.pk, accepted=accepted, finding="Some.", by="finance")

    def approve(self, which: int, yes: bool) -> None:
        pk = self.one(Claim.objects, which).pk
        self.do(actions.approve, claim_id=pk, by="second_finance" if yes else "finance")

    def refuse(self, which: int, yes: bool) -> None:
        self.do(actions.refuse, claim_id=self.one(Claim.objects, which).pk, reason="No.", by="second_finance")

    def make_file(self, which: int, yes: bool) -> None:
        ready = queries.ready_to_pay(self.cast.danish_partner.pk)
        self.do(
            actions.make_payment_file,
            partner_id=self.cast.danish_partner.pk,
            claim_ids=[claim.pk for claim in ready[: which + 1]],
            execute_on=next_banking_day(self.at.date()),
            by="finance",
        )

    def release(self, which: int, yes: bool) -> None:
        pk = self.one(PaymentFile.objects, which).pk
        self.do(actions.release, payment_file_id=pk, by="second_finance" if yes else "finance")

    def answer(self, which: int, yes: bool) -> None:
        file = self.one(PaymentFile.objects, which)
        answers = answers_of(file, executed=yes, on=self.at.date())
        self.do(actions.answer, payment_file_id=file.pk, answers=answers, by="finance")

    def cancel(self, which: int, yes: bool) -> None:
        pk = self.one(PaymentFile.objects, which).pk
        self.do(actions.cancel, payment_file_id=pk, reason="Wrong.", by="finance")

    def close(self, which: int, yes: bool) -> None:
        pk = self.one(Voucher.objects, which).pk
        self.do(actions.close_voucher, voucher_id=pk, reason="Over.", by="office")

    def lapse(self, which: int, yes: bool) -> None:
        self.do(actions.lapse_voucher, voucher_id=self.one(Voucher.objects, which).pk, by="office")

    def check(self) -> None:
        assert [*voucher_queries.findings(), *queries.findings()] == []
        stands = balances(self.line)
        executed = Payment.objects.filter(result="executed").values_list("amount_eur", flat=True)
        assert stands.paid == sum(executed, Money(0))
        assert stands.allocated == euro(20_000)
        assert stands.free >= Money(0)


MAIN_LINE = [0, 1, 4, 5, 7, 8, 10, 11, 12]


@settings(max_examples=12, deadline=None)
@given(steps=STEPS, begun=st.integers(0, len(MAIN_LINE)))
def test_everything_agrees_after_any_sequence(steps: list[tuple[int, int, bool]], begun: int):
    with transaction.atomic():
        play = Play(make_cast())
        for number in MAIN_LINE[:begun]:
            play.step(number, 0, yes=True)
        for number, which, yes in steps:
            play.step(number, which, yes)
            play.check()
        transaction.set_rollback(True)


def test_the_main_line_pays():
    play = Play(make_cast())
    for number in MAIN_LINE:
        play.step(number, 0, yes=True)
        play.check()
    assert (balances(play.line).paid, Voucher.objects.get().state) == (euro(4000), "closed")
    assert play.at.date() > date(2026, 9, 1)
