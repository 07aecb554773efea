"""Reading vouchers: whose they are, what they hold, which of them end soon, what is off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from landbridge.applications.models import Application
from landbridge.budgets.models import Entry
from landbridge.budgets.queries import balances, held_for, line_for
from landbridge.budgets.states import Account
from landbridge.foundation.money import Money
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import recipients
from landbridge.programmes.models import LegalBasis
from landbridge.vouchers import rules
from landbridge.vouchers.models import Extension, Voucher, VoucherRows
from landbridge.vouchers.states import S


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a voucher is worth, what was paid under it, and what is left."""

    amount: Money
    paid: Money
    left: Money


@dataclass(frozen=True, slots=True)
class Chance:
    """What an award could be: at most so much, and what the partner's line has free for it (None: no line)."""

    most: Money
    free: Money | None


def chance_of(application: Application) -> Chance:
    """What could be awarded for an application: asked, capped, and what the paying partner has left."""
    asked = application.requested_eur or Money(0)
    line = line_for(application.partner, phase=application.call.phase, incentive=application.offer.incentive)
    return Chance(most=min(asked, application.offer.cap_eur), free=balances(line).free if line else None)


def listed(vouchers: VoucherRows, *, state: str = "", text: str = "") -> QuerySet[Voucher]:
    """Vouchers for a list, the newest first, with what a row shows."""
    rows = vouchers.select_related("application__applicant", "application__offer", "application__partner")
    if state:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(
            Q(number__icontains=text)
            | Q(application__applicant__name__icontains=text)
            | Q(application__title__icontains=text)
        )
    return rows.order_by("-awarded_at", "-pk")


def extension_of(voucher: Voucher) -> Extension | None:
    """The voucher's one extension, if it had it."""
    return Extension.objects.filter(voucher=voucher).first()


def today_for(voucher: Voucher, *, at: datetime) -> date:
    """The day it is on the clock of the voucher's call."""
    return at.astimezone(ZoneInfo(voucher.application.call.time_zone)).date()


def holdings(voucher: Voucher) -> Holdings:
    """The voucher's money, from the ledger."""
    held = held_for(voucher.line, about_table=voucher._meta.label_lower, about_id=voucher.pk)
    return Holdings(amount=voucher.amount_eur, paid=held.paid, left=held.committed)


def people_of(voucher: Voucher) -> list[Recipient]:
    """The company's people, to whom the letters about a voucher go."""
    return recipients(Membership.objects.filter(organisation_id=voucher.application.applicant_id, role="sme"))


def for_letters(voucher: Voucher) -> dict[str, object]:
    """What the letters about a voucher may name: plain values, written as the reader writes them."""
    application = voucher.application
    return {
        "number": voucher.number,
        "title": application.title,
        "applicant": application.applicant.name,
        "provider": application.provider.name if application.provider else "",
        "offer": application.offer.name,
        "amount": voucher.amount_eur,
        "paid": holdings(voucher).paid,
        "valid_until": voucher.valid_until,
        "claim_until": claimable_until(voucher),
    }


def letter_data(voucher: Voucher) -> dict[str, object]:
    """What the award letter prints. The same voucher gives the same letter as long as it has not been extended."""
    application = voucher.application
    applicant, partner, offer = application.applicant, application.partner, application.offer
    decision = application.decision
    granted = {"company": applicant.name, "title": application.title}
    return {
        "number": voucher.number,
        "programme": application.call.phase.programme.name,
        "sender": [partner.name, f"{partner.postcode} {partner.town}".strip()],
        "recipient": [
            applicant.name,
            f"{applicant.street} {applicant.building_number}".strip(),
            f"{applicant.postcode} {applicant.town}".strip(),
        ],
        "reference": [
            [_("Voucher"), voucher.number],
            [_("Application"), application.number],
            [_("Date of the award"), voucher.granted_on],
        ],
        "opening": _("We are glad to award %(company)s a voucher for “%(title)s”.") % granted,
        "amount": {"label": _("Awarded, at most"), "value": voucher.amount_eur},
        "facts": [
            [_("Incentive"), offer.name],
            [_("Provider"), application.provider.name if application.provider else ""],
            [_("Valid until"), voucher.valid_until],
            [_("Claim by"), claimable_until(voucher)],
            [_("Legal basis"), voucher.get_legal_basis_display()],
        ],
        "reason_heading": _("Why"),
        "reason": decision.reason,
        "terms_heading": _("What you need to know"),
        "terms": [
            _(
                "Accept the voucher in Landbridge before you spend; work begun before the award cannot be paid."
            ),
            _(
                "Costs count when they are invoiced within the validity and paid before the claim; VAT does not count."
            ),
            *(str(evidence) for evidence in offer.evidence),
            _(
                "What exceeds the voucher your company pays itself. The same cost is paid by one public source only."
            ),
            _("The award is published with your company's name, the amount and the purpose."),
        ],
        "legal": _character_of_the_aid(voucher),
        "signed_by": decision.person_name,
        "signed_as": _("for the programme office"),
    }


