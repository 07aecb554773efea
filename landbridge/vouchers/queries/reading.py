"""Reading vouchers: whose they are, what they hold, which of them end soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from landbridge.applications.models import Application
from landbridge.budgets.queries import Balances, balances, held_for, line_for
from landbridge.foundation.money import Money
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import recipients
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
    """What an award could be: at most so much, and what the paying partner's line holds for it (None: no line)."""

    most: Money
    balances: Balances | None

    @property
    def free(self) -> Money | None:
        """What is free in the line."""
        return self.balances.free if self.balances else None

    @property
    def spoken_for(self) -> Money | None:
        """What other vouchers hold or were paid."""
        return self.balances.committed + self.balances.paid if self.balances else None

    @property
    def left_after(self) -> Money | None:
        """What would be free after an award of the most; None where it does not fit."""
        free = self.free
        return free - self.most if free is not None and free >= self.most else None


def chance_of(application: Application) -> Chance:
    """What could be awarded for an application: asked, capped, and what the paying partner has left."""
    asked = application.requested_eur or Money(0)
    line = line_for(application.partner, phase=application.call.phase, incentive=application.offer.incentive)
    return Chance(most=min(asked, application.offer.cap_eur), balances=balances(line) if line else None)


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


def people_of_provider(voucher: Voucher) -> list[Recipient]:
    """The provider's people, who learn that the work they said yes to is paid."""
    return recipients(
        Membership.objects.filter(organisation_id=voucher.application.provider_id or 0, role="provider")
    )


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


def ending_soon(*, at: datetime) -> list[Voucher]:
    """Vouchers not yet ended whose validity ends within the longest warning; a day more, as zones differ."""
    first = (at - timedelta(days=1)).date()
    last = (at + timedelta(days=max(rules.DAYS_OF_WARNING) + 1)).date()
    rows = Voucher.objects.filter(state__in=[S.AWARDED, S.ACTIVE], valid_until__range=(first, last))
    return list(rows.select_related("application__call").order_by("pk"))


def ending_by(day: date) -> QuerySet[Voucher]:
    """Vouchers not yet ended whose validity ends on this day or before."""
    return Voucher.objects.filter(state__in=[S.AWARDED, S.ACTIVE], valid_until__lte=day).order_by("pk")


def claimable_until(voucher: Voucher) -> date:
    """The last day on which the company may claim."""
    return rules.last_day_to_claim(voucher.valid_until)
