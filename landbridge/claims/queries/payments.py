"""Reading payments: what is ready to be paid, what a file says to the bank, one row for each paid voucher."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, OuterRef, Subquery, Sum

from landbridge.claims.models import Claim, ClaimRows, CostLine, Payment, PaymentFile
from landbridge.claims.payment_xml import Account, Address, Transfer
from landbridge.claims.rules import MOST_TRANSFERS
from landbridge.claims.states import S
from landbridge.foundation.money import Money
from landbridge.organisations.models import CompanyNumber, Organisation
from landbridge.programmes.models import Partner
from landbridge.vouchers.models import Voucher

REPORT = (
    "voucher", "programme", "phase", "call", "incentive", "partner", "company", "company number", "VAT number",
    "country", "provider", "provider country", "title", "legal basis", "granted on", "voucher state",
    "awarded EUR", "costs", "net EUR", "accepted EUR", "paid EUR", "last paid on", "claims",
)  # fmt: skip


def today_at(partner: Partner, *, at: datetime) -> date:
    """The day it is where the partner has its bank; Brussels for one without a region."""
    zone = partner.region.time_zone if partner.region else "Europe/Brussels"
    return at.astimezone(ZoneInfo(zone)).date()


def ready_to_pay(partner_id: int) -> list[Claim]:
    """The partner's approved claims, the longest waiting first."""
    return list(
        Claim.objects.filter(state=S.APPROVED, voucher__application__partner_id=partner_id)
        .select_related("voucher__application__applicant")
        .order_by("approved_at", "pk")[:MOST_TRANSFERS]
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


def payments_of(claim: Claim) -> list[Payment]:
    """Every attempt to pay the claim, in order."""
    return list(Payment.objects.filter(claim=claim).select_related("payment_file").order_by("pk"))


def payments_in(file: PaymentFile) -> list[Payment]:
    """The file's payments in their order, with their claims."""
    return list(Payment.objects.filter(payment_file=file).select_related("claim").order_by("pk"))


def report_rows(claims: ClaimRows, *, since: date | None, until: date | None) -> Iterator[tuple[object, ...]]:
    """The report to the programme's authority: one row for each voucher under which something was paid.

    Only claims paid between the two days count, both included. Amounts are without VAT.
    """
    paid = claims.filter(state=S.PAID)
    if since:
        paid = paid.filter(paid_on__gte=since)
    if until:
        paid = paid.filter(paid_on__lte=until)
    lines = CostLine.objects.filter(claim__in=paid.values("pk"))
    costs = {
        row["claim__voucher"]: row
        for row in lines.values("claim__voucher").annotate(count=Count("pk"), spent=Sum("net_eur"))
    }
    sums = paid.values("voucher").annotate(
        accepted=Sum("accepted_eur"), last=Max("paid_on"), claims=Count("pk")
    )
    executed = {
        row["claim__voucher"]: row["sum"]
        for row in Payment.objects.filter(claim__in=paid.values("pk"), result=Payment.Result.EXECUTED)
        .values("claim__voucher")
        .annotate(sum=Sum("amount_eur"))
    }
    by_voucher = {row["voucher"]: row for row in sums}
    vouchers = _with_parts(Voucher.objects.filter(pk__in=paid.values("voucher")))
    for voucher in vouchers.order_by("awarded_at", "pk").iterator(chunk_size=500):
        cost, row = costs[voucher.pk], by_voucher[voucher.pk]
        yield (
            *_about(voucher),
            cost["count"], cost["spent"], row["accepted"], executed.get(voucher.pk, Money(0)), row["last"],
            row["claims"],
        )  # fmt: skip


def _with_parts(vouchers: Any) -> Any:
    number = CompanyNumber.objects.filter(organisation=OuterRef("application__applicant")).order_by("pk")
    return vouchers.select_related(
        "application__applicant",
        "application__provider",
        "application__partner",
        "application__offer",
        "application__call__phase__programme",
    ).annotate(company_number=Subquery(number.values("number")[:1]))


def _about(voucher: Any) -> tuple[object, ...]:
    application = voucher.application
    applicant, provider, call = application.applicant, application.provider, application.call
    return (
        voucher.number, call.phase.programme.name, call.phase.name, call.title, application.offer.name,
        application.partner.name, applicant.name, voucher.company_number or "", applicant.vat_number,
        applicant.country, provider.name if provider else "", provider.country if provider else "",
        application.title, voucher.legal_basis, voucher.granted_on, voucher.state, voucher.amount_eur,
    )  # fmt: skip
