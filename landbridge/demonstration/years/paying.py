"""Claims under the vouchers, the two persons who looked at them, and the payment files of each partner."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.base import ContentFile

from landbridge.claims.models import Claim, CostLine, Payment, PaymentFile
from landbridge.claims.payment_xml import Account, Address, Transfer, end_to_end_id, payment_xml
from landbridge.claims.rules import next_banking_day
from landbridge.claims.states import FileState, S
from landbridge.demonstration.years.chance import moment
from landbridge.demonstration.years.granting import Granted, write
from landbridge.demonstration.years.ground import ABOUT, Ground
from landbridge.demonstration.years.writing import put
from landbridge.foundation.documents import pdf
from landbridge.foundation.files.kinds import Kind
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.files.store import receive, store
from landbridge.foundation.money import Money, total
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Partner
from landbridge.vouchers.states import S as VoucherState

REFUSED = 0.015
RUN_DAYS = (10, 25)  # on which a partner makes its payment file
CATEGORIES = ("service", "access", "travel", "training")


@dataclass(slots=True)
class Spent:
    """One claim with its cost, and the day on which its partner pays."""

    row: Claim
    line: CostLine
    granted: Granted
    run_on: date | None = None


def paid(ground: Ground, vouchers: list[Granted]) -> list[Spent]:
    """Every claim as far as it has come, and the vouchers that are closed by it, written before them."""
    evidence = _evidence(ground)
    found = [_drawn(ground, one, evidence) for one in vouchers if _has_claimed(ground, one)]
    payments = _payments(ground, found)
    _close(ground, found)
    write(ground, vouchers)
    put(one.row for one in found)
    put(one.line for one in found)
    put({one.payment_file.message_id: one.payment_file for one in payments}.values())
    put(payments)
    return found


def _has_claimed(ground: Ground, one: Granted) -> bool:
    return one.claims_at is not None and one.claims_at <= ground.span.until


def _evidence(ground: Ground) -> StoredFile:
    """One invoice that says of itself that it is invented; every cost line points at it."""
    data = {
        "sender": ["Nobody"],
        "recipient": [ground.programme.name],
        "number": "INVENTED-1",
        "programme": "Invented for the demonstration",
        "text": ABOUT,
        "facts": [["Work", "Five simulated years"]],
    }
    drawn = pdf("demonstration/invoice.typ", data, title="Invoice (invented)", at=moment(ground.span.first))
    received = receive(ContentFile(drawn, name="invented-invoice.pdf"), kinds=frozenset({Kind.PDF}))
    return store(received, by=SYSTEM, at=moment(ground.span.first))


def _drawn(ground: Ground, one: Granted, evidence: StoredFile) -> Spent:
    """Submitted, verified, approved: each a few days after the other, if there were days enough."""
    chance, until = ground.chance, ground.span.until
    at = one.claims_at or until
    voucher = one.row
    spent = Money(round(voucher.amount_eur.cents * min(1.0, 0.72 + 0.4 * chance.draw.random())))
    row = Claim(
        voucher=voucher,
        number=f"{voucher.number}-C1",
        report="The work is done, and the report is with us.",
        state=S.SUBMITTED,
        started_at=at - timedelta(days=4),
        first_submitted_at=at,
        submitted_at=at,
    )
    line = _cost(ground, one, row, evidence, spent)
    found = Spent(row, line, one)
    verified, approved = at + chance.lasting(9), at + chance.lasting(9) + timedelta(days=4)
    if verified > until:
        return found
    if chance.happens(REFUSED):
        row.state, row.finding = S.REFUSED, "The invoice is of a day before the award."
        return found
    row.state, row.verified_at, row.verified_by_name = S.VERIFIED, verified, "A finance officer"
    row.accepted_eur = line.accepted_eur = spent
    approved = max(approved, verified + timedelta(hours=5))
    if approved > until:
        return found
    row.state, row.approved_at, row.approved_by_name = S.APPROVED, approved, "Another finance officer"
    found.run_on = _run_day(approved.date())
    return found


def _cost(ground: Ground, one: Granted, row: Claim, evidence: StoredFile, spent: Money) -> CostLine:
    at = row.started_at
    number = f"INV-{one.row.number}"
    return CostLine(
        claim=row,
        category=ground.chance.one_of(CATEGORIES),
        description=one.applied.row.title,
        supplier=one.applied.provider.name,
        invoice_number=number,
        invoice_key=number.replace("-", "").lower(),
        invoiced_on=(at - timedelta(days=20)).date(),
        paid_on=(at - timedelta(days=6)).date(),
        net_cents=spent.cents,
        net_eur=spent,
        evidence=evidence,
    )


def _run_day(day: date) -> date:
    """The next day on which the partner pays."""
    day += timedelta(days=1)
    while day.day not in RUN_DAYS:
        day += timedelta(days=1)
    return next_banking_day(day)


def _payments(ground: Ground, found: list[Spent]) -> list[Payment]:
    """One file of each partner and day with all that is approved then; executed on the banking day after next."""
    together: dict[tuple[int, date], list[Spent]] = defaultdict(list)
    for one in found:
        if one.run_on and moment(one.run_on) <= ground.span.until:
            together[one.granted.applied.row.partner_id, one.run_on].append(one)
    partners = {partner.pk: partner for partner in ground.partner_of.values()}
    return [
        payment
        for number, ((partner_id, run_on), ones) in enumerate(sorted(together.items()), start=1)
        for payment in _paid_together(ground, partners[partner_id], run_on, ones, number)
    ]


def _paid_together(
    ground: Ground, partner: Partner, run_on: date, ones: list[Spent], number: int
) -> list[Payment]:
    """The payments of one file, which carries its true XML and hash."""
    executes = next_banking_day(run_on + timedelta(days=2))
    is_answered = moment(executes, hour=14) <= ground.span.until
    at = moment(run_on, hour=8)
    file = PaymentFile(
        partner=partner,
        message_id=f"LB-Y{partner.pk}-{run_on:%Y%m%d}-{number}",
        state=FileState.ANSWERED if is_answered else FileState.RELEASED,
        total_eur=total(one.row.accepted_eur for one in ones if one.row.accepted_eur),
        execute_on=executes,
        made_at=at,
        made_by_name="A finance officer",
        released_at=at + timedelta(hours=2),
        released_by_name="Another finance officer",
    )
    payments = [_payment(ground, file, one, executes, is_answered=is_answered) for one in ones]
    payer = Account(partner.name, partner.iban, partner.bic, _address(partner))
    file.xml = payment_xml(
        message_id=file.message_id,
        made_at=at,
        execute_on=executes,
        payer=payer,
        transfers=_transfers(payments, ones),
    ).decode()
    file.xml_hash = hashlib.sha256(file.xml.encode()).hexdigest()
    return payments


def _payment(ground: Ground, file: PaymentFile, one: Spent, executes: date, *, is_answered: bool) -> Payment:
    claim, account = one.row, ground.accounts[one.granted.applied.company.pk]
    amount = claim.accepted_eur or Money(0)
    claim.state = S.PAID if is_answered else S.IN_PAYMENT
    if is_answered:
        claim.paid_on = executes
        one.granted.paid.append((moment(executes, hour=12), amount))
    return Payment(
        payment_file=file,
        claim=claim,
        end_to_end_id=end_to_end_id(claim.number, attempt=1, claim_id=0),
        amount_eur=amount,
        holder=account.holder,
        iban=account.iban,
        result=Payment.Result.EXECUTED if is_answered else Payment.Result.WAITING,
        answered_on=executes if is_answered else None,
        answer="ACSC" if is_answered else "",
    )


def _transfers(payments: list[Payment], ones: list[Spent]) -> Iterator[Transfer]:
    for payment, one in zip(payments, ones, strict=True):
        company = one.granted.applied.company
        yield Transfer(
            end_to_end_id=payment.end_to_end_id,
            amount=payment.amount_eur,
            payee=Account(payment.holder, payment.iban, "", _address(company)),
            remittance=f"Voucher {one.granted.row.number} claim {one.row.number}",
        )


def _address(of: Partner | Organisation) -> Address:
    return Address(of.street, of.building_number, of.postcode, of.town, of.country)


def _close(ground: Ground, found: list[Spent]) -> None:
    """A voucher ends some days after its claim was paid, or lapses where its claim was refused."""
    for one in found:
        row = one.granted.row
        if one.row.paid_on:
            state, ends = VoucherState.CLOSED, moment(one.row.paid_on, hour=14) + ground.chance.lasting(4)
        elif one.row.state == S.REFUSED:
            state, ends = VoucherState.LAPSED, moment(row.valid_until + timedelta(days=61), hour=4)
        else:
            continue
        if ends <= ground.span.until:
            row.state, row.ended_at = state, ends
