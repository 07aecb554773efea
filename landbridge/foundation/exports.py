"""Tables for other programs, CSV and XLSX, in neither of which a text becomes a formula; calendars as downloads."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from landbridge.foundation.files.kinds import Kind, clean_name
from landbridge.foundation.money import Money

FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"
ROWS_TOGETHER = 200
LONGEST_CELL = 32_767
MOST_ROWS = 1_048_576
ALWAYS = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - xlsxwriter knows no zones; a fixed date keeps equal tables equal

Row = Sequence[object]


class TooManyRows(ValueError):
    """More rows than a sheet can hold."""


def csv_lines(header: Sequence[str], rows: Iterable[Row], *, bom: bool = False) -> Iterator[bytes]:
    """A table as CSV (RFC 4180, UTF-8), some rows at a time; `bom` for Excel, which otherwise guesses the encoding.

    A text that a spreadsheet would take for a formula is preceded by an apostrophe. Amounts are plain decimals:
    the header names the currency. Moments are in UTC.
    """
    echo = _Echo()
    writer = csv.writer(echo)
    together = [BOM] if bom else []
    together.append(writer.writerow([_text_for_csv(cell) for cell in header]))
    for row in rows:
        together.append(writer.writerow([_text_for_csv(cell) for cell in row]))
        if len(together) >= ROWS_TOGETHER:
            yield "".join(together).encode()
            together.clear()
    yield "".join(together).encode()


def csv_response(
    name: str, header: Sequence[str], rows: Iterable[Row], *, bom: bool = True
) -> StreamingHttpResponse:
    """The table as a streamed download called `<name>.csv`."""
    response = StreamingHttpResponse(
        csv_lines(header, rows, bom=bom), content_type=Kind.CSV.value.content_type
    )
    response["Content-Disposition"] = f'attachment; filename="{_plain_name(name)}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def write_xlsx(file: IO[bytes], header: Sequence[str], rows: Iterable[Row], *, sheet: str = "Table") -> None:
    """Write the table as one sheet with a fixed header row; memory stays flat however many rows there are.

    Raises TooManyRows beyond what a sheet holds. The same table gives the same bytes.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": ALWAYS})
        page = book.add_worksheet(_sheet_name(sheet))
        formats = {
            Money: book.add_format({"num_format": "#,##0.00"}),
            dt.date: book.add_format({"num_format": "yyyy-mm-dd"}),
            dt.datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        bold = book.add_format({"bold": True, "bottom": 1})
        page.freeze_panes(1, 0)
        for column, title in enumerate(header):
            page.set_column(column, column, min(60, max(12, len(title) + 2)))
            page.write_string(0, column, str(title), bold)
        for number, row in enumerate(rows, start=1):
            if number >= MOST_ROWS:
                raise TooManyRows(f"A sheet holds {MOST_ROWS} rows.")
            for column, cell in enumerate(row):
                _write_cell(page, (number, column), cell, formats=formats)


def xlsx_response(
    name: str, header: Sequence[str], rows: Iterable[Row], *, sheet: str = "Table"
) -> FileResponse:
    """The table as a download called `<name>.xlsx`."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_xlsx(file, header, rows, sheet=sheet)
    file.seek(0)
    response = FileResponse(
        file,
        as_attachment=True,
        filename=f"{_plain_name(name)}.xlsx",
        content_type=Kind.XLSX.value.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def calendar_response(octets: bytes, *, filename: str) -> HttpResponse:
    """A calendar (`foundation.calendar`) called `<filename>.ics`; nobody in between keeps it."""
    response = HttpResponse(octets, content_type="text/calendar; charset=utf-8")
    name = _plain_name(filename.removesuffix(".ics"))
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response


class _Echo:
    """Hands each line straight back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _text_for_csv(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Money):
        return str(cell.decimal)
    if isinstance(cell, int | float | Decimal):
        return str(cell)
    if isinstance(cell, dt.datetime):
        return cell.astimezone(dt.UTC).isoformat(timespec="seconds")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    text = str(cell).replace("\x00", "")
    return f"'{text}" if text.lstrip(" \u00a0\u200b\ufeff").startswith(FORMULA_BEGINS) else text


def _write_cell(page: Any, place: tuple[int, int], cell: object, *, formats: dict[type, Any]) -> None:
    if cell is None or cell == "":
        page.write_blank(*place, None)
    elif isinstance(cell, bool):
        page.write_boolean(*place, cell)
    elif isinstance(cell, Money):
        page.write_number(*place, float(cell.decimal), formats[Money])
    elif isinstance(cell, int | float | Decimal):
        page.write_number(*place, float(cell))
    elif isinstance(cell, dt.datetime):
        utc = cell.astimezone(dt.UTC).replace(tzinfo=None)
        page.write_datetime(*place, utc, formats[dt.datetime])
    elif isinstance(cell, dt.date):
        page.write_datetime(*place, cell, formats[dt.date])
    else:
        page.write_string(*place, _for_sheet(str(cell)))


def _for_sheet(text: str) -> str:
    """A cell's text within the limit of the format, without characters that XML cannot hold."""
    return "".join(letter for letter in text[:LONGEST_CELL] if letter >= " " or letter in "\t\n")


def _sheet_name(name: str) -> str:
    kept = "".join(letter for letter in name if letter not in "[]:*?/\\'")
    return kept.strip()[:31] or "Table"


def _plain_name(name: str) -> str:
    """The name of a download in plain letters."""
    cleaned = clean_name(f"{name}.csv").removesuffix(".csv")
    return "".join(letter if letter.isascii() and letter != '"' else "_" for letter in cleaned) or "table"
