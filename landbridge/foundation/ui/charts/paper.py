"""The same drawing for documents: a whole SVG file with its own styles, of a fixed width."""

from __future__ import annotations

import re

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


def on_paper(drawing: str, *, width: int = 600, accent: str = "#0b6170") -> str:
    """A drawing of this package as a file of so many pixels across. Raises ValueError for what is no single drawing."""
    found = ROOT.match(drawing)
    if not found:
        raise ValueError("Only a single drawing can be put on paper.")
    height = found["height"]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"'
    )
    body = drawing[found.end() :]
    end = body.index(">") + 1
    return f"{head}{body[:end]}<style>{STYLE.replace('ACCENT', accent)}</style>{body[end:]}"
