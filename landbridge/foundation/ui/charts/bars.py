"""Charts as SVG from the server: widths in per cent, colours by class, and the table as their twin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

Number = float | Decimal
ROW = 46


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure: its label, its value and how the value is written (by default as it is)."""

    label: str
    value: Number
    shown: str = ""

    @property
    def text(self) -> str:
        return self.shown or str(self.value)


@dataclass(frozen=True, slots=True)
class Stack:
    """One row of parts that make a whole: allocated money as paid, committed, reserved and free."""

    label: str
    parts: Sequence[Bar] = field(default_factory=tuple)
    shown: str = ""

    @property
    def total(self) -> Number:
        return sum((part.value for part in self.parts), start=Decimal(0)) if self.parts else Decimal(0)


def bars(rows: Sequence[Bar], *, title: str, most: Number | None = None) -> SafeString:
    """Horizontal bars, each under its label; `most` fills the width, without it the longest does."""
    longest = max((float(row.value) for row in rows), default=0) if most is None else float(most)
    drawn = format_html_join(
        "",
        '<text x="0" y="{}">{}</text><text x="100%" y="{}" text-anchor="end">{}</text>'
        '<rect class="track" x="0" y="{}" width="100%" height="12" rx="3"/>'
        '<rect class="bar" x="0" y="{}" width="{}%" height="12" rx="3"/>',
        (
            (y + 14, row.label, y + 14, row.text, y + 22, y + 22, _share(row.value, of=longest))
            for y, row in ((index * ROW, row) for index, row in enumerate(rows))
        ),
    )
    return _svg(
        drawn,
        title=title,
        height=len(rows) * ROW - 8,
        described="; ".join(f"{r.label}: {r.text}" for r in rows),
    )


def stacked(rows: Sequence[Stack], *, title: str) -> SafeString:
    """Horizontal bars of parts; all rows share one scale, each part has its own class (part-1 to part-5)."""
    longest = max((float(row.total) for row in rows), default=0)
    drawn = format_html_join(
        "",
        '<text x="0" y="{}">{}</text><text x="100%" y="{}" text-anchor="end" class="soft">{}</text>{}',
        (
            (y + 14, row.label, y + 14, row.shown, _parts(row, y=y + 22, longest=longest))
            for y, row in ((index * ROW, row) for index, row in enumerate(rows))
        ),
    )
    described = "; ".join(
        f"{row.label}: " + ", ".join(f"{p.label} {p.text}" for p in row.parts) for row in rows
    )
    return _svg(drawn, title=title, height=len(rows) * ROW - 6, described=described)


def line(values: Sequence[Number], *, title: str, described: str = "", height: int = 160) -> SafeString:
    """A line over equal steps with its area; the axis begins at zero."""
    points = _points(values)
    area = f"0,100 {points} 100,100" if points else ""
    drawn = format_html(
        '<line class="axis" x1="0" x2="100%" y1="1" y2="1"/><text class="soft" x="0" y="16">{}</text><svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="{}">'
        '<polygon class="area" points="{}"/><polyline class="line" points="{}"/>'
        '<line class="axis" x1="0" y1="100" x2="100" y2="100"/></svg>',
        max(values, default=""),
        height,
        area,
        points,
    )
    return _svg(drawn, title=title, height=height, described=described)


def sparkline(values: Sequence[Number], *, title: str) -> SafeString:
    """A line as small as a word, for a row of a table."""
    return format_html(
        '<svg class="spark" viewBox="0 -4 100 108" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<polyline class="line" points="{}"/></svg>',
        title,
        _points(values),
    )


def _svg(drawn: SafeString, *, title: str, height: int, described: str) -> SafeString:
    return format_html(
        '<svg role="img" width="100%" height="{}" aria-label="{}"><title>{}</title><desc>{}</desc>{}</svg>',
        max(height, 1),
        title,
        title,
        described,
        drawn,
    )


def _parts(row: Stack, *, y: int, longest: float) -> SafeString:
    edges = [0.0]
    for part in row.parts:
        edges.append(edges[-1] + _share(part.value, of=longest))
    cells = [
        (f"part-{min(number, 5)}", round(start, 3), y, round(max(end - start, 0), 3))
        for number, (start, end) in enumerate(pairwise(edges), start=1)
        if end > start
    ]
    whole = format_html('<rect class="track" x="0" y="{}" width="100%" height="16" rx="3"/>', y)
    drawn = format_html_join("", '<rect class="{}" x="{}%" y="{}" width="{}%" height="16"/>', cells)
    seams = format_html_join(
        "",
        '<rect class="seam" x="{}%" y="{}" width="1.5" height="16"/>',
        ((x, y) for _c, x, y, _w in cells[1:]),
    )
    return mark_safe(whole + drawn + seams)  # noqa: S308 - three parts that format_html made


def _points(values: Sequence[Number]) -> str:
    if not values:
        return ""
    highest = max(0.0, *(float(value) for value in values)) or 1
    step = 100 / max(len(values) - 1, 1)
    return " ".join(
        f"{index * step:.2f},{100 - 100 * float(value) / highest:.2f}" for index, value in enumerate(values)
    )


def _share(value: Number, *, of: float) -> float:
    return min(round(100 * max(float(value), 0) / of, 3), 100.0) if of else 0.0
