"""The plain bars and stacks as charts with a key and a table, as the newer drawings have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from landbridge.foundation.ui.charts.bars import Bar, Number, Stack, bars, stacked
from landbridge.foundation.ui.charts.sheet import Key, Sheet, Write, plainly


@dataclass(frozen=True, slots=True)
class Ranking:
    """Bars under their labels; `most`, such as the 5 of a scale, fills the width, else the longest does."""

    bars: Sequence[Bar]
    column: str = ""
    value_label: str = ""
    most: Number | None = None
    write: Write = plainly

    def drawn(self, title: str) -> SafeString:
        shown = [Bar(bar.label, bar.value, bar.shown or self.write(bar.value)) for bar in self.bars]
        return bars(shown, title=title, most=self.most)

    def key(self) -> Sequence[Key]:
        return ()

    def sheet(self) -> Sheet:
        header = [self.column or _("What"), self.value_label or _("Value")]
        return Sheet(header, [(bar.label, [bar.value]) for bar in self.bars], self.write)


@dataclass(frozen=True, slots=True)
class Wholes:
    """Rows of parts that make a whole."""

    stacks: Sequence[Stack]
    column: str = ""
    write: Write = plainly

    def drawn(self, title: str) -> SafeString:
        return stacked(self.stacks, title=title)

    def key(self) -> Sequence[Key]:
        parts = self.stacks[0].parts if self.stacks else ()
        return [Key(part.label, f"part-{min(n, 5)}", is_area=True) for n, part in enumerate(parts, 1)]

    def sheet(self) -> Sheet:
        parts = self.stacks[0].parts if self.stacks else ()
        header = [self.column or _("What"), *(part.label for part in parts)]
        return Sheet(
            header, [(one.label, [part.value for part in one.parts]) for one in self.stacks], self.write
        )
