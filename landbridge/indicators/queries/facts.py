"""Rows of a table as facts of an indicator, counted by the database: since when, until when, how much, whose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    Count,
    FloatField,
    Func,
    IntegerField,
    Min,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable

from landbridge.foundation.money import Money
from landbridge.indicators.queries.scopes import Scope, beginning_of, day_of, end_of
from landbridge.indicators.rules import Row
from landbridge.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows of one table within a place, not yet cut by time.

    `on` is the path to the day or moment from which a row counts, `until` to that from which it counts no more;
    `share` how much it counts. With `once`, a path to an organisation, each organisation is one row, from its first.
    `is_timed`: the rows belong to no programme, so the days of the phase cut them.
    """

    rows: QuerySet[Any]
    on: str
    name: str
    until: str = ""
    share: Combinable | None = None
    once: str = ""
    is_moment: bool = True
    is_timed: bool = False
    pk: str = "pk"
    called: str = ""

    @property
    def table(self) -> str:
        """The table of the rows: of organisations where each counts once; `called` and `pk` name another to open."""
        if self.once:
            return Organisation._meta.label_lower
        return self.called or self.rows.model._meta.label_lower


class DaysBetween(Func):
    """The days between two moments, with their part of a day; the later one is given first."""

    arity = 2
    output_field = FloatField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(
            compiler,
            connection,
            template="(julianday(%(expressions)s))",
            arg_joiner=") - julianday(",
            **extra,
        )

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(
            compiler, connection,
            template="(EXTRACT(EPOCH FROM (%(expressions)s)) / 86400.0)", arg_joiner=" - ", **extra,
        )  # fmt: skip


def within(facts: Facts, scope: Scope) -> QuerySet[Any]:
    """The rows that began to count by the end of the day, and not before `since`."""
    low, high = scope.since, scope.as_of
    if facts.is_timed:
        low = max(low or scope.begins_on, scope.begins_on) if scope.begins_on else low
        high = min(high, scope.ends_on) if scope.ends_on else high
    found = facts.rows.filter(**{f"{facts.on}__isnull": False})
    if facts.is_moment:
        found = found.filter(**{f"{facts.on}__lt": end_of(high)})
        return found.filter(**{f"{facts.on}__gte": beginning_of(low)}) if low else found
    found = found.filter(**{f"{facts.on}__lte": high})
    return found.filter(**{f"{facts.on}__gte": low}) if low else found


def standing(facts: Facts, scope: Scope) -> QuerySet[Any]:
    """Those of them that still count at the end of the day."""
    found = within(facts, scope)
    if not facts.until:
        return found
    over = (
        {f"{facts.until}__lt": end_of(scope.as_of)}
        if facts.is_moment
        else {f"{facts.until}__lte": scope.as_of}
    )
    return found.filter(Q(**{f"{facts.until}__isnull": True}) | ~Q(**over))


def totals(facts: Facts, scope: Scope) -> tuple[int, Decimal]:
    """How many rows count, and the sum of their shares: one query, no rows loaded."""
    found = standing(facts, scope)
    if facts.share is None:
        many = found.count()
        return many, Decimal(many)
    sums = found.annotate(counts=facts.share).aggregate(many=Count("pk"), total=Sum("counts"))
    return sums["many"], number(sums["total"])


def firsts(facts: Facts, scope: Scope) -> dict[int, date]:
    """Each organisation with the first day on which it counted: one query."""
    found = standing(facts, scope).order_by().values_list(facts.once).annotate(first=Min(facts.on))
    return {pk: day_of(first) for pk, first in found if pk is not None}


def how_many_ever(several: Sequence[Facts], scope: Scope) -> int:
    """How many organisations counted by any of these facts: one query, no rows loaded."""
    first, *others = (
        standing(one, scope).filter(**{f"{one.once}__isnull": False}).order_by().values_list(one.once)
        for one in several
    )
    return first.union(*others).count() if others else first.distinct().count()


def shares(facts: Facts, scope: Scope) -> list[Decimal]:
    """How much each row counts: for medians."""
    found = standing(facts, scope).annotate(counts=facts.share or Value(1))
    return sorted(number(value) for value in found.values_list("counts", flat=True))


def listed(facts: Facts, scope: Scope) -> Iterator[Row]:
    """The rows themselves, the earliest first."""
    found = standing(facts, scope).annotate(counts=facts.share or Value(1)).order_by(facts.on, "pk")
    table = facts.table
    for pk, name, on, share in found.values_list(facts.pk, facts.name, facts.on, "counts"):
        yield Row(table, pk, str(name), day_of(on), number(share))


@dataclass(frozen=True, slots=True)
class Bin:
    """What began to count, or ended, between two of the asked days."""

    place: int
    many: int
    total: Decimal


def bins(facts: Facts, scope: Scope, days: Sequence[date]) -> list[Bin]:
    """What came between one asked day and the next, less what ended there: one query, two where rows end."""
    rows = within(facts, scope)
    found = [_bins(facts, rows, facts.on, days, sign=1)]
    if facts.until:
        ended = rows.filter(**{f"{facts.until}__isnull": False})
        found.append(_bins(facts, ended, facts.until, days, sign=-1))
    return [one for some in found for one in some]


def valued(facts: Facts, scope: Scope, days: Sequence[date]) -> list[tuple[int, Decimal]]:
    """Every row's place among the days and its share: for medians."""
    rows = within(facts, scope).annotate(place=_place(facts, facts.on, days), counts=facts.share or Value(1))
    return [(place, number(value)) for place, value in rows.values_list("place", "counts") if place >= 0]


def number(value: object) -> Decimal:
    """A sum as the database gives it: cents become euro."""
    if value is None:
        return Decimal(0)
    if isinstance(value, Money):
        return value.decimal
    if isinstance(value, float):
        return Decimal(str(round(value, 4)))
    return Decimal(str(value))


def _place(facts: Facts, path: str, days: Sequence[date]) -> Case:
    """The first of the days that the row counts for; −1: none of them."""
    whens = [
        When(**{f"{path}__lt": end_of(day)}, then=Value(place))
        if facts.is_moment
        else When(**{f"{path}__lte": day}, then=Value(place))
        for place, day in enumerate(days)
    ]
    return Case(*whens, default=Value(-1), output_field=IntegerField())


def _bins(facts: Facts, rows: QuerySet[Any], path: str, days: Sequence[date], *, sign: int) -> list[Bin]:
    found = rows.annotate(place=_place(facts, path, days), counts=facts.share or Value(1))
    grouped = found.order_by().values_list("place").annotate(many=Count("pk"), total=Sum("counts"))
    return [Bin(place, sign * many, sign * number(total)) for place, many, total in grouped if place >= 0]


__all__ = [
    "Bin",
    "DaysBetween",
    "Facts",
    "bins",
    "firsts",
    "listed",
    "number",
    "shares",
    "standing",
    "totals",
    "valued",
    "within",
]
