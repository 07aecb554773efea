"""Reading claims: the facts that rules ask for, lists, whom to write to."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet, Sum

from landbridge.claims.models import Claim, ClaimRows, CostLine
from landbridge.claims.rules import Cost, Facts
from landbridge.claims.states import S
from landbridge.foundation.money import Money, total
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import recipients
from landbridge.organisations.models import BankAccount, Organisation
from landbridge.organisations.states import S as AccountState
from landbridge.programmes.states import S as PhaseState
from landbridge.vouchers import queries as vouchers
from landbridge.vouchers import rules as voucher_rules
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.states import S as VoucherState

RUNNING = (S.SUBMITTED, S.VERIFIED, S.APPROVED, S.IN_PAYMENT)


def facts_of(claim: Claim, *, at: datetime) -> Facts:
    """Everything that decides whether the claim may be handed in, loaded once. `cross_checked` adds the hints."""
    voucher = claim.voucher
    lines = cost_lines(claim)
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


def another_is_final(claim: Claim) -> bool:
    """Whether another claim of the voucher is its last one, and was not refused."""
    others = Claim.objects.filter(voucher_id=claim.voucher_id, is_final=True).exclude(pk=claim.pk)
    return others.exclude(state=S.REFUSED).exists()


def belongs_to_company(person_id: int | None, claim: Claim) -> bool:
    """Whether the person wears any hat of the company that is paid or of its provider, or ever wore one."""
    application = claim.voucher.application
    parties = [application.applicant_id, application.provider_id or 0]
    return Membership.objects.filter(person_id=person_id or 0, organisation_id__in=parties).exists()


def company_people(claim: Claim) -> list[Recipient]:
    """The company's people, to whom the letters about a claim go."""
    return vouchers.people_of(claim.voucher)


def finance_people(claim: Claim) -> list[Recipient]:
    """The paying partner's finance officers."""
    partner_id = claim.voucher.application.partner_id
    return recipients(Membership.objects.filter(role="finance", partner_id=partner_id))


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


def running_claims(voucher: Voucher) -> list[Claim]:
    """The voucher's claims that were handed in and are neither paid nor refused."""
    return list(Claim.objects.filter(voucher=voucher, state__in=RUNNING).order_by("pk"))


def unclaimed(*, at: datetime) -> list[Voucher]:
    """Vouchers whose time to claim has passed without a claim that runs.

    Those of a phase that is closed stay as they are: it is history, and what came of them was settled with it.
    """
    over = (at - timedelta(days=voucher_rules.DAYS_TO_CLAIM + 1)).date()
    running = Claim.objects.filter(state__in=RUNNING)
    late = vouchers.ending_by(over).exclude(line__phase__state=PhaseState.CLOSED)
    return list(late.exclude(pk__in=running.values("voucher")))
