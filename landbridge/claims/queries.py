"""Reading claims: the facts that rules ask for, what was seen before, who is told, what is off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum

from landbridge.budgets.models import Entry
from landbridge.budgets.states import Kind
from landbridge.claims.models import Claim, ClaimRows, CostLine, Payment, PaymentFile
from landbridge.claims.payment_xml import Account, Address, Transfer
from landbridge.claims.rules import Cost, Facts
from landbridge.claims.states import S
from landbridge.foundation.money import Money, total
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import recipients
from landbridge.organisations.models import BankAccount, Organisation
from landbridge.organisations.states import S as AccountState
from landbridge.programmes.models import Partner
from landbridge.vouchers import queries as vouchers
from landbridge.vouchers import rules as voucher_rules
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.states import S as VoucherState


def facts_of(claim: Claim, *, at: datetime) -> Facts:
    """Everything that decides whether the claim may be handed in, loaded once."""
    voucher = claim.voucher
    lines = list(CostLine.objects.filter(claim=claim).select_related("evidence").order_by("pk"))
    seen = seen_before(lines)
    return Facts(
        voucher_is_active=voucher.state == VoucherState.ACTIVE,
        granted_on=voucher.granted_on,
        valid_until=voucher.valid_until,
        last_day_to_claim=vouchers.claimable_until(voucher),
        left_eur=left_for(claim),
        report=claim.report,
        has_account=account_of(voucher.application.applicant, approved=False) is not None,
        today=vouchers.today_for(voucher, at=at),
        costs=tuple(
            Cost(
                number=number,
                invoice_number=line.invoice_number,
                invoiced_on=line.invoiced_on,
                paid_on=line.paid_on,
                net_eur=line.net_eur,
                seen_before=tuple(seen[line.pk]),
            )
            for number, line in enumerate(lines, start=1)
        ),
    )


def left_for(claim: Claim) -> Money:
    """What the voucher still holds for this claim: committed, less what other claims were accepted for."""
    held = vouchers.holdings(claim.voucher).left
    others = (
        Claim.objects.filter(voucher=claim.voucher, state__in=[S.VERIFIED, S.APPROVED, S.IN_PAYMENT])
        .exclude(pk=claim.pk)
        .values_list("accepted_eur", flat=True)
    )
    return held - total(amount for amount in others if amount)


def seen_before(lines: list[CostLine]) -> dict[int, list[str]]:
    """For each line, the other claims (of all companies and regions) with the same invoice or the same evidence."""
    found: dict[int, list[str]] = defaultdict(list)
    if not lines:
        return found
    twins = (
        CostLine.objects.filter(
            Q(invoice_number__in=[line.invoice_number for line in lines])
            | Q(evidence__sha256__in=[line.evidence.sha256 for line in lines])
        )
        .exclude(claim__state__in=[S.DRAFT, S.REFUSED])
        .select_related("claim", "evidence")
        .order_by("pk")
    )
    for twin in twins:
        for line in lines:
            same_invoice = (line.supplier.casefold(), line.invoice_number) == (
                twin.supplier.casefold(),
                twin.invoice_number,
            )
            if twin.pk != line.pk and (same_invoice or twin.evidence.sha256 == line.evidence.sha256):
                found[line.pk].append(twin.claim.number)
    return found


def claimed(claim: Claim) -> Money:
    """The sum of the claim's costs, without VAT."""
    return CostLine.objects.filter(claim=claim).aggregate(sum=Sum("net_eur"))["sum"] or Money(0)


def account_of(organisation: Organisation, *, approved: bool = True) -> BankAccount | None:
    """The account that the organisation is paid on; with `approved=False` also one that waits for its approval."""
    states = [AccountState.APPROVED] if approved else [AccountState.APPROVED, AccountState.PROPOSED]
    return (
        BankAccount.objects.filter(organisation=organisation, state__in=states)
        .order_by("state", "-pk")
        .first()
    )


def belongs_to_company(person_id: int | None, claim: Claim) -> bool:
    """Whether the person wears any hat of the company that is paid, or ever wore one."""
    applicant_id = claim.voucher.application.applicant_id
    return Membership.objects.filter(person_id=person_id, organisation_id=applicant_id).exists()


def company_people(claim: Claim) -> list[Recipient]:
    """The company's people, to whom the letters about a claim go."""
    return vouchers.people_of(claim.voucher)


def finance_people(claim: Claim) -> list[Recipient]:
    """The paying partner's finance officers."""
    partner_id = claim.voucher.application.partner_id
    return recipients(Membership.objects.filter(role="finance", partner_id=partner_id))


