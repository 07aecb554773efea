"""What every chart has besides its drawing: a key to its marks and the figures as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.safestring import SafeString

from landbridge.foundation.ui import formatting
from landbridge.foundation.ui.charts.bars import Number

Write = Callable[[Number], str]
UNKNOWN = "–"


def plainly(value: Number) -> str:
    """A number as the reader's language writes it: whole where it is whole, else with one decimal."""
    number = Decimal(str(value))
    places = 0 if number == number.to_integral_value() else 1
    return formatting.number(number, places=places)


@dataclass(frozen=True, slots=True)
class Key:
    """One mark of a drawing and what it stands for; `mark` is the class that draws it."""

    label: str
    mark: str
    is_area: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The figures of a chart: a header, and under it rows of a label and its values (None: not known)."""

    header: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Number | str | None]]]
    write: Write = plainly

    def shown(self) -> list[tuple[str, list[str]]]:
        """As people read it."""
        return [(label, [self._cell(value) for value in values]) for label, values in self.rows]

    def raw(self) -> list[list[object]]:
        """As a spreadsheet reads it: numbers, and nothing where nothing is known."""
        return [[label, *("" if value is None else value for value in values)] for label, values in self.rows]

    def said(self) -> str:
        """As one sentence for who hears the page."""
        names = list(self.header[1:])
        if len(names) == 1:
            return "; ".join(f"{label}: {values[0]}" for label, values in self.shown())
        return "; ".join(
            f"{label}: " + ", ".join(f"{name} {value}" for name, value in zip(names, values, strict=False))
            for label, values in self.shown()
        )

    def _cell(self, value: Number | str | None) -> str:
        if value is None:
            return UNKNOWN
        return value if isinstance(value, str) else self.write(value)


class Chart(Protocol):
    """Anything that can be drawn under a title, keyed and shown as a table."""

    def drawn(self, title: str) -> SafeString:
        """The SVG (or, of a heat table, the table) with its title and description."""
        ...

    def key(self) -> Sequence[Key]:
        """The marks to be explained; none where the drawing explains itself."""
        ...

    def sheet(self) -> Sheet:
        """The same figures as a table."""
        ...
