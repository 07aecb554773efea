"""The report as PDF on the letterhead of the house, and its drawings as pictures for Word."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import typst

from landbridge.foundation.documents import pdf
from landbridge.indicators.report.content import Report
from landbridge.indicators.report.words import headings

PICTURE = Path(__file__).resolve().parent.parent / "documents" / "picture.typ"
DOTS_PER_INCH = 220.0


def as_pdf(report: Report) -> bytes:
    """The report as an accessible PDF. Takes about 100 ms: call it outside transactions."""
    data = {
        "programme": report.programme,
        "facts": report.facts,
        "draft": report.draft,
        "demonstration": report.demonstration,
        "narrative": report.narrative,
        "figures": report.figures,
        "targets": report.targets,
        "definitions": report.definitions,
        "drawings": report.drawings,
        "vouchers": report.vouchers,
        "closing": report.closing,
        "sha256": report.sha256,
        "signature": report.signature,
        "headings": headings(),
    }
    return pdf("indicators/report.typ", data, title=report.title, language=report.language, at=report.at)


def picture(svg: str) -> bytes:
    """A drawing as PNG, sharp enough for print. Takes about 30 ms."""
    drawn = typst.compile(
        PICTURE,
        root=PICTURE.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="png",
        ppi=DOTS_PER_INCH,
        sys_inputs={"svg": svg},
    )
    return bytes(drawn)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
