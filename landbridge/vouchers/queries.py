"""Reading vouchers: whose they are, what they hold, which of them end soon, what is off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from landbridge.budgets.models import Entry
from landbridge.budgets.queries import held_for
from landbridge.budgets.states import Account
from landbridge.foundation.money import Money
from landbridge.foundation.outbox.letters import Recipient
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import recipients
from landbridge.vouchers import rules
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.states import S


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a voucher is worth, what was paid under it, and what is left."""

    amount: Money
    paid: Money
    left: Money


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


def ending_by(day: date) -> QuerySet[Voucher]:
    """Vouchers in use whose validity ends on this day or before."""
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
