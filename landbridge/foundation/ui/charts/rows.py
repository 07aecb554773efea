"""Rows: progress against targets, small drawings of one scale, and tables whose cells are tinted by their figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from landbridge.foundation.ui.charts.axes import WIDE, Scale, framed
from landbridge.foundation.ui.charts.bars import Number
from landbridge.foundation.ui.charts.lines import Series, stretches
from landbridge.foundation.ui.charts.sheet import UNKNOWN, Key, Sheet, Write, plainly

ROW = 52
SMALL = 56.0
TINTS = 5


@dataclass(frozen=True, slots=True)
class Goal:
    """One figure on its way: where it began, where it stands (None: not known) and where it is to arrive."""

    label: str
    value: Number | None
    target: Number | None
    baseline: Number = 0
    href: str = ""


@dataclass(frozen=True, slots=True)
class Goals:
    """For each figure a bar towards its target, which is a mark across it; the baseline is a notch below."""

    goals: Sequence[Goal]
    column: str = ""
    write: Write = plainly

    def drawn(self, title: str) -> SafeString:
        rows = format_html_join(
            "", "{}", ((self._row(goal, y=index * ROW),) for index, goal in enumerate(self.goals))
        )
        return framed(rows, title=title, said=self.sheet().said(), height=len(self.goals) * ROW - 6)

    def key(self) -> Sequence[Key]:
        marks = [Key(_("Reached"), "bar", is_area=True), Key(_("Target"), "goal", is_area=True)]
        if any(goal.baseline for goal in self.goals):
            marks.append(Key(_("Where it began"), "began", is_area=True))
        return marks

    def sheet(self) -> Sheet:
        header = [self.column or _("What"), _("Where it began"), _("Reached"), _("Target")]
        rows = [(goal.label, [goal.baseline, goal.value, goal.target]) for goal in self.goals]
        return Sheet(header, rows, self.write)

    def _row(self, goal: Goal, *, y: float) -> SafeString:
        known = [float(part) for part in (goal.value, goal.target, goal.baseline) if part is not None]
        most = max([*known, 0.0]) or 1.0
        parts = [
            format_html(
                '<text x="0" y="{}">{}</text><text x="100%" y="{}" text-anchor="end">{}</text>'
                '<rect class="track" x="0" y="{}" width="100%" height="12" rx="3"/>',
                y + 14, goal.label, y + 14, self._figures(goal), y + 22,
            )
        ]  # fmt: skip
        if goal.value is not None:
            wide = _percent(goal.value, of=most)
            parts.append(
                format_html('<rect class="bar" x="0" y="{}" width="{}%" height="12" rx="3"/>', y + 22, wide)
            )
        if goal.target is not None:
            place = min(_percent(goal.target, of=most), 99.4)
            parts.append(
                format_html('<rect class="goal" x="{}%" y="{}" width="3" height="20"/>', place, y + 18)
            )
        if goal.baseline:
            place = min(_percent(goal.baseline, of=most), 99.4)
            parts.append(
                format_html('<rect class="began" x="{}%" y="{}" width="3" height="8"/>', place, y + 32)
            )
        return format_html_join("", "{}", ((part,) for part in parts))

    def _figures(self, goal: Goal) -> str:
        value = UNKNOWN if goal.value is None else self.write(goal.value)
        if goal.target is None:
            return value
        return _("%(value)s of %(target)s") % {"value": value, "target": self.write(goal.target)}


@dataclass(frozen=True, slots=True)
class Multiples:
    """The same figure for several places, each in a small drawing; all share one scale."""

    labels: Sequence[str]
    series: Sequence[Series]
    column: str = ""
    write: Write = plainly

    def drawn(self, title: str) -> SafeString:
        most = max((float(v) for one in self.series for v in one.values if v is not None), default=0.0) or 1.0
        found = Scale(0.0, most, SMALL, ())
        cells = format_html_join("", "{}", ((self._cell(one, found),) for one in self.series))
        return format_html('<div class="multiples" role="group" aria-label="{}">{}</div>', title, cells)

    def key(self) -> Sequence[Key]:
        return ()

    def sheet(self) -> Sheet:
        rows = [(one.label, list(one.values)) for one in self.series]
        return Sheet([self.column or _("What"), *self.labels], rows, self.write)

    def _cell(self, one: Series, found: Scale) -> SafeString:
        known = [value for value in one.values if value is not None]
        last = self.write(known[-1]) if known else UNKNOWN
        strokes = format_html_join(
            "",
            '<polyline class="line line-1" points="{}"/>',
            ((run,) for run in stretches(one.values, found)),
        )
        return format_html(
            '<div class="multiple"><p><span>{}</span> <strong>{}</strong></p><svg role="img" aria-label="{}" '
            'viewBox="0 16 {} {}" preserveAspectRatio="none" width="100%" height="{}">'
            '<line class="axis" x1="0" x2="{}" y1="{}" y2="{}"/>{}</svg></div>',
            one.label, last, f"{one.label}: {last}", WIDE, SMALL + 6, SMALL, WIDE, found.y(0), found.y(0), strokes,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heat:
    """A table of rows by columns whose cells are the darker, the more there is; its own twin."""

    columns: Sequence[str]
    rows: Sequence[Series]
    column: str = ""
    write: Write = plainly

    def drawn(self, title: str) -> SafeString:
        most = max((float(v) for row in self.rows for v in row.values if v is not None), default=0.0)
        head = format_html_join(
            "", '<th scope="col" class="number">{}</th>', ((name,) for name in self.columns)
        )
        body = format_html_join(
            "",
            '<tr><th scope="row">{}</th>{}</tr>',
            ((row.label, self._cells(row, most=most)) for row in self.rows),
        )
        return format_html(
            '<div class="table-scroll" tabindex="0" role="region" aria-label="{}"><table class="heat">'
            '<caption class="hidden-text">{}</caption><thead><tr><th scope="col">{}</th>{}</tr></thead>'
            "<tbody>{}</tbody></table></div>",
            title, title, self.column, head, body,
        )  # fmt: skip

    def key(self) -> Sequence[Key]:
        return ()

    def sheet(self) -> Sheet:
        return Sheet([self.column or _("What"), *self.columns], [(row.label, list(row.values)) for row in self.rows], self.write)  # fmt: skip

    def _cells(self, row: Series, *, most: float) -> SafeString:
        return format_html_join(
            "",
            '<td class="number heat-{}">{}</td>',
            (
                (tint(value, most=most), UNKNOWN if value is None else self.write(value))
                for value in row.values
            ),
        )


def tint(value: Number | None, *, most: float) -> int:
    """Which of the tints 0 (nothing) to 5 a figure has beside the highest."""
    if value is None or not most or float(value) <= 0:
        return 0
    return min(TINTS, 1 + int(TINTS * float(value) / most * 0.999))


def _percent(value: Number, *, of: float) -> float:
    return round(min(100 * max(float(value), 0) / of, 100), 2)
