"""How long it took from question to introduction to money, quarter by quarter: quartiles of calendar days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet

from landbridge.algorithms.forecast import weighted_quantiles
from landbridge.applications.models import Decision
from landbridge.claims.models import Claim
from landbridge.claims.states import S as ClaimState
from landbridge.foundation.problems import N_
from landbridge.indicators.queries.dashboards.sql import Month, MonthOfDay, WholeDays
from landbridge.indicators.queries.facts import Facts, within
from landbridge.indicators.queries.scopes import Scope, in_phase, in_regions
from landbridge.introductions.models import Introduction

MOST_QUARTERS = 24
Counted = Iterable[tuple[str, int, int]]  # month, days, how many


@dataclass(frozen=True, slots=True)
class Quarter:
    """The lower quartile, the median and the upper one of what was reached in a quarter; None where nothing was."""

    year: int
    number: int
    low: float | None
    middle: float | None
    high: float | None
    count: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of the way: its key and name, the sentence that explains it, and the query that counts it."""

    key: str
    name: str
    explanation: str
    counted: Callable[[Scope], Counted]


def by_quarter(stretch: Stretch, scope: Scope) -> list[Quarter]:
    """Every quarter from the first in which something was reached to that of the day, six years at most. One query."""
    found: dict[tuple[int, int], list[tuple[float, int]]] = defaultdict(list)
    for month, days, count in stretch.counted(scope):
        found[_quarter(int(month[:4]), int(month[5:7]))].append((max(days, 0), count))
    if not found:
        return []
    last = _quarter(scope.as_of.year, scope.as_of.month)
    first = max(min(found), _before(last, MOST_QUARTERS - 1))
    return [_spread(*quarter, found.get(quarter, [])) for quarter in _from(first, last)]


def _introductions(scope: Scope) -> Counted:
    rows = Introduction.objects.filter(
        in_regions(scope, "region"), enquiry__isnull=False, made_at__gte=F("enquiry__asked_at")
    )
    facts = Facts(rows, on="made_at", name="number", is_timed=True)
    timed = within(facts, scope).annotate(
        month=Month("made_at"), days=WholeDays(F("made_at"), F("enquiry__asked_at"))
    )
    return _grouped(timed)


def _decisions(scope: Scope) -> Counted:
    place = in_phase(
        scope, phase="application__call__phase", partner="application__partner",
        region="application__applicant__region",
    )  # fmt: skip
    rows = Decision.objects.filter(place, application__first_submitted_at__isnull=False)
    timed = within(Facts(rows, on="at", name="pk"), scope).annotate(
        month=Month("at"), days=WholeDays(F("at"), F("application__first_submitted_at"))
    )
    return _grouped(timed)


def _payments(scope: Scope) -> Counted:
    place = in_phase(
        scope, phase="voucher__application__call__phase", partner="voucher__application__partner",
        region="voucher__application__applicant__region",
    )  # fmt: skip
    rows = Claim.objects.filter(
        place, state=ClaimState.PAID, voucher__application__first_submitted_at__isnull=False
    )
    facts = Facts(rows, on="paid_on", name="number", is_moment=False)
    days = WholeDays(F("paid_on"), F("voucher__application__first_submitted_at"))
    timed = within(facts, scope).annotate(month=MonthOfDay("paid_on"), days=days)
    return _grouped(timed)


def _grouped(timed: QuerySet[Any]) -> Counted:
    found: Counted = timed.order_by().values_list("month", "days").annotate(Count("pk"))
    return found


STRETCHES = (
    Stretch(
        "introduction", N_("Days from question to introduction"),
        N_("From the company's question to each introduction made for it, in the quarter of the introduction."),
        _introductions,
    ),
    Stretch(
        "decision", N_("Days from application to decision"),
        N_("From the first handing in of an application to its decision, in the quarter of the decision."),
        _decisions,
    ),
    Stretch(
        "money", N_("Days from application to money"),
        N_("From the first handing in of an application to the payment of a claim under its voucher, in the quarter "
           "of the payment."),
        _payments,
    ),
)  # fmt: skip


def _spread(year: int, number: int, counted: list[tuple[float, int]]) -> Quarter:
    if not counted:
        return Quarter(year, number, None, None, None, 0)
    low, middle, high = weighted_quantiles(counted, (0.25, 0.5, 0.75))
    return Quarter(year, number, low, middle, high, sum(count for _days, count in counted))


def _quarter(year: int, month: int) -> tuple[int, int]:
    return year, (month + 2) // 3


def _before(quarter: tuple[int, int], many: int) -> tuple[int, int]:
    year, number = divmod(quarter[0] * 4 + quarter[1] - 1 - many, 4)
    return year, number + 1


def _from(first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
    many = (last[0] - first[0]) * 4 + last[1] - first[1]
    return [_before(last, back) for back in range(many, -1, -1)]


def day_of_quarter(quarter: Quarter) -> date:
    """The first day of a quarter."""
    return date(quarter.year, quarter.number * 3 - 2, 1)
