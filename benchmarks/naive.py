"""The peer of the dashboards: the same figures by loading every row with the ORM and counting in Python.

It is what one writes first, and what nearest systems do: no query counts anything. Each function gives one number by
which it is compared with ours, so that both are known to have counted the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from statistics import mean, quantiles
from typing import Any

from landbridge.budgets.models import Entry
from landbridge.claims.models import Claim
from landbridge.enquiries.models import Enquiry
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.indicators.queries import dashboards
from landbridge.indicators.queries.scopes import Scope, placed
from landbridge.introductions.models import Introduction
from landbridge.surveys.models import Answer
from landbridge.vouchers.models import Voucher

SHOWN = ("satisfaction", "recommends", "without_help", "continues")
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
    """The mean of each measure that is shown, by months; answers in all."""
    said: dict[tuple[str, int], list[Decimal]] = defaultdict(list)
    for answer in Answer.objects.select_related("sheet", "question"):
        if not answer.sheet.is_comparison and answer.question.measure in SHOWN:
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


def ours(name: str, as_of: date) -> int:
    """The same number as the dashboards count it, for the whole network."""
    scope = placed(Scope(as_of=as_of))
    if name == "money":
        found = dashboards.absorption(scope)
        return sum(found.committed) if found else 0
    if name == "time":
        return sum(quarter.count for quarter in dashboards.by_quarter(dashboards.STRETCHES[0], scope))
    if name == "regions":
        way = next(one for one in dashboards.WAYS if one.key == "vouchers")
        return sum(many for _origin, _target, many in dashboards.ways(way, scope))
    if name == "answers":
        return sum(one.count for one in dashboards.marks(scope, actor=SYSTEM))
    return sum(dashboards.waiting(dashboards.WAITING[0], scope))


PEERS: dict[str, Callable[[], int]] = {
    "money": money,
    "time": time,
    "regions": regions,
    "answers": answers,
    "waiting": waiting,
}
