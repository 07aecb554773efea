"""Columns over time or over classes: how many, and how a duration spreads (quartiles and middle)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from landbridge.foundation.ui.charts.axes import GUTTER, Scale, framed, grid, labels_below, scale
from landbridge.foundation.ui.charts.bars import Bar, Number
from landbridge.foundation.ui.charts.sheet import Key, Sheet, Write, plainly

HEIGHT = 170.0
FEW = 12  # columns that leave room for their figure above them


@dataclass(frozen=True, slots=True)
class Columns:
    """One column for each class: a histogram, or so many for each week."""

    bars: Sequence[Bar]
    column: str = ""
    value_label: str = ""
    write: Write = plainly

    def drawn(self, title: str) -> SafeString:
        found = scale((bar.value for bar in self.bars), height=HEIGHT)
        count = max(len(self.bars), 1)
        columns = format_html_join(
            "",
            '<rect class="bar" x="{}%" y="{}" width="{}%" height="{}" rx="2"/>',
            (
                (_left(n, count), min(found.y(bar.value), found.y(0)), _wide(count), abs(found.y(0) - found.y(bar.value)))
                for n, bar in enumerate(self.bars)
            ),
        )  # fmt: skip
        figures = format_html_join(
            "",
            '<text x="{}%" y="{}" text-anchor="middle">{}</text>',
            (
                (_middle(n, count), found.y(bar.value) - 5, self.write(bar.value))
                for n, bar in enumerate(self.bars)
                if count <= FEW
            ),
        )
        return framed(
            grid(found, write=self.write), columns, figures, _names(self.bars, found),
            title=title, said=self.sheet().said(), height=found.whole,
        )  # fmt: skip

    def key(self) -> Sequence[Key]:
        return ()

    def sheet(self) -> Sheet:
        header = [self.column or _("What"), self.value_label or _("Value")]
        return Sheet(header, [(bar.label, [bar.value]) for bar in self.bars], self.write)


@dataclass(frozen=True, slots=True)
class Spread:
    """How a duration spreads: a quarter lies below `low`, half below `middle`, three quarters below `high`."""

    label: str
    low: Number | None
    middle: Number | None
    high: Number | None
    count: int


@dataclass(frozen=True, slots=True)
class Spreads:
    """For each time a column from the lower to the upper quartile, with the median across it."""

    spreads: Sequence[Spread]
    column: str = ""
    write: Write = plainly

    def drawn(self, title: str) -> SafeString:
        found = scale((one.high for one in self.spreads), height=HEIGHT)
        count = max(len(self.spreads), 1)
        known = [
            (n, one.low, one.middle, one.high)
            for n, one in enumerate(self.spreads)
            if one.low is not None and one.middle is not None and one.high is not None
        ]
        spans = format_html_join(
            "",
            '<rect class="span" x="{}%" y="{}" width="{}%" height="{}" rx="2"/>'
            '<rect class="median" x="{}%" y="{}" width="{}%" height="3"/>',
            (
                (
                    _left(n, count), found.y(high), _wide(count), max(found.y(low) - found.y(high), 1),
                    _left(n, count), found.y(middle) - 1.5, _wide(count),
                )
                for n, low, middle, high in known
            ),
        )  # fmt: skip
        labels = [Bar(one.label, 0) for one in self.spreads]
        return framed(
            grid(found, write=self.write), spans, _names(labels, found),
            title=title, said=self.sheet().said(), height=found.whole,
        )  # fmt: skip

    def key(self) -> Sequence[Key]:
        return [
            Key(_("Median"), "median", is_area=True),
            Key(_("The middle half"), "span", is_area=True),
        ]

    def sheet(self) -> Sheet:
        header = [self.column or _("When"), _("Lower quartile"), _("Median"), _("Upper quartile"), _("Cases")]
        rows = [(one.label, [one.low, one.middle, one.high, one.count]) for one in self.spreads]
        return Sheet(header, rows, self.write)


def _names(bars: Sequence[Bar], found: Scale) -> SafeString:
    return labels_below([bar.label for bar in bars], found, centred=True)


def _wide(count: int) -> float:
    return round(0.72 * (100 - GUTTER) / count, 3)


def _left(index: int, count: int) -> float:
    return round(GUTTER + (100 - GUTTER) * (index + 0.14) / count, 3)


def _middle(index: int, count: int) -> float:
    return round(GUTTER + (100 - GUTTER) * (index + 0.5) / count, 3)
