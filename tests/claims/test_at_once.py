"""Money is never paid twice, whoever presses the button at the same moment."""

from __future__ import annotations

import pytest

from landbridge.budgets.queries import balances
from landbridge.claims import actions, queries
from landbridge.claims.models import Claim, Payment, PaymentFile
from landbridge.claims.states import S
from landbridge.foundation.money import Money, euro
from landbridge.foundation.problems import Refused
from landbridge.vouchers import actions as vouchers
from landbridge.vouchers import queries as voucher_queries
from landbridge.vouchers.models import Voucher
from tests.at_once import all_at_once
from tests.cast import make_cast
from tests.factories.applications import a_submitted_application
from tests.factories.claims import (
    ANSWERED,
    CLAIMED,
    EXECUTE_ON,
    MADE,
    VERIFIED,
    a_complete_claim,
    a_cost,
    a_released_file,
    a_submitted_claim,
    an_approved_claim,
    answers_of,
    in_full,
)
from tests.factories.vouchers import AWARDED, another_offer, the_line

pytestmark = pytest.mark.django_db(transaction=True)


def won(results: list[object]) -> int:
    """How many succeeded; all others were refused, and nobody met an error."""
    assert all(not isinstance(result, Exception) or isinstance(result, Refused) for result in results), (
        results
    )
    return sum(not isinstance(result, Refused) for result in results)


def test_awards_at_once_never_exceed_the_money():
    cast = make_cast()
    line = the_line(cast, free=euro(15_000))
    pks = [a_submitted_application(cast, offer=another_offer(cast)).pk for _ in range(5)]
    office = cast.actor("office")
    results = all_at_once(
        *(
            lambda pk=pk: vouchers.award(
                application_id=pk, amount=euro(6000), reason="Good.", by=office, at=AWARDED
            )
            for pk in pks
        )
    )
    assert won(results) == 2
    assert (balances(line).free, Voucher.objects.count()) == (euro(3000), 2)


def test_two_officers_put_one_claim_into_two_files():
    cast = make_cast()
    claims = [an_approved_claim(cast) for _ in range(2)]
    actors = [cast.actor("finance"), cast.actor("second_finance")]
    results = all_at_once(
        *(
            lambda by=by: actions.make_payment_file(
                partner_id=cast.danish_partner.pk,
                claim_ids=[claim.pk for claim in claims],
                execute_on=EXECUTE_ON,
                by=by,
                at=MADE,
            )
            for by in actors * 2
        )
    )
    assert won(results) == 1
    assert (PaymentFile.objects.count(), Payment.objects.count()) == (1, 2)


def test_one_answer_posted_four_times_books_once():
    cast = make_cast()
    line = the_line(cast)
    file = a_released_file(cast)
    by, answers = cast.actor("finance"), answers_of(file)
    results = all_at_once(
        *(
            lambda: actions.answer(payment_file_id=file.pk, answers=answers, by=by, at=ANSWERED)
            for _ in range(4)
        )
    )
    assert won(results) == 1
    assert balances(line).paid == euro(2500)
    assert [*queries.findings(), *voucher_queries.findings()] == []


def test_two_claims_of_one_voucher_verified_at_once_share_what_it_holds():
    cast = make_cast()
    first = a_complete_claim(cast, is_final=False)
    a_cost(first, net=euro(2000))
    first = actions.submit(claim_id=first.pk, by=cast.actor("danish_sme"), at=CLAIMED)
    second = a_submitted_claim(cast, voucher=first.voucher, costs=2)
    known = [
        (claim.pk, in_full(claim), cast.actor(name))
        for claim, name in ((first, "finance"), (second, "second_finance"))
    ]
    results = all_at_once(
        *(
            lambda pk=pk, accepted=accepted, by=by: actions.verify(
                claim_id=pk, accepted=accepted, finding="", by=by, at=VERIFIED
            )
            for pk, accepted, by in known
        )
    )
    assert won(results) == 1  # 4,500 and 5,000 do not both fit into 6,000


def test_handed_in_while_the_voucher_is_closed():
    cast = make_cast()
    claim = a_complete_claim(cast)
    results = all_at_once(
        lambda: actions.submit(claim_id=claim.pk, by=cast.actor("danish_sme"), at=CLAIMED),
        lambda: actions.close_voucher(
            voucher_id=claim.voucher_id, reason="Over.", by=cast.actor("office"), at=CLAIMED
        ),
    )
    assert won(results) == 1
    state = Claim.objects.get(pk=claim.pk).state
    assert (state == S.SUBMITTED) == (Voucher.objects.get(pk=claim.voucher_id).state == "active")


def test_accepted_and_declined_at_once():
    cast = make_cast()
    line = the_line(cast)
    application = a_submitted_application(cast)
    voucher = vouchers.award(
        application_id=application.pk, amount=euro(6000), reason="Good.", by=cast.actor("office"), at=AWARDED
    )
    by = cast.actor("danish_sme")
    results = all_at_once(
        lambda: vouchers.accept(voucher_id=voucher.pk, by=by, at=AWARDED),
        lambda: vouchers.decline(voucher_id=voucher.pk, reason="No.", by=by, at=AWARDED),
    )
    assert won(results) == 1
    voucher.refresh_from_db()
    assert balances(line).committed == (euro(6000) if voucher.state == "active" else Money(0))
