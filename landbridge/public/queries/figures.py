"""The figures, each counted now from the records: how much was granted, by what, where, and between whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from landbridge.budgets.models import Line
from landbridge.budgets.queries import Balances, balances_of
from landbridge.foundation.money import Money
from landbridge.public.queries.awards import granted


@dataclass(frozen=True, slots=True)
class Cell:
    """So many vouchers worth so much, of one incentive of one programme, from one region to another."""

    programme_key: str
    programme: str
    incentive: str
    origin: str
    origin_key: str
    target: str
    target_key: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Sums:
    """A number of vouchers and what they are worth."""

    count: int = 0
    amount: Money = Money(0)

    def __add__(self, other: Sums) -> Sums:
        return Sums(self.count + other.count, self.amount + other.amount)


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One programme's voucher money, from the ledger."""

    programme_key: str
    programme: str
    held: Balances


PLACES = {
    "programme_key": "application__call__phase__programme__key",
    "programme": "application__call__phase__programme__name",
    "incentive": "application__offer__name",
    "origin": "application__partner__region__name",
    "origin_key": "application__partner__region__key",
    "target": "application__provider__region__name",
    "target_key": "application__provider__region__key",
}


def cells(*, programme_key: str = "") -> list[Cell]:
    """Everything granted in one query, small enough to add up for every figure of a page."""
    rows = granted()
    if programme_key:
        rows = rows.filter(application__call__phase__programme__key=programme_key)
    counted = rows.values(*PLACES.values()).annotate(count=Count("pk"), amount=Sum("amount_eur"))
    return [
        Cell(count=row["count"], amount=row["amount"], **_places(row))
        for row in counted.order_by(*PLACES.values())
    ]


def _places(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[path] or "" for name, path in PLACES.items()}


def total_of(found: Iterable[Cell]) -> Sums:
    """All cells together."""
    return sum((Sums(cell.count, cell.amount) for cell in found), Sums())


def by(key: Callable[[Cell], tuple[str, ...]], found: Iterable[Cell]) -> list[tuple[tuple[str, ...], Sums]]:
    """The cells added up under a key, the most numerous first."""
    sums: dict[tuple[str, ...], Sums] = defaultdict(Sums)
    for cell in found:
        sums[key(cell)] += Sums(cell.count, cell.amount)
    return sorted(sums.items(), key=lambda row: (-row[1].count, row[0]))


def flows(found: Iterable[Cell]) -> list[tuple[tuple[str, ...], Sums]]:
    """From which region companies went to which (names, then keys), without those whose place is not known."""
    known = [cell for cell in found if cell.origin and cell.target]
    return by(lambda cell: (cell.origin, cell.target, cell.origin_key, cell.target_key), known)


def money(*, programme_key: str = "") -> list[MoneyRow]:
    """What each programme's partners were given for vouchers, committed, paid and have left; two queries."""
    lines = Line.objects.select_related("phase__programme")
    if programme_key:
        lines = lines.filter(phase__programme__key=programme_key)
    found = list(lines.order_by("pk"))
    held = balances_of(found)
    sums: dict[tuple[str, str], Balances] = defaultdict(Balances)
    for line in found:
        programme = line.phase.programme
        sums[programme.name, programme.key] += held[line.pk]
    return [MoneyRow(key, name, balances) for (name, key), balances in sorted(sums.items())]
