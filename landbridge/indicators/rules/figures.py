"""What is made of the rows behind an indicator, and what may be written about one; no database."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class Made(StrEnum):
    """What is made of the rows."""

    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    MEDIAN = "median"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Row:
    """One row behind a figure: where it stands, since when it counts (until `until`), and how much.

    `share` is 1 where rows are counted, an amount where they are added, the value of the row for means and medians,
    0 or 1 for per cent.
    """

    table: str
    pk: int
    name: str
    on: date
    share: Decimal = Decimal(1)
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with what it was counted from. `value` is None where nothing is known: missing is never zero.

    `part` of `whole` stand beside a per cent, `whole` (how many rows) beside a sum, mean or median; `asked` is how many
    were asked, where the rows are answers: without an answer nothing is known. `rows` is empty where it was read without rows.
    """

    value: Decimal | None
    rows: tuple[Row, ...] = ()
    part: int | None = None
    whole: int | None = None
    asked: int | None = None


CENT = Decimal("0.01")


def rounded(value: Decimal) -> Decimal:
    """To two decimals, a half away from zero: as readings keep it."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def median(values: Sequence[Decimal]) -> Decimal | None:
    """The middle of sorted values, the mean of the two middle ones; None of none."""
    if not values:
        return None
    middle = len(values) // 2
    if len(values) % 2:
        return rounded(values[middle])
    return rounded((values[middle - 1] + values[middle]) / 2)


def figure(made: Made, *, many: int, total: Decimal) -> Counted:
    """The figure of so many rows with this sum of shares; not for medians, which need the rows."""
    if made is Made.COUNT:
        return Counted(Decimal(many))
    if made is Made.SUM:
        return Counted(rounded(total), whole=many)
    if not many:
        return Counted(None, whole=0, part=0 if made is Made.PERCENT else None)
    if made is Made.MEAN:
        return Counted(rounded(total / many), whole=many)
    return Counted(rounded(total * 100 / many), part=int(total), whole=many)


def figure_of(made: Made, rows: Iterable[Row]) -> Counted:
    """The figure of these rows, with them."""
    kept = tuple(rows)
    if made is Made.MEDIAN:
        return Counted(median(sorted(row.share for row in kept)), rows=kept, whole=len(kept))
    found = figure(made, many=len(kept), total=sum((row.share for row in kept), Decimal(0)))
    return Counted(found.value, rows=kept, part=found.part, whole=found.whole)


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def last_of_month(day: date) -> date:
    """The last day of the month before this day's, or this day where it ends its month."""
    if (day + timedelta(days=1)).day == 1:
        return day
    return day.replace(day=1) - timedelta(days=1)
