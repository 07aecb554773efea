"""What is off with vouchers, for `landbridge verify`: the ledger, the decision and the voucher must agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from landbridge.applications.models import Application
from landbridge.applications.states import S as ApplicationState
from landbridge.budgets.models import Entry
from landbridge.budgets.states import Account
from landbridge.foundation.money import Money
from landbridge.vouchers import rules
from landbridge.vouchers.models import Extension, Voucher
from landbridge.vouchers.states import S

LIVING = (S.AWARDED, S.ACTIVE)


def findings() -> Iterator[str]:
    """Each voucher whose row says something else than its entries, its decision or its incentive allow."""
    sums, lines = _sums_by_voucher()
    extended = dict(Extension.objects.values_list("voucher_id", "valid_until"))
    rows = Voucher.objects.select_related("application__decision", "application__offer").order_by("pk")
    seen = set()
    for voucher in rows.iterator(chunk_size=1000):
        seen.add(voucher.pk)
        held = sums[voucher.pk]
        yield from _off_with_ledger(
            voucher, committed=Money(held[Account.COMMITTED]), paid=Money(held[Account.PAID])
        )
        if lines[voucher.pk] - {voucher.line_id}:
            yield f"Voucher {voucher.number} has entries in a budget line that is not its own."
        yield from _off_with_decision(voucher)
        yield from _off_with_validity(voucher, extended_to=extended.get(voucher.pk))
    for voucher_id in sorted(set(sums) - seen):
        yield f"The ledger holds money for voucher {voucher_id}, which does not exist."
    awarded = Application.objects.filter(state=ApplicationState.AWARDED, voucher__isnull=True)
    for number in awarded.order_by("pk").values_list("number", flat=True):
        yield f"Application {number} is awarded, but has no voucher."


def _off_with_ledger(voucher: Voucher, *, committed: Money, paid: Money) -> Iterator[str]:
    if voucher.state in LIVING and committed + paid != voucher.amount_eur:
        yield (
            f"Voucher {voucher.number} is worth {voucher.amount_eur}, "
            f"but the ledger holds {committed + paid} for it."
        )
    if voucher.state not in LIVING and committed:
        yield f"Voucher {voucher.number} has ended, but the ledger still commits {committed} to it."
    if paid > voucher.amount_eur:
        yield f"Voucher {voucher.number} is worth {voucher.amount_eur}, but {paid} were paid under it."
    if voucher.state in (S.AWARDED, S.DECLINED) and paid:
        yield f"Voucher {voucher.number} was never accepted, but {paid} were paid under it."


def _off_with_decision(voucher: Voucher) -> Iterator[str]:
    application = voucher.application
    decision = getattr(application, "decision", None)
    if decision is None:
        yield f"Voucher {voucher.number} was never decided on."
    elif voucher.amount_eur != decision.awarded_eur:
        yield f"Voucher {voucher.number} is worth something else than was decided."
    if application.state != ApplicationState.AWARDED:
        yield f"Voucher {voucher.number} stands on an application that is not awarded."
    if voucher.amount_eur > application.offer.cap_eur:
        yield f"Voucher {voucher.number} exceeds the cap of its incentive."
    if voucher.legal_basis != application.offer.legal_basis:
        yield f"Voucher {voucher.number} names another legal basis than its incentive."


def _off_with_validity(voucher: Voucher, *, extended_to: object) -> Iterator[str]:
    offer = voucher.application.offer
    regular = rules.months_later(voucher.granted_on, offer.validity_months)
    if extended_to is None and voucher.valid_until != regular:
        yield f"Voucher {voucher.number} is valid until {voucher.valid_until}; its incentive says {regular}."
    if extended_to is not None and voucher.valid_until != extended_to:
        yield f"Voucher {voucher.number} is valid until {voucher.valid_until}; it was extended to {extended_to}."
    if (voucher.ended_at is None) != (voucher.state in LIVING):
        yield f"Voucher {voucher.number} is {voucher.state}, but the moment of its end says otherwise."


def _sums_by_voucher() -> tuple[dict[int, dict[str, int]], dict[int, set[int]]]:
    """Cents by voucher and account, and the lines in which each voucher has entries."""
    sums: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    lines: dict[int, set[int]] = defaultdict(set)
    entries = Entry.objects.filter(about_table=Voucher._meta.label_lower)
    values = entries.values_list("about_id", "line_id", "source", "target", "amount_eur")
    for about_id, line_id, source, target, amount in values.iterator(chunk_size=5000):
        if about_id is None:
            continue
        sums[about_id][target] += amount.cents
        sums[about_id][source] -= amount.cents
        lines[about_id].add(line_id)
    return sums, lines
