"""`landbridge verify` computes every law of the ledger again, and names the line that breaks one."""

from __future__ import annotations

import pytest

from landbridge.budgets import actions, queries
from landbridge.budgets.models import Entry, Transfer
from landbridge.budgets.states import Account, Kind, S
from landbridge.foundation.money import euro
from landbridge.foundation.permissions.actor import SYSTEM
from tests.factories.budgets import POSTED, a_commitment, a_line, a_payment, a_transfer

pytestmark = pytest.mark.django_db


def an_entry(line, number, *, kind, way, **changes):
    """An entry that no action would have posted."""
    source, target = way
    words = {"amount_eur": euro(100), "reason": "-", "person_name": "-", "at": POSTED}
    return Entry.objects.create(
        line=line, number=number, kind=kind, source=source, target=target, **{**words, **changes}
    )


def test_a_sound_ledger_has_no_findings():
    line = a_payment(a_line(free=euro(10_000)), about=a_line(), amount=euro(4000))
    transfer = a_transfer(giver=line, amount=euro(1000))
    actions.agree(transfer_id=transfer.pk, by=SYSTEM, at=POSTED)
    a_transfer(giver=line, amount=euro(1000))
    assert list(queries.findings()) == []


def test_a_gap_in_the_numbers_is_found():
    line = a_line(free=euro(100))
    an_entry(line, 3, kind=Kind.ALLOCATE, way=(Account.OUTSIDE, Account.FREE))
    assert list(queries.findings()) == [f"Budget line {line.pk}: entry 3 stands where 2 should."]


def test_an_account_below_zero_is_found_even_when_it_recovers():
    line = a_line(free=euro(50))
    an_entry(line, 2, kind=Kind.WITHDRAW, way=(Account.FREE, Account.OUTSIDE))
    an_entry(line, 3, kind=Kind.ALLOCATE, way=(Account.OUTSIDE, Account.FREE))
    assert list(queries.findings()) == [f"Budget line {line.pk}: after entry 2 free stands at EUR -50.00."]


def test_more_paid_for_a_voucher_than_was_committed_for_it_is_found():
    line = a_line(free=euro(500))
    a_commitment(line, about=line, amount=euro(400))
    about = {"about_table": "vouchers.voucher", "about_id": 7}
    an_entry(line, 3, kind=Kind.PAY, way=(Account.COMMITTED, Account.PAID), **about)
    assert list(queries.findings()) == [
        f"Budget line {line.pk}: entry 3 leaves EUR -100.00 committed for vouchers.voucher 7."
    ]


def test_a_transfer_that_does_not_balance_is_found():
    transfer = a_transfer()
    Transfer.objects.filter(pk=transfer.pk).update(
        state=S.POSTED, giver_agreed_at=POSTED, receiver_agreed_at=POSTED
    )
    assert [finding for finding in queries.findings() if "does not balance" in finding]


def test_money_moved_without_a_transfer_is_found():
    line = a_line(free=euro(100))
    an_entry(line, 2, kind=Kind.MOVE_OUT, way=(Account.FREE, Account.OUTSIDE))
    assert list(queries.findings()) == [f"Budget line {line.pk}: money moved without a transfer."]