def ending_on(day: date) -> QuerySet[Voucher]:
    """Vouchers not yet ended whose validity ends on this day."""
    return Voucher.objects.filter(state__in=[S.AWARDED, S.ACTIVE], valid_until=day).order_by("pk")


def ending_by(day: date) -> QuerySet[Voucher]:
    """Vouchers not yet ended whose validity ends on this day or before."""
    return Voucher.objects.filter(state__in=[S.AWARDED, S.ACTIVE], valid_until__lte=day).order_by("pk")


def findings() -> Iterator[str]:
    """What is off: a voucher whose ledger entries do not match its state, or that exceeds its decision."""
    table = Voucher._meta.label_lower
    committed = _sum_by_voucher(table, Account.COMMITTED)
    paid = _sum_by_voucher(table, Account.PAID)
    vouchers = Voucher.objects.select_related("application__decision", "application__offer").order_by("pk")
    for voucher in vouchers.iterator(chunk_size=1000):
        held = committed.get(voucher.pk, 0) + paid.get(voucher.pk, 0)
        if voucher.state in (S.AWARDED, S.ACTIVE) and held != voucher.amount_eur.cents:
            yield f"Voucher {voucher.number} is worth {voucher.amount_eur}, but the ledger holds {Money(held)} for it."
        if voucher.state not in (S.AWARDED, S.ACTIVE) and committed.get(voucher.pk, 0):
            yield f"Voucher {voucher.number} has ended, but the ledger still commits money to it."
        if voucher.amount_eur != voucher.application.decision.awarded_eur:
            yield f"Voucher {voucher.number} is worth something else than was decided."
        if voucher.amount_eur > voucher.application.offer.cap_eur:
            yield f"Voucher {voucher.number} exceeds the cap of its incentive."
        if voucher.valid_until < voucher.granted_on:
            yield f"Voucher {voucher.number} ends before it begins."


def claimable_until(voucher: Voucher) -> date:
    """The last day on which the company may claim."""
    return rules.last_day_to_claim(voucher.valid_until)


def _sum_by_voucher(table: str, account: Account) -> dict[int, int]:
    sums: dict[int, int] = {}
    entries = Entry.objects.filter(about_table=table).values_list(
        "about_id", "source", "target", "amount_eur"
    )
    for about_id, source, target, amount in entries.iterator(chunk_size=5000):
        if target == account:
            sums[about_id] = sums.get(about_id, 0) + amount.cents
        if source == account:
            sums[about_id] = sums.get(about_id, 0) - amount.cents
    return sums


def _character_of_the_aid(voucher: Voucher) -> str:
    """The sentence on the character of the aid that the letter has to state."""
    if voucher.legal_basis == LegalBasis.DE_MINIMIS:
        return _(
            "This is de minimis aid under Commission Regulation (EU) 2023/2831 of 13 December 2023, of the gross "
            "amount named above, granted on the date of this award. It counts towards the ceiling of EUR 300,000 "
            "that one single undertaking may receive in a Member State within three years."
        )
    if voucher.legal_basis == LegalBasis.GBER_20A:
        return _(
            "This aid is exempt from notification under Article 20a of Commission Regulation (EU) No 651/2014."
        )
    if voucher.legal_basis == LegalBasis.UK_MFA:
        return _("This is Minimal Financial Assistance under section 36 of the Subsidy Control Act 2022.")
    return _("This award is not state aid.")
