"""The same drawing for documents: a whole SVG file with its own styles, of a fixed width."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.html import escape

from landbridge.foundation.ui.charts.sheet import Key

ROOT = re.compile(r'^<svg role="img" width="100%" height="(?P<height>\d+)"')
STYLE = """
text{font-family:"Libertinus Serif";font-size:13px;fill:#1b2426}
text.soft,text.tick{fill:#55636a;font-size:12px}
.track{fill:#eceae4}.bar{fill:ACCENT}.axis{stroke:#79818f;stroke-width:1}.gridline{stroke:#ddd8ce;stroke-width:1}
.line{fill:none;stroke:ACCENT;stroke-width:2}.line-2{stroke-dasharray:7 4}.line-3{stroke-dasharray:2 3}
.line-4{stroke-dasharray:10 3 2 3}.line-5{stroke:#55636a}.line-ahead{stroke-dasharray:6 4}
.limit{stroke:#1b2426;stroke-width:1.5;stroke-dasharray:1 3}.edge{fill:none;stroke:ACCENT;stroke-width:1;stroke-dasharray:2 2}
.band{fill:ACCENT;opacity:.16}.span{fill:ACCENT;opacity:.35}.median{fill:ACCENT}.dot{fill:ACCENT}
.goal,.began{fill:#1b2426}.area{fill:ACCENT;opacity:.16}
.part-1{fill:ACCENT}.part-2{fill:ACCENT;opacity:.68}.part-3{fill:ACCENT;opacity:.38}.part-4{fill:#ddd8ce}.part-5{fill:#eceae4}
.seam{fill:#ffffff}
"""


KEY_HEIGHT, LETTER = 22, 6.4  # pixels: of the key above the drawing, and across of one letter in it


def on_paper(drawing: str, *, key: Sequence[Key] = (), width: int = 600, accent: str = "#0b6170") -> str:
    """A drawing of this package, under its key, as a file of so many pixels across.

    Raises ValueError for what is no single drawing.
    """
    found = ROOT.match(drawing)
    if not found:
        raise ValueError("Only a single drawing can be put on paper.")
    above, rows = _keyed(key, width=width)
    height = int(found["height"])
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height + rows}" '
        f'viewBox="0 0 {width} {height + rows}"'
    )
    body = drawing[found.end() :]
    end = body.index(">") + 1
    inner = body[end:].removesuffix("</svg>")
    placed = f'<svg x="0" y="{rows}" width="{width}" height="{height}">{inner}</svg>'
    return f"{head}{body[:end]}<style>{STYLE.replace('ACCENT', accent)}</style>{above}{placed}</svg>"


def _keyed(key: Sequence[Key], *, width: int) -> tuple[str, int]:
    """The marks with their names side by side, in as many rows as they need, and the height of that."""
    drawn, x, y = [], 0.0, 0
    for one in key:
        wide = 36 + LETTER * len(one.label) + 14
        if x and x + wide > width:
            x, y = 0.0, y + KEY_HEIGHT
        mark = (
            f'<rect class="{one.mark}" x="{x:.0f}" y="{y + 3}" width="12" height="12"/>'
            if one.is_area
            else f'<line class="{one.mark}" x1="{x:.0f}" x2="{x + 28:.0f}" y1="{y + 9}" y2="{y + 9}"/>'
        )
        text = x + (18 if one.is_area else 34)
        drawn.append(f'{mark}<text class="soft" x="{text:.0f}" y="{y + 13}">{escape(one.label)}</text>')
        x += wide
    return "".join(drawn), y + KEY_HEIGHT if key else 0
