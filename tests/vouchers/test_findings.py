"""`landbridge verify` finds what somebody changed behind the actions' back."""

from __future__ import annotations

import pytest
from django.db import connection

from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.vouchers import actions, queries
from tests.cast import Cast
from tests.factories.vouchers import ACCEPTED, a_voucher, a_voucher_in_use

pytestmark = pytest.mark.django_db


def tamper(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
    return list(queries.findings())


def test_nothing_to_find(cast: Cast):
    actions.close(voucher_id=a_voucher_in_use(cast).pk, reason="Done.", by=SYSTEM, at=ACCEPTED)
    assert list(queries.findings()) == []


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE vouchers_voucher SET amount_eur = 650000", "the ledger holds EUR 6,000.00"),
        ("UPDATE vouchers_voucher SET amount_eur = 650000", "something else than was decided"),
        ("UPDATE vouchers_voucher SET amount_eur = 900000", "exceeds the cap"),
        ("UPDATE vouchers_voucher SET state = 'closed'", "still commits EUR 6,000.00"),
        ("UPDATE vouchers_voucher SET state = 'closed'", "the moment of its end"),
        ("UPDATE vouchers_voucher SET valid_until = '2030-01-01'", "its incentive says 2027-05-20"),
        ("UPDATE vouchers_voucher SET legal_basis = 'none'", "another legal basis"),
        ("UPDATE applications_application SET state = 'rejected'", "not awarded"),
        ("DELETE FROM applications_decision", "never decided on"),
        ("DELETE FROM vouchers_voucher", "which does not exist"),
        ("DELETE FROM vouchers_voucher", "awarded, but has no voucher"),
    ],
)
def test_tampering_is_found(cast: Cast, statement: str, words: str):
    a_voucher(cast)
    assert any(words in finding for finding in tamper(statement)), list(queries.findings())


def test_a_changed_extension_is_found(cast: Cast):
    from tests.vouchers.test_actions import EXTENSION, NOVEMBER

    actions.extend(voucher_id=a_voucher_in_use(cast).pk, **EXTENSION, by=SYSTEM, at=NOVEMBER)
    assert list(queries.findings()) == []
    found = tamper("UPDATE vouchers_voucher SET valid_until = '2027-10-01'")
    assert any("extended to 2027-11-20" in finding for finding in found)
