"""What stands behind a frozen figure: rows packed small, canonical text, hashes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from landbridge.indicators.rules.figures import Row

# A number within words: "more than 400", "around 1000000", "1,240.50".
_NUMBER = re.compile(r"-?\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")


def packed(rows: Iterable[Row]) -> dict[str, list[Any]]:
    """By table, the id of each row in ascending order; with its share where that is not one."""
    by_table: dict[str, list[tuple[int, str]]] = {}
    for row in rows:
        by_table.setdefault(row.table, []).append((row.pk, _plain(row.share)))
    return {
        table: [pk if share == "1" else [pk, share] for pk, share in sorted(found)]
        for table, found in sorted(by_table.items())
    }


def canonical(value: object) -> str:
    """The one text of a JSON value: keys sorted, no spaces, UTF-8 as it is. After RFC 8785, for texts and integers."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256_of(value: object) -> str:
    """The SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def sha256_of_rows(rows: dict[str, list[Any]]) -> str:
    """The SHA-256 of packed rows."""
    return sha256_of(rows)


def number_in(said: str) -> Decimal | None:
    """The one number in what somebody published; None where there is none, or more than one."""
    found = _NUMBER.findall(said)
    if len(found) != 1:
        return None
    return Decimal(re.sub("[ ,]", "", found[0]))


def _plain(share: Decimal) -> str:
    """The shortest text of a number: no exponent, no zeros behind it."""
    text = format(share, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
