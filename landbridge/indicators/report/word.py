"""The report as a Word file: real headings, table heads that repeat, alternative texts, page numbers, its language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from landbridge.indicators.report.content import Drawing, Report, Table
from landbridge.indicators.report.printed import picture
from landbridge.indicators.report.words import headings

ACCENT, SOFT = RGBColor(0x0B, 0x61, 0x70), RGBColor(0x4F, 0x58, 0x68)
TEXT_FONT, HEAD_FONT = "Calibri", "Cambria"
WIDE = Cm(16.3)
# XML knows no control characters besides these.
ALLOWED = {"\t", "\n"}


def as_word(report: Report) -> bytes:
    """The report as DOCX. Draws its charts: call it outside transactions."""
    words = headings()
    paper = Document()
    _dress(paper, report)
    paper.add_heading(_plain(report.title), level=0)
    for line in (report.draft, report.demonstration):
        if line:
            paper.add_paragraph(_plain(line), style="Intense Quote")
    _facts(paper, report.facts)
    paper.add_heading(words["narrative"], level=1)
    for part in report.narrative or (words["no_narrative"],):
        paper.add_paragraph(_plain(part))
    paper.add_heading(words["figures"], level=1)
    _table(paper, report.figures, none=words["no_figures"])
    if report.targets.rows:
        paper.add_heading(words["targets"], level=1)
        _table(paper, report.targets)
    if report.drawings:
        paper.add_heading(words["drawings"], level=1)
        for drawing in report.drawings:
            _drawing(paper, drawing)
    paper.add_heading(words["vouchers"], level=1)
    _table(paper, report.vouchers, none=words["no_vouchers"], size=8.5)
    _definitions(paper, report, words)
    _evidence(paper, report, words)
    octets = BytesIO()
    paper.save(octets)
    return octets.getvalue()


def _dress(paper: Any, report: Report) -> None:
    """Page, fonts, colours, language and properties."""
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.35)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.2)
    for name, size, font, colour in (
        ("Normal", 10.5, TEXT_FONT, None), ("Title", 24, HEAD_FONT, ACCENT),
        ("Heading 1", 15, HEAD_FONT, ACCENT), ("Heading 2", 12, HEAD_FONT, ACCENT), ("Caption", 9, TEXT_FONT, SOFT), ("Intense Quote", 10.5, TEXT_FONT, ACCENT),
    ):  # fmt: skip
        style = paper.styles[name]
        style.font.name, style.font.size = font, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for place in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(place), font)
        for place in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(place), None)
        if colour is not None:
            style.font.color.rgb = colour
    paper.styles["Caption"].font.bold = False
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), report.language)
    paper.styles["Normal"].element.get_or_add_rPr().append(language)
    about = paper.core_properties
    about.title, about.author, about.language = _plain(report.title), "Landbridge", report.language
    about.subject, about.comments = _plain(report.programme), ""
    about.created = about.modified = report.at.astimezone(UTC).replace(tzinfo=None)
    _header_and_footer(section, report)


def _header_and_footer(section: Any, report: Report) -> None:
    head = section.header.paragraphs[0]
    head.text = _plain(f"Landbridge · {report.programme}")
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = foot.add_run(_plain(f"{report.title} · "))
    for shown in (head.runs[0], run):
        shown.font.size, shown.font.color.rgb = Pt(8.5), SOFT
    number = foot.add_run()
    number.font.size, number.font.color.rgb = Pt(8.5), SOFT
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.set(qn("xml:space"), "preserve")
            part.text = text
        number._r.append(part)  # noqa: SLF001 - python-docx has no fields of its own


def _facts(paper: Any, facts: Sequence[tuple[str, str]]) -> None:
    table = paper.add_table(rows=0, cols=2)
    table.autofit = False
    for label, value in facts:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = _plain(label), _plain(value)
        cells[0].paragraphs[0].runs[0].font.color.rgb = SOFT
        for cell, width in zip(cells, (Cm(4.5), WIDE - Cm(4.5)), strict=True):
            cell.width = width
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)


def _table(paper: Any, found: Table, *, none: str = "", size: float = 9.5) -> None:
    if not found.rows:
        paper.add_paragraph(none)
        return
    table = paper.add_table(rows=1, cols=len(found.header), style="Light Shading")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    _row(table.rows[0], found.header, found.right, size=size, is_strong=True)
    _repeat(table.rows[0])
    for row in found.rows:
        _row(table.add_row(), row, found.right, size=size)
    if found.total:
        _row(table.add_row(), found.total, found.right, size=size, is_strong=True)
    paper.add_paragraph()


def _row(
    row: Any, texts: Sequence[str], right: Sequence[int], *, size: float, is_strong: bool = False
) -> None:
    _whole(row)
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell.text = _plain(text)
        line = cell.paragraphs[0]
        line.paragraph_format.space_after = Pt(1)
        if place in right:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for run in line.runs:
            run.font.size, run.font.bold = Pt(size), is_strong


def _repeat(row: Any) -> None:
    """The head of a table stands on every page of it."""
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)  # noqa: SLF001 - python-docx has no name for it


def _whole(row: Any) -> None:
    """No row is broken over two pages."""
    part = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(part)  # noqa: SLF001 - python-docx has no name for it


def _drawing(paper: Any, drawing: Drawing) -> None:
    title = paper.add_heading(_plain(drawing.title), level=2)
    title.paragraph_format.keep_with_next = True
    line = paper.add_paragraph()
    line.paragraph_format.keep_with_next = bool(drawing.note)
    shape = line.add_run().add_picture(BytesIO(picture(drawing.svg)), width=WIDE)
    about = shape._inline.docPr  # noqa: SLF001 - python-docx has no alternative texts of its own
    about.set("descr", _plain(f"{drawing.title}. {drawing.said}"))
    about.set("title", _plain(drawing.title))
    if drawing.note:
        paper.add_paragraph(_plain(drawing.note), style="Caption")


def _definitions(paper: Any, report: Report, words: dict[str, str]) -> None:
    if not report.definitions:
        return
    paper.add_heading(words["definitions"], level=1)
    for name, text in report.definitions:
        line = paper.add_paragraph()
        line.add_run(_plain(name)).bold = True
        run = line.add_run(_plain(f"\n{text}"))
        run.font.size, run.font.color.rgb = Pt(9.5), SOFT


def _evidence(paper: Any, report: Report, words: dict[str, str]) -> None:
    paper.add_heading(words["evidence"], level=1)
    paper.add_paragraph(_plain(report.closing))
    for label, value in ((words["hash"], report.sha256), (words["signature"], report.signature)):
        if value:
            line = paper.add_paragraph()
            line.add_run(f"{label}\n").font.size = Pt(8.5)
            run = line.add_run(value)
            run.font.name, run.font.size = "Consolas", Pt(8)


def _plain(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(letter for letter in text if letter >= " " or letter in ALLOWED)
