"""A place in the order of changes, as a word that a program keeps and sends back."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import UTC, datetime

HIGHEST = 2**63 - 1


def written(moment: datetime, pk: int) -> str:
    """The cursor behind the row with this moment and number."""
    return (
        base64.urlsafe_b64encode(f"{moment.astimezone(UTC).isoformat()} {pk}".encode()).decode().rstrip("=")
    )


def read(cursor: str) -> tuple[datetime, int]:
    """The moment and number behind which a portion begins. Raises ValueError for what was never given out."""
    try:
        text = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode()
        moment, _, pk = text.partition(" ")
        found, number = datetime.fromisoformat(moment), int(pk)
    except (binascii.Error, UnicodeError, OverflowError) as problem:
        raise ValueError(cursor) from problem
    if found.tzinfo is None or not 0 < number <= HIGHEST:
        raise ValueError(cursor)
    return found, number


def after(pk: int) -> str:
    """The cursor behind the row of this number, in lists that are ordered by it."""
    return base64.urlsafe_b64encode(f"#{pk}".encode()).decode().rstrip("=")


def read_after(cursor: str) -> int:
    """The number behind which a portion begins. Raises ValueError for what was never given out."""
    try:
        text = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, UnicodeError) as problem:
        raise ValueError(cursor) from problem
    if not re.fullmatch(r"#[1-9]\d{0,18}", text, re.ASCII) or int(text[1:]) > HIGHEST:
        raise ValueError(cursor)
    return int(text[1:])
