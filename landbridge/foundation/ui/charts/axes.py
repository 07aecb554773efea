"""Scales: round steps from nothing to the highest value, and which labels of a long row are written."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from landbridge.foundation.ui.charts.bars import Number
from landbridge.foundation.ui.charts.sheet import Write

WIDE = 600.0  # units across the plot; stretched on the page, true to size on paper
TOP, BELOW = 20.0, 26.0  # room for the highest label, and for the labels under the plot
MOST_LABELS = 4
LONG_LABEL = 7  # letters above which there are but three
MOST_LETTERS = 38  # of labels that stand beside each other on a narrow screen
TINY = 1e-9  # below this nothing is worth a step
GUTTER = 7.0  # per cent left of columns, for the figures of the scale


@dataclass(frozen=True, slots=True)
class Scale:
    """From a value to its height in the drawing, in pixels from the top."""

    lowest: float
    highest: float
    height: float
    ticks: tuple[float, ...]

    def y(self, value: Number) -> float:
        share = (float(value) - self.lowest) / (self.highest - self.lowest)
        return round(TOP + self.height * (1 - share), 2)

    @property
    def whole(self) -> float:
        """Height of the drawing with the room above and below."""
        return TOP + self.height + BELOW


def scale(values: Iterable[Number | None], *, height: float) -> Scale:
    """A scale with three to six round steps that holds every value and zero."""
    known = [float(value) for value in values if value is not None]
    highest, lowest = max([0.0, *known]), min([0.0, *known])
    span = highest - lowest
    step = round_step(span / 4) if span > TINY else 1.0
    if all(value.is_integer() for value in known):  # there is no half of what is counted
        step = max(1.0, 5.0 if step == 2.5 else step)
    first, last = math.floor(lowest / step), math.ceil(highest / step)
    last = max(last, first + 1)
    return Scale(first * step, last * step, height, tuple(n * step for n in range(first, last + 1)))


def round_step(rough: float) -> float:
    """The next of 1, 2, 2.5, 5 times a power of ten that is not smaller."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next((power * n for n in (1, 2, 2.5, 5) if power * n >= rough * 0.999), power * 10)


def grid(found: Scale, *, write: Write) -> SafeString:
    """A line for each step across the plot, its value written above it at the left."""
    return format_html_join(
        "",
        '<line class="{}" x1="0" x2="100%" y1="{}" y2="{}"/><text class="tick" x="0" y="{}">{}</text>',
        (
            ("axis" if tick == 0 else "gridline", y, y, y - 4, write(_tidy(tick)))
            for tick in found.ticks
            for y in [found.y(tick)]
        ),
    )


def labels_below(labels: Sequence[str], found: Scale, *, centred: bool = False) -> SafeString:
    """The first and last label and a few between, under their points; `centred` for columns."""
    count = len(labels)
    fits = sum(len(label) for label in labels) + 2 * count <= MOST_LETTERS
    is_long = max((len(label) for label in labels), default=0) > LONG_LABEL
    places = list(range(count)) if fits else chosen(count, most=MOST_LABELS - is_long)
    y = found.whole - 6

    def across(index: int) -> float:
        return GUTTER + (100 - GUTTER) * (index + 0.5) / count if centred else 100 * index / max(count - 1, 1)

    def anchor(index: int) -> str:
        if centred and (fits or count <= MOST_LABELS):
            return "middle"
        return "start" if index == 0 else "end" if index == count - 1 else "middle"

    def edge(index: int) -> float:
        if anchor(index) == "middle":
            return round(across(index), 2)
        return (GUTTER if centred else 0) if index == 0 else 100

    return format_html_join(
        "",
        '<text class="soft" x="{}%" y="{}" text-anchor="{}">{}</text>',
        ((edge(index), y, anchor(index), labels[index]) for index in places),
    )


def chosen(count: int, *, most: int = MOST_LABELS) -> list[int]:
    """Which of so many labels have room on a narrow screen: `most` of them, the first and the last among them."""
    if count <= most:
        return list(range(count))
    return sorted({round(n * (count - 1) / (most - 1)) for n in range(most)})


def plot(drawn: SafeString, found: Scale) -> SafeString:
    """What is drawn in units of the plot (`WIDE` across, pixels down), stretched over the width of the page."""
    return format_html(
        '<svg viewBox="0 0 {} {}" preserveAspectRatio="none" width="100%" height="{}">{}</svg>',
        WIDE,
        found.whole,
        found.whole,
        drawn,
    )


def framed(*drawn: SafeString, title: str, said: str, height: float) -> SafeString:
    """One drawing with its name and what it says."""
    return format_html(
        '<svg role="img" width="100%" height="{}" aria-label="{}"><title>{}</title><desc>{}</desc>{}</svg>',
        round(max(height, 1)),
        title,
        title,
        said,
        mark_safe("".join(drawn)),  # noqa: S308 - each part was made by format_html
    )


def _tidy(tick: float) -> Number:
    return round(tick) if abs(tick - round(tick)) < 1e-9 else round(tick, 6)
