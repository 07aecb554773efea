"""Lines over time: several in one plot, and one with its forecast as a band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from landbridge.foundation.ui.charts.axes import WIDE, Scale, framed, grid, labels_below, plot, scale
from landbridge.foundation.ui.charts.bars import Number
from landbridge.foundation.ui.charts.sheet import Key, Sheet, Write, plainly

HEIGHT = 190.0
MOST_SERIES = 5


@dataclass(frozen=True, slots=True)
class Series:
    """One line: its name, and a value for each label (None: not known, the line breaks there)."""

    label: str
    values: Sequence[Number | None]


@dataclass(frozen=True, slots=True)
class Lines:
    """Up to five lines over the same labels, told apart by their strokes and not by colour alone."""

    labels: Sequence[str]
    series: Sequence[Series]
    column: str = ""
    write: Write = plainly

    def drawn(self, title: str) -> SafeString:
        found = scale((value for one in self.series for value in one.values), height=HEIGHT)
        strokes = format_html_join(
            "",
            '<polyline class="line line-{}" points="{}"/>',
            (
                (min(number, MOST_SERIES), stretch)
                for number, one in enumerate(self.series, 1)
                for stretch in stretches(one.values, found)
            ),
        )
        return framed(
            grid(found, write=self.write), plot(strokes, found), *(_ends(one.values, found) for one in self.series),
            labels_below(self.labels, found), title=title, said=self.sheet().said(), height=found.whole,
        )  # fmt: skip

    def key(self) -> Sequence[Key]:
        if len(self.series) < 2:
            return ()
        return [Key(one.label, f"line line-{min(n, MOST_SERIES)}") for n, one in enumerate(self.series, 1)]

    def sheet(self) -> Sheet:
        header = [self.column or _("When"), *(one.label for one in self.series)]
        rows = [
            (label, [one.values[n] if n < len(one.values) else None for one in self.series])
            for n, label in enumerate(self.labels)
        ]
        return Sheet(header, rows, self.write)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is known so far, and from there on what may come: the middle of it and the band it lies in.

    `labels` name known and coming steps; `low`, `middle` and `high` begin with the step after the last known one.
    """

    labels: Sequence[str]
    known: Sequence[Number]
    low: Sequence[Number] = field(default_factory=tuple)
    middle: Sequence[Number] = field(default_factory=tuple)
    high: Sequence[Number] = field(default_factory=tuple)
    limit: Number | None = None
    limit_label: str = ""
    known_label: str = ""
    column: str = ""
    write: Write = plainly

    def drawn(self, title: str) -> SafeString:
        ceiling = [] if self.limit is None else [self.limit]
        found = scale([*self.known, *self.low, *self.high, *ceiling], height=HEIGHT)
        return framed(
            grid(found, write=self.write), plot(self._strokes(found), found), self._ceiling(found),
            labels_below(self.labels, found), title=title, said=self._said(), height=found.whole,
        )  # fmt: skip

    def key(self) -> Sequence[Key]:
        marks = [Key(self.known_label or _("So far"), "line line-1")]
        if self.middle:
            marks += [Key(_("Forecast"), "line line-ahead"), Key(_("Eight of ten futures lie here"), "band", is_area=True)]  # fmt: skip
        if self.limit is not None:
            marks.append(Key(self.limit_label, "line limit"))
        return marks

    def sheet(self) -> Sheet:
        known = self.known_label or _("So far")
        header = [self.column or _("When"), known, _("Forecast"), _("At least"), _("At most")]
        begun = len(self.known)
        rows: list[tuple[str, Sequence[Number | str | None]]] = []
        for n, label in enumerate(self.labels):
            ahead = n - begun
            coming = [
                part[ahead] if 0 <= ahead < len(part) else None for part in (self.middle, self.low, self.high)
            ]
            rows.append((label, [self.known[n] if n < begun else None, *coming]))
        return Sheet(header, rows, self.write)

    def _said(self) -> str:
        if not self.known:
            return ""
        last = f"{self.known_label or _('So far')}, {self.labels[len(self.known) - 1]}: {self.write(self.known[-1])}"
        if not self.middle:
            return last
        ahead = _("%(when)s: %(middle)s, between %(low)s and %(high)s") % {
            "when": self.labels[-1], "middle": self.write(self.middle[-1]),
            "low": self.write(self.low[-1]), "high": self.write(self.high[-1]),
        }  # fmt: skip
        return f"{last}; {ahead}"

    def _strokes(self, found: Scale) -> SafeString:
        if not self.known:
            return SafeString()
        count, begun = len(self.labels), len(self.known)

        def points(values: Sequence[Number], *, first: int) -> list[str]:
            return [f"{_x(first + n, count):.2f},{found.y(value):.2f}" for n, value in enumerate(values)]

        known = points(self.known, first=0)
        low, middle, high = (points(part, first=begun) for part in (self.low, self.middle, self.high))
        band = " ".join([known[-1], *high, *reversed(low)]) if high else ""
        return format_html(
            '<polygon class="band" points="{}"/><polyline class="edge" points="{}"/><polyline class="edge" points="{}"/>'
            '<polyline class="line line-ahead" points="{}"/><polyline class="line line-1" points="{}"/>',
            band,
            " ".join([known[-1], *high]),
            " ".join([known[-1], *low]),
            " ".join([known[-1], *middle]),
            " ".join(known),
        )

    def _ceiling(self, found: Scale) -> SafeString:
        if self.limit is None:
            return SafeString()
        y = found.y(self.limit)
        return format_html(
            '<line class="line limit" x1="0" x2="100%" y1="{}" y2="{}"/>'
            '<text class="tick" x="100%" y="{}" text-anchor="end">{}</text>',
            y,
            y,
            y - 5,
            f"{self.limit_label} {self.write(self.limit)}".strip(),
        )


def stretches(values: Sequence[Number | None], found: Scale) -> list[str]:
    """The points of a line, broken where a value is missing."""
    runs: list[list[str]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(f"{_x(index, len(values)):.2f},{found.y(value):.2f}")
    return [" ".join(run) for run in runs if len(run) > 1]


def _x(index: int, count: int) -> float:
    return WIDE * index / max(count - 1, 1)


def _ends(values: Sequence[Number | None], found: Scale) -> SafeString:
    """A point at the last value, and at every value that stands alone."""
    last = max((n for n, value in enumerate(values) if value is not None), default=-1)

    def alone(n: int) -> bool:
        before = values[n - 1] if n else None
        after = values[n + 1] if n + 1 < len(values) else None
        return before is None and after is None

    return format_html_join(
        "",
        '<circle class="dot" cx="{}%" cy="{}" r="3.5"/>',
        (
            (round(100 * n / max(len(values) - 1, 1), 2), found.y(value))
            for n, value in enumerate(values)
            if value is not None and (n == last or alone(n))
        ),
    )
