"""Paying: a file for the bank, made by one person and released by another; the bank's answer books the money."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from landbridge.budgets import actions as budgets
from landbridge.claims import queries, rules
from landbridge.claims.letters import tell_about
from landbridge.claims.models import Claim, Payment, PaymentFile
from landbridge.claims.payment_xml import end_to_end_id, payment_xml
from landbridge.claims.states import FILE_WORKFLOW, WORKFLOW, FileMove, M, S
from landbridge.foundation.audit.record import record
from landbridge.foundation.money import Money, total
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, NotAllowed, Problem, refuse, refuse_if
from landbridge.organisations.models import BankAccount
from landbridge.programmes.models import Partner
from landbridge.vouchers import actions as vouchers
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.states import S as VoucherState


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bank says about one payment: executed on that day, or rejected and why."""

    executed: bool
    on: date
    text: str = ""


@transaction.atomic
def make_payment_file(
    *, partner_id: int, claim_ids: Iterable[int], execute_on: date, by: Actor, at: datetime
) -> PaymentFile:
    """Put approved claims of one partner into a payment file; each claim is in one living file at most."""
    if not by.may(P.CLAIM_PAY) or by.partner_id not in (None, partner_id):
        raise NotAllowed(P.CLAIM_PAY)
    partner = Partner.objects.for_update().get(pk=partner_id)
    claims = list(
        Claim.objects.visible_to(by)
        .filter(pk__in=list(claim_ids), voucher__application__partner_id=partner_id)
        .for_update()
        .select_related("voucher__application__applicant")
        .order_by("pk")
    )
    accounts = {claim.pk: queries.account_of(claim.voucher.application.applicant) for claim in claims}
    refuse_if(
        [
            *rules.problems_with_day(execute_on, today=queries.today_at(partner, at=at)),
            *rules.problems_with_payer(
                iban=partner.iban, street=partner.street, town=partner.town, postcode=partner.postcode
            ),
            *_problems_with_claims(claims, paid={pk for pk, account in accounts.items() if account}),
        ]
    )
    number = PaymentFile.objects.filter(partner=partner).count() + 1
    file = PaymentFile.objects.create(
        partner=partner,
        message_id=f"LB-{partner.pk}-{at:%Y%m%d}-{number}",
        total_eur=total(claim.accepted_eur for claim in claims if claim.accepted_eur),
        execute_on=execute_on,
        made_at=at,
        made_by_id=by.person_id,
        made_by_name=by.name,
    )
    for claim in claims:
        if account := accounts[claim.pk]:  # always there: a claim without one was refused above
            _instruct(claim, file=file, account=account, by=by, at=at)
    file.xml = payment_xml(**queries.payment_facts(file)).decode()
    file.xml_hash = hashlib.sha256(file.xml.encode()).hexdigest()
    file.save(update_fields=["xml", "xml_hash"])
    record("payment_file.made", file, by=by, at=at, total_eur=file.total_eur, sha256=file.xml_hash)
    return file


@transaction.atomic
def release(*, payment_file_id: int, by: Actor, at: datetime) -> PaymentFile:
    """Release the file to the bank; whoever made it cannot do this. Refused where an account was changed meanwhile."""
    file = PaymentFile.objects.visible_to(by).for_update().get(pk=payment_file_id)
    target = FILE_WORKFLOW.target(FileMove.RELEASE, of=file, by=by)
    payments = _payments(file)
    refuse_if(
        [
            *rules.problems_with_person(
                by.person_id,
                others={N_("made"): file.made_by_id},
                belongs_to_company=any(
                    queries.belongs_to_company(by.person_id, payment.claim) for payment in payments
                ),
            ),
            *_problems_with_accounts(payments),
        ]
    )
    file.state = target
    file.released_at, file.released_by_id, file.released_by_name = at, by.person_id, by.name
    file.save(update_fields=["state", "released_at", "released_by_id", "released_by_name"])
    record("payment_file.released", file, by=by, at=at)
    return file


@transaction.atomic
def cancel(*, payment_file_id: int, reason: str, by: Actor, at: datetime) -> PaymentFile:
    """Take back a file that was not released; its claims wait for another."""
    file = PaymentFile.objects.visible_to(by).for_update().get(pk=payment_file_id)
    target = FILE_WORKFLOW.target(FileMove.CANCEL, of=file, by=by)
    refuse_if(rules.problems_with_reason(reason))
    file.state = target
    file.save(update_fields=["state"])
    for payment in _payments(file):
        today = queries.today_at(file.partner, at=at)
        _reject(payment, Answer(executed=False, on=today, text=reason.strip()), by=by, at=at)
    record("payment_file.cancelled", file, by=by, at=at, reason=reason.strip())
    return file


