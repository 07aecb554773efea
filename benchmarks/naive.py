"""The peer of the dashboards: the same figures by loading every row with the ORM and counting in Python.

It is what one writes first, and what nearest systems do: no query counts anything. Each function gives one number by
which it is compared with ours, so that both are known to have counted the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from decimal import Decimal
from statistics import mean, quantiles
from typing import Any

from landbridge.budgets.models import Entry
from landbridge.claims.models import Claim
from landbridge.enquiries.models import Enquiry
from landbridge.introductions.models import Introduction
from landbridge.surveys.models import Answer
from landbridge.vouchers.models import Voucher

PLUS, MINUS = ("commit",), ("release", "recover")


def money() -> int:
    """Committed by month, from every entry of the ledger; cents in all."""
    months: dict[tuple[int, int], int] = defaultdict(int)
    for entry in Entry.objects.all():
        sign = (entry.kind in PLUS) - (entry.kind in MINUS)
        months[entry.at.year, entry.at.month] += sign * entry.amount_eur.cents
    return sum(months.values())


def time() -> int:
    """Days from question to introduction and from application to money, quartiles by quarter; introductions in all."""
    quarters: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    made = 0
    for one in Introduction.objects.select_related("enquiry"):
        if one.made_at and one.enquiry:
            made += 1
            key = ("introduction", one.made_at.year, one.made_at.month // 4)
            quarters[key].append((one.made_at - one.enquiry.asked_at).days)
    for claim in Claim.objects.select_related("voucher__application"):
        first = claim.voucher.application.first_submitted_at
        if claim.paid_on and first:
            key = ("money", claim.paid_on.year, claim.paid_on.month // 4)
            quarters[key].append((claim.paid_on - first.date()).days)
    for found in quarters.values():
        quantiles([*found, *found], n=4)
    return made


def regions() -> int:
    """From which region to which vouchers went; all of them."""
    ways: Counter[tuple[str, str]] = Counter()
    rows = Voucher.objects.select_related(
        "application__applicant__region", "application__provider__region", "application__call__phase"
    )
    for voucher in rows:
        application = voucher.application
        provider = application.provider.region if application.provider else None
        if application.applicant.region and provider:
            ways[application.applicant.region.name, provider.name] += 1
    return sum(ways.values())


def answers() -> int:
    """The mean of each measure by months; answers in all."""
    said: dict[tuple[str, int], list[Decimal]] = defaultdict(list)
    for answer in Answer.objects.select_related("sheet", "question"):
        if not answer.sheet.is_comparison:
            value = answer.number if answer.number is not None else Decimal("yes" in answer.chosen)
            said[answer.question.measure, answer.sheet.months].append(value)
    for found in said.values():
        mean(found)
    return sum(map(len, said.values()))


def waiting() -> int:
    """Open enquiries by age; how many."""
    rows: list[Any] = [one for one in Enquiry.objects.select_related("company") if one.ended_at is None]
    Counter(one.asked_at.date() for one in rows)
    return len(rows)


PEERS: dict[str, Callable[[], int]] = {
    "money": money,
    "time": time,
    "regions": regions,
    "answers": answers,
    "waiting": waiting,
}
