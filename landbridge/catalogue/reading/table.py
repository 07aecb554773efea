"""Tables: CSV of any encoding and delimiter, or XLSX; titles in the first row."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook

from landbridge.catalogue.reading.row import LONGEST_ROW, MOST_ROWS, Row, Unreadable, made
from landbridge.catalogue.states import Kind
from landbridge.foundation.problems import N_, Problem

MOST_COLUMNS = 100
MOST_CELLS = 4_000_000
PIECE = 256 * 1024
DELIMITERS = ",;\t|"
# Our fields, and the titles under which plain tables have them; the source may name others.
TITLES = {
    "key": ("key", "id", "identifier", "record id", "internal record id"),
    "kind": ("kind", "type", "art", "type d'entité"),
    "name": ("name", "title", "bezeichnung", "nom", "naam", "nombre", "navn", "nome"),
    "summary": ("summary", "short description", "kurzbeschreibung", "résumé"),
    "description": ("description", "beschreibung", "beschrijving", "descripción", "beskrivelse"),
    "owner": ("organisation", "organization", "institution", "institution name", "owner", "institut", "einrichtung"),
    "owner_ror": ("organisation ror", "organization ror", "ror", "ror id"),
    "owner_website": ("organisation website", "institution url"),
    "parent": ("parent", "facility", "facility id", "related facility id"),
    "country": ("country", "country code", "land", "pays", "país"),
    "region": ("region", "region key"),
    "town": ("town", "city", "ort", "stadt", "ville", "plaats", "ciudad", "by"),
    "postcode": ("postcode", "postal code", "zip", "plz", "code postal"),
    "website": ("website", "url", "web address", "homepage", "link", "web"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "lng", "long"),
    "techniques": ("techniques", "technique", "methods", "methoden", "méthodes"),
    "languages": ("languages", "language"),
    "contact_name": ("contact name", "contact"),
    "contact_email": ("contact email", "contact e mail", "email", "e mail", "courriel"),
    "maker": ("maker", "manufacturer", "hersteller", "fabricant"),
    "model_name": ("model", "model name", "modell", "modèle"),
    "company_number": ("company number", "register number"),
}  # fmt: skip


def rows(path: Path, *, is_sheet: bool, columns: Mapping[str, str]) -> Iterator[Row]:
    """Each row under the titles that `columns` names for our fields, or under titles that are widely used."""
    lines = lines_of(path, is_sheet=is_sheet)
    place = places(next(lines, []), columns=columns)
    for number, line in enumerate(lines, start=1):
        said: dict[str, Any] = {name: line[at] for name, at in place.items() if at < len(line)}
        kind = said.pop("kind", "") or (Kind.FACILITY if said.get("owner") else Kind.ORGANISATION)
        if kind == Kind.ORGANISATION:
            said["identifiers"] = [
                ("ror", said.pop("owner_ror", "")),
                ("company", said.get("company_number", "")),
            ]
        yield made(number, key=said.pop("key", ""), kind=kind, said=said)


def places(titles: Sequence[Any], *, columns: Mapping[str, str]) -> dict[str, int]:
    """At which place of a line each of our fields stands. Raises `Unreadable` where a title is missing."""
    found = {plain_title(title): at for at, title in reversed(list(enumerate(titles[:MOST_COLUMNS])))}
    missing = [title for title in columns.values() if title and plain_title(title) not in found]
    if missing:
        raise _missing(missing)
    place = {name: found[plain_title(title)] for name, title in columns.items() if title}
    for name, known in TITLES.items():
        at = next((found[plain_title(title)] for title in known if plain_title(title) in found), None)
        if at is not None and name not in place and at not in place.values():
            place[name] = at
    if "name" not in place:
        raise _missing(["name"])
    return place


def plain_title(title: Any) -> str:
    """A title in small letters, with single spaces for everything that is neither letter nor figure."""
    return " ".join(re.sub(r"[\W_]+", " ", str(title or "").lower()).split())


def lines_of(path: Path, *, is_sheet: bool) -> Iterator[list[Any]]:
    """The lines of the table, empty ones left out."""
    for line in _lines_of_sheet(path) if is_sheet else _lines_of_text(path):
        if any(cell not in ("", None) for cell in line):
            yield line


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _lines_of_text(path: Path) -> Iterator[list[Any]]:
    encoding = encoding_of(path)
    csv.field_size_limit(LONGEST_ROW)
    try:
        with path.open("r", encoding=encoding, newline="") as file:
            delimiter = _delimiter(file)
            yield from csv.reader(_bounded(file), delimiter=delimiter)
    except csv.Error:
        raise _too_long() from None
    except UnicodeError:
        raise Unreadable(
            Problem(
                code="text_encoding",
                message=N_("The letters of this file cannot be told for certain."),
                cure=N_('Save it again and choose "UTF-8" (in Excel: "CSV UTF-8").'),
                field="file",
            )
        ) from None


def encoding_of(path: Path) -> str:
    """UTF-8 or UTF-16 by its mark, UTF-8 where all of it is valid, else Windows-1252 as old spreadsheets write it."""
    with path.open("rb") as file:
        head = file.read(4)
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        file.seek(0)
        reader = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        try:
            while reader.read(PIECE):
                pass
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _delimiter(file: io.TextIOBase | Any) -> str:
    """Whichever stands most often in the first line, outside quotation marks."""
    first = re.sub(r'"[^"]*"', "", file.readline(LONGEST_ROW))
    file.seek(0)
    return max(DELIMITERS, key=first.count)


def _bounded(file: Any) -> Iterator[str]:
    """Line by line; one that does not end is not read to its end."""
    while line := file.readline(LONGEST_ROW):
        if len(line) >= LONGEST_ROW:
            raise _too_long()
        yield line.replace("\0", "")


# ── XLSX ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _lines_of_sheet(path: Path) -> Iterator[list[Any]]:
    """The first sheet that is not empty; formulas give their last result, as the spreadsheet stored it."""
    check_extent(path)
    try:
        with CalamineWorkbook.from_path(path) as book:
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                if sheet.height:
                    for line in sheet.iter_rows():
                        yield [_cell(cell) for cell in line]
                    return
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError):
        raise _broken() from None


def _cell(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, (date, datetime, time)) else cell


def check_extent(path: Path) -> None:
    """Refuse a sheet whose cells reach further than we read: two cells far apart would fill the memory between them."""
    try:
        with zipfile.ZipFile(path) as book:
            for entry in book.infolist():
                if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                    with book.open(entry) as part:
                        _check_sheet(part)
    except (zipfile.BadZipFile, expat.ExpatError, OSError, EOFError, RuntimeError, NotImplementedError):
        raise _broken() from None


def _check_sheet(part: Any) -> None:
    far = [0, 0]

    def begins(name: str, attributes: Mapping[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row" and "r" in attributes:
            far[0] = max(far[0], int(attributes["r"]))
        elif tag == "c" and "r" in attributes:
            reference = attributes["r"]
            letters = reference.rstrip("0123456789")
            far[0] = max(far[0], int(reference[len(letters) :] or 0))
            far[1] = max(far[1], _column(letters))
        if far[0] > MOST_ROWS + 1 or far[1] > MOST_COLUMNS or far[0] * far[1] > MOST_CELLS:
            raise _too_wide()

    def entity(*_: Any) -> None:
        raise _broken()

    parser = expat.ParserCreate()
    parser.StartElementHandler = begins
    parser.EntityDeclHandler = entity
    try:
        while piece := part.read(PIECE):
            parser.Parse(piece)
    except ValueError:
        raise _broken() from None


def _column(letters: str) -> int:
    number = 0
    for letter in letters[:6].upper():
        number = number * 26 + ord(letter) - 64
    return number


# ── What can be wrong with the whole ─────────────────────────────────────────────────────────────────────────────────
def _missing(titles: Sequence[str]) -> Unreadable:
    return Unreadable(
        Problem(
            code="missing_columns",
            message=N_("The first row names no column for: %(titles)s."),
            cure=N_("Write the titles into the first row, or tell the source which column holds what."),
            field="file",
            params={"titles": ", ".join(titles)},
        )
    )


def _too_long() -> Unreadable:
    return Unreadable(
        Problem(
            code="row_too_long",
            message=N_("A row of this file does not end within a million characters."),
            cure=N_("Look for a quotation mark that is opened and never closed."),
            field="file",
        )
    )


def _too_wide() -> Unreadable:
    return Unreadable(
        Problem(
            code="sheet_too_large",
            message=N_("The sheet reaches beyond %(rows)s rows or %(columns)s columns."),
            cure=N_("Copy the rows that count into a new sheet, and save that."),
            field="file",
            params={"rows": MOST_ROWS, "columns": MOST_COLUMNS},
        )
    )


def _broken() -> Unreadable:
    return Unreadable(
        Problem(
            code="sheet_broken",
            message=N_("This spreadsheet cannot be read."),
            cure=N_("Open it in the program it was made with, save it as XLSX or CSV, and choose that file."),
            field="file",
        )
    )