def ready_to_pay(partner_id: int) -> list[Claim]:
    """The partner's approved claims, the longest waiting first."""
    return list(
        Claim.objects.filter(state=S.APPROVED, voucher__application__partner_id=partner_id)
        .select_related("voucher__application__applicant")
        .order_by("approved_at", "pk")
    )


def payment_facts(file: PaymentFile) -> dict[str, Any]:
    """What the payment file says: payer, transfers, day; plain values for `payment_xml`."""
    partner = file.partner
    payments = Payment.objects.filter(payment_file=file).select_related(
        "claim__voucher__application__applicant", "claim__voucher__application__call__phase__programme"
    )
    return {
        "message_id": file.message_id,
        "made_at": file.made_at,
        "execute_on": file.execute_on,
        "payer": Account(partner.name, partner.iban, partner.bic, _address(partner)),
        "transfers": [
            Transfer(
                end_to_end_id=payment.end_to_end_id,
                amount=payment.amount_eur,
                payee=Account(
                    payment.holder,
                    payment.iban,
                    payment.bic,
                    _address(payment.claim.voucher.application.applicant),
                ),
                remittance=f"{payment.claim.voucher.application.call.phase.programme.name} "
                f"voucher {payment.claim.voucher.number} claim {payment.claim.number}",
            )
            for payment in payments.order_by("pk")
        ],
    }


def _address(of: Partner | Organisation) -> Address:
    return Address(of.street, of.building_number, of.postcode, of.town, of.country)


def cost_lines(claim: Claim) -> list[CostLine]:
    """The claim's costs in the order in which they were added, with their evidence."""
    return list(CostLine.objects.filter(claim=claim).select_related("evidence").order_by("pk"))


def listed(claims: ClaimRows, *, state: str = "", text: str = "") -> QuerySet[Claim]:
    """Claims for a list, the newest first, with what a row shows."""
    rows = claims.select_related("voucher__application__applicant", "voucher__application__partner").annotate(
        claimed=Sum("cost_lines__net_eur")
    )
    if state:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(
            Q(number__icontains=text) | Q(voucher__application__applicant__name__icontains=text)
        )
    return rows.order_by("-started_at", "-pk")


def payments_of(claim: Claim) -> list[Payment]:
    """Every attempt to pay the claim, in order."""
    return list(Payment.objects.filter(claim=claim).select_related("payment_file").order_by("pk"))


def payments_in(file: PaymentFile) -> list[Payment]:
    """The file's payments in their order, with their claims."""
    return list(Payment.objects.filter(payment_file=file).select_related("claim").order_by("pk"))


def running_claims(voucher: Voucher) -> list[Claim]:
    """The voucher's claims that were handed in and are neither paid nor refused."""
    states = [S.SUBMITTED, S.VERIFIED, S.APPROVED, S.IN_PAYMENT]
    return list(Claim.objects.filter(voucher=voucher, state__in=states).order_by("pk"))


def unclaimed(*, at: datetime) -> list[Voucher]:
    """Vouchers whose time to claim has passed without a claim that runs."""
    over = (at - timedelta(days=voucher_rules.DAYS_TO_CLAIM + 1)).date()
    running = Claim.objects.filter(state__in=[S.SUBMITTED, S.VERIFIED, S.APPROVED, S.IN_PAYMENT])
    return list(vouchers.ending_by(over).exclude(pk__in=running.values("voucher")))


def findings() -> Iterator[str]:
    """What is off: sums that do not match their lines, the ledger or the bank; one person in two roles."""
    for claim in Claim.objects.exclude(accepted_eur=None).order_by("pk").iterator(chunk_size=1000):
        accepted = CostLine.objects.filter(claim=claim).aggregate(sum=Sum("accepted_eur"))["sum"] or Money(0)
        if accepted != claim.accepted_eur:
            yield f"Claim {claim.number} accepts {claim.accepted_eur}, its cost lines {accepted}."
        if claim.approved_by_id and claim.approved_by_id in (claim.verified_by_id, claim.submitted_by_id):
            yield f"Claim {claim.number} was approved by the person who verified or submitted it."
    table = Voucher._meta.label_lower
    for voucher in Voucher.objects.order_by("pk").iterator(chunk_size=1000):
        executed = Payment.objects.filter(claim__voucher=voucher, result=Payment.Result.EXECUTED).aggregate(
            sum=Sum("amount_eur")
        )["sum"] or Money(0)
        booked = Entry.objects.filter(about_table=table, about_id=voucher.pk, kind=Kind.PAY).aggregate(
            sum=Sum("amount_eur")
        )["sum"] or Money(0)
        if executed != booked:
            yield f"Voucher {voucher.number}: the bank executed {executed}, the ledger booked {booked} as paid."
