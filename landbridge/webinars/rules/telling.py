"""How we learn who was there: a table that a provider of webinars exports, or what its webhook tells."""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

MOST_ROWS = 20_000
OLDEST = timedelta(minutes=5)
A_DAY = timedelta(days=1)
_EMAIL = ("email", "e mail", "mail", "user email", "email address", "upn", "participant id (upn)")
_JOINED = ("join time", "joined", "joined at", "first join", "start", "from")
_LEFT = ("leave time", "left", "left at", "last leave", "end", "until")
_MINUTES = ("duration (minutes)", "minutes", "duration", "time in session (minutes)", "in meeting duration")
_MOMENTS = (
    "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M",
    "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One line: who, from when until when."""

    email: str
    joined_at: datetime
    left_at: datetime


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that says nothing we understand, and why."""

    line: int
    text: str
    why: str


def read_table(text: str, *, zone: str, starts_at: datetime) -> tuple[list[Told], list[Unread]]:
    """Who was there, from a CSV with an address and either two moments or minutes.

    Separated by comma, semicolon or tab; moments without a zone are in the webinar's. Minutes alone count from its
    beginning. Lines that cannot be read come back with the reason; nothing is lost silently.
    """
    header, rows = _table_of(text)
    if not rows:
        return [], [Unread(1, text[:80], "no_header")]
    where = {name: _column(header, names) for name, names in _COLUMNS.items()}
    told: list[Told] = []
    unread: list[Unread] = []
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        found = _told(row, where, zone=ZoneInfo(zone), starts_at=starts_at)
        if isinstance(found, Told):
            told.append(found)
        else:
            unread.append(Unread(number, ", ".join(row)[:80], found))
    return told, unread


_COLUMNS = {"email": _EMAIL, "joined": _JOINED, "left": _LEFT, "minutes": _MINUTES}


def _table_of(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header and the numbered rows below it; providers write a title or two above."""
    lines = text.lstrip("\ufeff").splitlines()[: MOST_ROWS + 50]
    for number, line in enumerate(lines):
        for separator in (",", ";", "\t"):
            cells = [_plain(cell) for cell in line.split(separator)]
            if _column(cells, _EMAIL) is not None and len(cells) > 1:
                reader = csv.reader(io.StringIO("\n".join(lines[number + 1 :])), delimiter=separator)
                return cells, [(number + 2 + index, row) for index, row in enumerate(_rows_of(reader))]
    return [], []


def _rows_of(reader: object) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        rows.extend(row for row in reader)  # type: ignore[attr-defined]
    except csv.Error:
        rows.append(["", ""])
    return rows[:MOST_ROWS]


def _plain(cell: str) -> str:
    return re.sub(r"[\s_-]+", " ", cell.strip().strip('"').lower()).strip()


def _column(header: Sequence[str], names: Sequence[str]) -> int | None:
    for name in names:
        if name in header:
            return header.index(name)
    return None


def _told(row: list[str], where: dict[str, int | None], *, zone: ZoneInfo, starts_at: datetime) -> Told | str:
    email = _cell(row, where["email"]).lower()
    if not re.fullmatch(r"[^@\s]{1,64}@[^@\s]{1,180}", email):
        return "no_address"
    joined, left = _moment(_cell(row, where["joined"]), zone), _moment(_cell(row, where["left"]), zone)
    if any(moment and abs(moment - starts_at) > A_DAY for moment in (joined, left)):
        return "other_day"
    if joined and left:
        return Told(email, joined, left) if left >= joined else "left_first"
    minutes = re.match(r"\d{1,4}", _cell(row, where["minutes"]))
    if minutes is None:
        return "no_time"
    began = joined or starts_at
    return Told(email, began, began + timedelta(minutes=int(minutes.group())))


def _cell(row: list[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def _moment(text: str, zone: ZoneInfo) -> datetime | None:
    for form in _MOMENTS:
        try:
            found = datetime.strptime(text.replace("Z", "+0000"), form)  # noqa: DTZ007 - the zone follows
        except ValueError:
            continue
        return found if found.tzinfo else found.replace(tzinfo=zone)
    return None


def is_of_that_day(one: Told, *, starts_at: datetime) -> bool:
    """Whether a line is about this webinar at all: moments with a zone, near its beginning, in order."""
    moments = (one.joined_at, one.left_at)
    return (
        all(moment.tzinfo is not None and abs(moment - starts_at) <= A_DAY for moment in moments)
        and one.left_at >= one.joined_at
    )


def signature_of(body: bytes, *, moment: str, key: str) -> str:
    """What signs a message of the provider: HMAC-SHA256 over its moment and body. Source: RFC 2104."""
    return hmac.new(key.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def is_signed_by(signature: str, body: bytes, *, moment: str, key: str, at: datetime) -> bool:
    """Whether a message is genuine and of these five minutes; without a key nothing is believed."""
    if not key or not moment.isascii() or not moment.isdigit() or len(moment) > 12:
        return False
    if abs(at.timestamp() - int(moment)) > OLDEST.total_seconds():
        return False
    return hmac.compare_digest(
        signature_of(body, moment=moment, key=key).encode(), signature.encode("utf-8", "replace")
    )
