"""`landbridge verify` finds what somebody changed behind the actions' back."""

from __future__ import annotations

import pytest
from django.db import connection

from landbridge.claims import queries
from landbridge.vouchers import queries as vouchers
from tests.cast import Cast
from tests.factories.claims import a_paid_claim, a_released_file, a_verified_claim

pytestmark = pytest.mark.django_db


def tamper(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
    return list(queries.findings())


def test_nothing_to_find(cast: Cast):
    a_paid_claim(cast)
    a_verified_claim(cast)
    a_released_file(cast)
    assert [*queries.findings(), *vouchers.findings()] == []


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE claims_claim SET accepted_eur = 300000", "its cost lines EUR 2,500.00"),
        ("UPDATE claims_costline SET accepted_eur = 0", "accepts EUR 2,500.00"),
        ("UPDATE claims_claim SET accepted_eur = NULL", "what is accepted of it says otherwise"),
        ("UPDATE claims_claim SET state = 'approved'", "its payments say otherwise"),
        ("UPDATE claims_claim SET state = 'in_payment'", "no payment waits"),
        ("UPDATE claims_claim SET verified_by_id = submitted_by_id", "verified by the person who submitted"),
        ("UPDATE claims_payment SET result = 'waiting'", "one does"),
        ("UPDATE claims_payment SET amount_eur = 400000", "were paid"),
        ("UPDATE claims_payment SET amount_eur = 400000", "the ledger booked EUR 2,500.00"),
        ("UPDATE claims_payment SET amount_eur = 400000", "its payments for EUR 4,000.00"),
        ("UPDATE claims_paymentfile SET xml = 'other'", "not the text that was made"),
        ("UPDATE claims_paymentfile SET released_at = NULL", "never released"),
    ],
)
def test_tampering_is_found(cast: Cast, statement: str, words: str):
    a_paid_claim(cast)
    found = tamper(statement)
    assert any(words in finding for finding in found), found


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE claims_claim SET approved_by_id = verified_by_id", "a_claim_is_approved_by_a_second_person"),
        (
            "UPDATE claims_paymentfile SET released_by_id = made_by_id",
            "a_payment_file_is_released_by_a_second_person",
        ),
        ("UPDATE claims_costline SET accepted_eur = net_eur + 1", "no_more_is_accepted_than_was_spent"),
        ("UPDATE claims_costline SET net_cents = 0", "a_cost_is_a_positive_amount"),
        ("UPDATE claims_claim SET state = 'gone'", "a_claim_has_a_known_state"),
        ("UPDATE claims_paymentfile SET state = 'gone'", "a_payment_file_has_a_known_state"),
        ("UPDATE claims_payment SET amount_eur = 0", "a_payment_pays_something"),
    ],
)
def test_the_database_itself_refuses(cast: Cast, statement: str, constraint: str):
    a_paid_claim(cast)
    with pytest.raises(Exception, match=constraint):
        tamper(statement)