@transaction.atomic
def answer(*, payment_file_id: int, answers: Mapping[int, Answer], by: Actor, at: datetime) -> PaymentFile:
    """Book the bank's answer to every payment of the file (by its id): the money is paid, or the claim waits again."""
    file = PaymentFile.objects.visible_to(by).for_update().get(pk=payment_file_id)
    target = FILE_WORKFLOW.target(FileMove.ANSWER, of=file, by=by)
    payments = _payments(file)
    _refuse_impossible_days(file, answers, at=at)
    missing = [payment for payment in payments if payment.pk not in answers]
    if missing:
        refuse(
            "answers_missing",
            N_("There is no answer yet for %(payments)s."),
            cure=N_("Enter for each payment whether the bank executed or rejected it."),
            payments=", ".join(payment.end_to_end_id for payment in missing),
        )
    vouchers_paid = {payment.claim.voucher_id for payment in payments}
    list(Voucher.objects.filter(pk__in=vouchers_paid).for_update().order_by("pk"))  # before any budget line
    for payment in payments:
        (_execute if answers[payment.pk].executed else _reject)(payment, answers[payment.pk], by=by, at=at)
    file.state = target
    file.save(update_fields=["state"])
    record("payment_file.answered", file, by=by, at=at)
    return file


def _instruct(claim: Claim, *, file: PaymentFile, account: BankAccount, by: Actor, at: datetime) -> None:
    """Put one claim into the file; account and address stay in it as they were approved."""
    claim.state = WORKFLOW.target(M.INSTRUCT, of=claim, by=by)
    claim.save(update_fields=["state"])
    attempt = Payment.objects.filter(claim=claim).count() + 1
    Payment.objects.create(
        payment_file=file,
        claim=claim,
        end_to_end_id=end_to_end_id(claim.number, attempt=attempt, claim_id=claim.pk),
        amount_eur=claim.accepted_eur or Money(0),
        holder=account.holder,
        iban=account.iban,
        bic=account.bic,
    )
    record("claim.put_into_payment", claim, by=by, at=at, payment_file=file.message_id)


def _payments(file: PaymentFile) -> list[Payment]:
    return list(
        Payment.objects.filter(payment_file=file)
        .select_related(
            "claim__voucher__line",
            "claim__voucher__application__applicant",
            "claim__voucher__application__call__phase__programme",
        )
        .order_by("pk")
    )


def _execute(payment: Payment, said: Answer, *, by: Actor, at: datetime) -> None:
    """The money has left: the ledger pays, the claim is paid, a final claim closes its voucher."""
    claim, voucher = payment.claim, payment.claim.voucher
    payment.result, payment.answered_on, payment.answer = Payment.Result.EXECUTED, said.on, said.text[:200]
    payment.save(update_fields=["result", "answered_on", "answer"])
    reason = f"Payment {payment.end_to_end_id}"
    budgets.pay(line=voucher.line, amount=payment.amount_eur, about=voucher, reason=reason, by=by, at=at)
    claim.state, claim.paid_on = WORKFLOW.target(M.PAY, of=claim, by=by), said.on
    claim.save(update_fields=["state", "paid_on"])
    record("claim.paid", claim, by=by, at=at, amount_eur=payment.amount_eur, paid_on=said.on)
    tell_about("paid", claim, at=at, to=queries.company_people(claim))
    if claim.is_final and voucher.state == VoucherState.ACTIVE:
        vouchers.close(voucher_id=voucher.pk, reason=f"Final claim {claim.number} was paid", by=SYSTEM, at=at)


def _reject(payment: Payment, said: Answer, *, by: Actor, at: datetime) -> None:
    """The money did not leave: the claim waits for another file."""
    claim = payment.claim
    payment.result, payment.answered_on, payment.answer = Payment.Result.REJECTED, said.on, said.text[:200]
    payment.save(update_fields=["result", "answered_on", "answer"])
    claim.state = WORKFLOW.target(M.BOUNCE, of=claim, by=by)
    claim.save(update_fields=["state"])
    record("claim.payment_rejected", claim, by=by, at=at, answer=payment.answer)


def _problems_with_accounts(payments: list[Payment]) -> Iterable[Problem]:
    """The account in the file is still the one that a second person approved."""
    for payment in payments:
        account = queries.account_of(payment.claim.voucher.application.applicant)
        if account is None or account.iban != payment.iban:
            yield Problem(
                code="account_changed",
                message=N_("%(holder)s has changed its bank account since this file was made."),
                cure=N_("Cancel this file and make a new one with the account that is approved now."),
                params={"holder": payment.holder},
            )


def _refuse_impossible_days(file: PaymentFile, answers: Mapping[int, Answer], *, at: datetime) -> None:
    released_on = queries.today_at(file.partner, at=file.released_at or at)
    today = queries.today_at(file.partner, at=at)
    problems = [
        problem
        for on in sorted({answer.on for answer in answers.values()})
        for problem in rules.problems_with_answer(on, released_on=released_on, today=today)
    ]
    refuse_if(problems[:1])


def _problems_with_claims(claims: list[Claim], *, paid: set[int]) -> Iterable[Problem]:
    if not claims:
        yield Problem(
            code="no_claims",
            message=N_("No claim is chosen."),
            cure=N_("Choose the approved claims that are to be paid."),
            field="claims",
        )
    for claim in claims:
        if claim.state != S.APPROVED:
            yield Problem(
                code="not_approved",
                message=N_("Claim %(claim)s is not approved, or is in another payment file."),
                cure=N_("Take it out of the choice."),
                field="claims",
                params={"claim": claim.number},
            )
        if claim.pk not in paid:
            yield Problem(
                code="account_not_approved",
                message=N_("The bank account for claim %(claim)s is not approved."),
                cure=N_("A second person approves the account first."),
                field="claims",
                params={"claim": claim.number},
            )
