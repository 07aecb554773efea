"""Reading an indicator live: one figure with its rows, or a figure for each of many days."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from landbridge.indicators.models import Indicator
from landbridge.indicators.queries import facts as reading
from landbridge.indicators.queries.facts import Facts
from landbridge.indicators.queries.scopes import Scope, placed
from landbridge.indicators.queries.sources import SOURCES, Source
from landbridge.indicators.rules import Counted, Made, Row, figure, figure_of, median
from landbridge.organisations.models import Organisation

UNKNOWN = Counted(None)


def read(indicator: Indicator, scope: Scope, *, with_rows: bool = True) -> Counted:
    """The figure as of the end of a day. Without rows the database counts, and nothing is loaded.

    One entered by hand is not counted: its value is in its readings; here nothing is known of it.
    """
    source = SOURCES.get(indicator.source)
    if source is None:
        return UNKNOWN
    return counted(source, replace(scope, parameters=indicator.parameters), with_rows=with_rows)


def series(indicator: Indicator, scope: Scope, days: Sequence[date]) -> list[Decimal | None]:
    """The figure at the end of each day, the days in ascending order: one query or two, whatever the days.

    `scope.as_of` bounds nothing here; `since` does.
    """
    source = SOURCES.get(indicator.source)
    if source is None:
        return [None] * len(days)
    return series_of(source, replace(scope, parameters=indicator.parameters), days)


def series_of(source: Source, scope: Scope, days: Sequence[date]) -> list[Decimal | None]:
    """The same of a source, with the parameters in the scope."""
    if not days:
        return []
    asked = placed(replace(scope, as_of=max(days)))
    if not source.knows(asked):
        return [None] * len(days)
    if source.is_restated:
        return [counted(source, replace(asked, as_of=day), with_rows=False).value for day in days]
    if source.facts is not None:
        found = source.facts(asked)
        if not any(one.once for one in found):
            return _binned(source, found, asked, days)
        return _accumulated(source, _once(found, asked), days)
    return _accumulated(source, source.rows(asked) if source.rows else (), days)


def counted(source: Source, scope: Scope, *, with_rows: bool = True) -> Counted:
    """The figure of a source with the parameters in the scope; unknown where the place divides it not."""
    scope = placed(scope)
    if not source.knows(scope):
        return UNKNOWN
    found = _of_facts(source, scope, with_rows=with_rows) if source.facts else _of_rows(source, scope)
    asked = source.asked(scope) if source.asked else None
    value = None if source.asked and not (found.whole or found.value) else found.value
    return replace(found, value=value, rows=found.rows if with_rows else (), asked=asked)


# ── From facts that the database counts ──────────────────────────────────────────────────────────────────────────────
def _of_facts(source: Source, scope: Scope, *, with_rows: bool) -> Counted:
    found = source.facts(scope) if source.facts else ()
    if any(one.once for one in found):
        if with_rows:
            return figure_of(source.made, _named(_firsts(found, scope)))
        return Counted(Decimal(reading.how_many_ever(found, scope)))
    if with_rows:
        rows = [row for one in found for row in reading.listed(one, scope)]
        return figure_of(source.made, sorted(rows, key=_order) if len(found) > 1 else rows)
    if source.made is Made.MEDIAN:
        values = sorted(value for one in found for value in reading.shares(one, scope))
        return Counted(median(values), whole=len(values))
    sums = [reading.totals(one, scope) for one in found]
    return figure(
        source.made, many=sum(many for many, _ in sums), total=sum((sum_ for _, sum_ in sums), Decimal(0))
    )


def _firsts(found: Sequence[Facts], scope: Scope) -> dict[int, date]:
    """An enterprise counts once, from the first day of whatever it had."""
    first: dict[int, date] = {}
    for one in found:
        for pk, on in reading.firsts(one, scope).items():
            first[pk] = min(on, first.get(pk, on))
    return first


def _named(first: dict[int, date]) -> list[Row]:
    names = dict(Organisation.objects.filter(pk__in=list(first)).values_list("pk", "name"))
    table = Organisation._meta.label_lower
    rows = [Row(table, pk, names.get(pk, ""), on) for pk, on in first.items()]
    return sorted(rows, key=_order)


def _once(found: Sequence[Facts], scope: Scope) -> list[Row]:
    """The organisations without their names: enough to count."""
    table = Organisation._meta.label_lower
    return [Row(table, pk, "", on) for pk, on in _firsts(found, scope).items()]


def _binned(
    source: Source, found: Sequence[Facts], scope: Scope, days: Sequence[date]
) -> list[Decimal | None]:
    if source.made is Made.MEDIAN:
        placed_values = [one for some in found for one in reading.valued(some, scope, days)]
        return _medians(placed_values, len(days))
    many, total = [0] * len(days), [Decimal(0)] * len(days)
    for some in found:
        for one in reading.bins(some, scope, days):
            many[one.place] += one.many
            total[one.place] += one.total
    return _figures(source, many, total)


# ── From rows ────────────────────────────────────────────────────────────────────────────────────────────────────────
def _of_rows(source: Source, scope: Scope) -> Counted:
    rows = source.rows(scope) if source.rows else ()
    kept = [row for row in rows if row.on <= scope.as_of and not _is_over(row, scope.as_of)]
    return figure_of(source.made, sorted(kept, key=_order))


def _accumulated(source: Source, rows: Sequence[Row], days: Sequence[date]) -> list[Decimal | None]:
    if source.made is Made.MEDIAN:
        return _medians([(bisect_left(days, row.on), row.share) for row in rows], len(days))
    many, total = [0] * len(days), [Decimal(0)] * len(days)
    for row in rows:
        for on, sign in ((row.on, 1), (row.until, -1)):
            if on is not None and (place := bisect_left(days, on)) < len(days):
                many[place] += sign
                total[place] += sign * row.share
    return _figures(source, many, total)


def _figures(source: Source, many: Sequence[int], total: Sequence[Decimal]) -> list[Decimal | None]:
    values, count, amount = [], 0, Decimal(0)
    for came, worth in zip(many, total, strict=True):
        count, amount = count + came, amount + worth
        is_silent = source.asked is not None and not count
        values.append(None if is_silent else figure(source.made, many=count, total=amount).value)
    return values


def _medians(found: Sequence[tuple[int, Decimal]], length: int) -> list[Decimal | None]:
    by_place: list[list[Decimal]] = [[] for _ in range(length)]
    for place, value in found:
        if 0 <= place < length:
            by_place[place].append(value)
    kept: list[Decimal] = []
    values = []
    for some in by_place:
        for value in some:
            insort(kept, value)
        values.append(median(kept))
    return values


def _is_over(row: Row, day: date) -> bool:
    return row.until is not None and row.until <= day


def _order(row: Row) -> tuple[date, int]:
    return row.on, row.pk
