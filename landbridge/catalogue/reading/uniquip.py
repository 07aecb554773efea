"""UNIQUIP files: equipment and facilities of an institution, or of the whole national portal."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from landbridge.catalogue import uniquip
from landbridge.catalogue.reading.row import Row, Unreadable, first_sentence, made, plain, plain_list
from landbridge.catalogue.reading.table import lines_of
from landbridge.foundation.problems import N_, Problem

_COORDINATES = re.compile(r"\s*(-?\d+(?:\.\d+)?)[\s,;]+(-?\d+(?:\.\d+)?)\s*")
_PAGE_OF_TOWN = re.compile(r"https?://\w+\.(?:m\.)?wikipedia\.org/wiki/([^/?#]+)")


def rows(path: Path, *, is_sheet: bool) -> Iterator[Row]:
    """Each row; telephone numbers, second contacts and photographs are not taken, since nothing here needs them."""
    lines = lines_of(path, is_sheet=is_sheet)
    place = _places(next(lines, []))
    for number, line in enumerate(lines, start=1):
        cells = {column: plain(line[at]) for column, at in place.items() if at < len(line)}
        yield _row(number, cells)


def _places(titles: Sequence[Any]) -> dict[str, int]:
    """At which place each column stands; exact titles first, then those that only look different."""
    place: dict[str, int] = {}
    for at, title in enumerate(titles):
        column = uniquip.column_named(str(title or ""))
        if column and (column not in place or title == column):
            place[column] = at
    if uniquip.NAME not in place and uniquip.DESCRIPTION not in place:
        raise Unreadable(
            Problem(
                code="missing_columns",
                message=N_("The first row names neither “Name” nor “Description”: it is not a UNIQUIP file."),
                cure=N_("Choose the UNIQUIP file, or make a source for plain tables."),
                field="file",
            )
        )
    return place


def _row(number: int, cells: Mapping[str, str]) -> Row:
    description = cells.get(uniquip.DESCRIPTION, "")
    name = cells.get(uniquip.NAME) or first_sentence(description)
    kind = cells.get(uniquip.TYPE, "").lower() or uniquip.EQUIPMENT
    facility = plain_list(cells.get(uniquip.RELATED_FACILITY_ID, ""))
    said: dict[str, Any] = {
        "name": name,
        "description": description,
        "techniques": cells.get(uniquip.TECHNIQUE, ""),
        "owner": cells.get(uniquip.INSTITUTION_NAME, ""),
        "owner_website": cells.get(uniquip.INSTITUTION_URL, ""),
        "website": cells.get(uniquip.WEB_ADDRESS) or cells.get(uniquip.CONTACT_URL, ""),
        "contact_name": cells.get(uniquip.CONTACT_NAME, ""),
        "contact_email": cells.get(uniquip.CONTACT_EMAIL, ""),
        "town": _town(cells),
        "country": "GB",
        "parent": facility[0] if facility and kind == uniquip.EQUIPMENT else "",
    }
    found = _COORDINATES.fullmatch(cells.get(uniquip.COORDINATES, ""))
    if found:
        said["latitude"], said["longitude"] = found.groups()
    return made(number, key=cells.get(uniquip.ID) or _key_of(cells), kind=kind, said=said)


def _town(cells: Mapping[str, str]) -> str:
    """The place as the page of an encyclopedia, which the specification asks for, or as it is written."""
    location = cells.get(uniquip.LOCATION, "")
    page = _PAGE_OF_TOWN.match(location)
    if page:
        return unquote(page.group(1)).replace("_", " ").partition(",")[0]
    place = cells.get(uniquip.SITE_LOCATION) or location
    return "" if place.startswith("http") or len(place) > 80 else place


def _key_of(cells: Mapping[str, str]) -> str:
    """Without an ID, what the national portal takes: the row itself, here without its day."""
    text = "\n".join(f"{column}={cells[column]}" for column in sorted(cells) if column != uniquip.DATESTAMP)
    return "row:" + hashlib.sha256(text.encode()).hexdigest()[:32]
