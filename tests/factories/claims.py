"""Claims and payment files in the situations that tests need, brought about by the word's own actions."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from landbridge.claims import actions
from landbridge.claims.actions import Answer, CostDetails
from landbridge.claims.models import Claim, CostLine, Payment, PaymentFile
from landbridge.claims.rules import Cost, Facts
from landbridge.foundation.files.kinds import EVIDENCE
from landbridge.foundation.files.store import Received, receive
from landbridge.foundation.money import Money, euro
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.organisations.models import BankAccount
from landbridge.organisations.states import S as AccountState
from landbridge.vouchers.models import Voucher
from tests.cast import Cast
from tests.factories.organisations import a_bank_account
from tests.factories.vouchers import a_voucher_in_use

CLAIMED = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
VERIFIED = datetime(2026, 9, 2, 9, 0, tzinfo=UTC)
APPROVED = datetime(2026, 9, 3, 9, 0, tzinfo=UTC)
MADE = datetime(2026, 9, 4, 9, 0, tzinfo=UTC)  # a Friday
EXECUTE_ON = date(2026, 9, 7)
ANSWERED = datetime(2026, 9, 8, 9, 0, tzinfo=UTC)
REPORT = "The compound was measured in the validated model; we decided on the next prototype together."
_count = itertools.count(1)


def the_account(cast: Cast) -> BankAccount:
    """The Danish company's approved account; named once."""
    found = BankAccount.objects.filter(organisation=cast.danish_company, state=AccountState.APPROVED).first()
    return found or a_bank_account(cast.danish_company, iban="DK5000400440116243")


def some_evidence(text: str = "") -> Received:
    """A PDF that nobody handed in before, unless `text` repeats."""
    body = f"%PDF-1.7\n1 0 obj <</Type /Catalog /Note ({text or next(_count)})>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
    return receive(SimpleUploadedFile("invoice.pdf", body.encode()), kinds=EVIDENCE)


def cost_details(**changes: Any) -> CostDetails:
    """EUR 2,500 for a measurement, invoiced and paid within the voucher's validity."""
    values = {
        "category": "service",
        "description": "Measurement",
        "supplier": "German Institute",
        "invoice_number": f"INV-{next(_count)}",
        "invoiced_on": date(2026, 7, 1),
        "paid_on": date(2026, 7, 15),
        "net": euro(2500),
        "vat": Money(0),
    }
    return CostDetails(**{**values, **changes})


def a_claim(cast: Cast, *, voucher: Voucher | None = None, **changes: Any) -> Claim:
    """Begun for the voucher, with nothing in it."""
    voucher = voucher or a_voucher_in_use(cast, **changes)
    return actions.start(voucher_id=voucher.pk, by=SYSTEM, at=CLAIMED)


def a_cost(claim: Claim, *, evidence: Received | None = None, **changes: Any) -> CostLine:
    return actions.add_cost(
        claim_id=claim.pk,
        cost=cost_details(**changes),
        evidence=evidence or some_evidence(),
        by=SYSTEM,
        at=CLAIMED,
    )


def a_complete_claim(cast: Cast, *, costs: int = 1, is_final: bool = True, **changes: Any) -> Claim:
    """Everything is there: it can be handed in."""
    the_account(cast)
    claim = a_claim(cast, **changes)
    for _ in range(costs):
        a_cost(claim)
    return actions.write_report(claim_id=claim.pk, report=REPORT, is_final=is_final, by=SYSTEM, at=CLAIMED)


def a_submitted_claim(cast: Cast, *, by: Actor | None = None, **changes: Any) -> Claim:
    """Handed in by the company."""
    claim = a_complete_claim(cast, **changes)
    return actions.submit(claim_id=claim.pk, by=by or cast.actor("danish_sme"), at=CLAIMED)


def in_full(claim: Claim) -> dict[int, Money]:
    """Every cost of the claim accepted as it is."""
    return {line.pk: line.net_eur for line in CostLine.objects.filter(claim=claim)}


def a_verified_claim(cast: Cast, **changes: Any) -> Claim:
    """Verified in full by the first finance officer."""
    claim = a_submitted_claim(cast, **changes)
    return actions.verify(
        claim_id=claim.pk, accepted=in_full(claim), finding="", by=cast.actor("finance"), at=VERIFIED
    )


def an_approved_claim(cast: Cast, **changes: Any) -> Claim:
    """Approved by the second finance officer: it can be paid."""
    claim = a_verified_claim(cast, **changes)
    return actions.approve(claim_id=claim.pk, by=cast.actor("second_finance"), at=APPROVED)


def a_payment_file(cast: Cast, *claims: Claim, **changes: Any) -> PaymentFile:
    """Made by the first finance officer for these claims, or for one that is made."""
    values = {
        "partner_id": cast.danish_partner.pk,
        "claim_ids": [claim.pk for claim in claims or [an_approved_claim(cast)]],
        "execute_on": EXECUTE_ON,
        "by": cast.actor("finance"),
        "at": MADE,
    }
    return actions.make_payment_file(**{**values, **changes})


def a_released_file(cast: Cast, *claims: Claim) -> PaymentFile:
    """Released by the second finance officer; the bank has it."""
    file = a_payment_file(cast, *claims)
    return actions.release(payment_file_id=file.pk, by=cast.actor("second_finance"), at=MADE)


def answers_of(file: PaymentFile, *, executed: bool = True, on: date = EXECUTE_ON) -> dict[int, Answer]:
    """The same answer to every payment of the file."""
    text = "" if executed else "AC04 closed account"
    return {
        pk: Answer(executed, on, text)
        for pk in Payment.objects.filter(payment_file=file).values_list("pk", flat=True)
    }


def a_paid_claim(cast: Cast, **changes: Any) -> Claim:
    """Executed by the bank."""
    claim = an_approved_claim(cast, **changes)
    file = a_released_file(cast, claim)
    actions.answer(payment_file_id=file.pk, answers=answers_of(file), by=cast.actor("finance"), at=ANSWERED)
    claim.refresh_from_db()
    return claim


# ── Facts, for the rules ─────────────────────────────────────────────────────────────────────────────────────────────
def cost_facts(**changes: Any) -> Cost:
    values = {
        "number": 1,
        "invoice_number": "INV-1",
        "invoiced_on": date(2026, 7, 1),
        "paid_on": date(2026, 7, 15),
        "net_eur": euro(2500),
    }
    return Cost(**{**values, **changes})


def claim_facts(**changes: Any) -> Facts:
    """A claim that lacks nothing."""
    values = {
        "voucher_is_active": True,
        "granted_on": date(2026, 5, 20),
        "valid_until": date(2027, 5, 20),
        "last_day_to_claim": date(2027, 7, 19),
        "left_eur": euro(6000),
        "report": REPORT,
        "has_account": True,
        "today": date(2026, 9, 1),
        "costs": (cost_facts(),),
    }
    return Facts(**{**values, **changes})


ONE = Decimal(1)
