"""JSON: one list, a list under a name, or one object a line; read piece by piece, however large the file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from landbridge.catalogue.reading.row import LIST_FIELDS, LONGEST_ROW, TEXT_FIELDS, Row, Unreadable, made
from landbridge.catalogue.states import Kind
from landbridge.foundation.problems import N_, Problem

PIECE = 256 * 1024
_WRAPPED = re.compile(
    r'\s*\{\s*"(?:items|records|results|data|organisations|organizations|facilities)"\s*:\s*\['
)
_BETWEEN = re.compile(r"[\s,]*")
_NUMBER_NAMES = {"lat": "latitude", "lng": "longitude", "lon": "longitude"}
_OTHER_NAMES = {
    "id": "key", "type": "kind", "organisation": "owner", "organization": "owner", "institution": "owner",
    "city": "town", "url": "website", "email": "contact_email", "manufacturer": "maker", "model": "model_name",
} | _NUMBER_NAMES  # fmt: skip
_KNOWN = LIST_FIELDS | TEXT_FIELDS | {"latitude", "longitude", "identifiers"}


def rows(path: Path) -> Iterator[Row]:
    """Each object as a row, under the names of our fields or common others; what is unknown is not taken."""
    for number, given in enumerate(objects(path), start=1):
        if not isinstance(given, dict):
            yield Row(number, "", "", {}, N_("This is not an object with names and values."))
            continue
        said: dict[str, Any] = {}
        for name, value in given.items():
            said.setdefault(_OTHER_NAMES.get(name.lower(), name.lower()), value)
        owner = said.get("owner")
        if isinstance(owner, dict):
            said |= {
                "owner": owner.get("name"),
                "owner_ror": owner.get("ror"),
                "owner_website": owner.get("website"),
            }
        kind = said.get("kind") or (Kind.FACILITY if said.get("owner") else Kind.ORGANISATION)
        known = {name: value for name, value in said.items() if name in _KNOWN}
        known["identifiers"] = _identifiers(said)
        yield made(number, key=said.get("key", ""), kind=kind, said=known)


def _identifiers(said: dict[str, Any]) -> list[tuple[str, str]]:
    """`{"ror": "…"}`, or a list of `{"scheme": …, "value": …}`."""
    given = said.get("identifiers") or {}
    if isinstance(given, dict):
        pairs = [(str(scheme), str(value)) for scheme, value in given.items()]
    else:
        entries = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
        pairs = [(str(one.get("scheme", "other")), str(one.get("value", ""))) for one in entries]
    return pairs + ([("ror", str(said["ror"]))] if said.get("ror") else [])


def objects(path: Path) -> Iterator[Any]:
    """The entries of the list one after the other; at most a megabyte of the file is held beside them."""
    decoder = json.JSONDecoder()
    try:
        with path.open("r", encoding="utf-8-sig") as file:
            text, at = _begin(file.read(PIECE))
            while True:
                at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # it matches the empty text
                if text[at : at + 1] == "]":
                    return
                entry, end, text = _entry(decoder, file, text, at)
                if end is None:
                    return
                yield entry
                at = end
                if at > PIECE:
                    text, at = text[at:], 0
    except (ValueError, RecursionError):
        raise _broken(0) from None


def _begin(text: str) -> tuple[str, int]:
    """Where the first entry begins."""
    wrapped = _WRAPPED.match(text)
    if wrapped:
        return text, wrapped.end()
    stripped = len(text) - len(text.lstrip())
    return text, stripped + (text[stripped : stripped + 1] == "[")


def _entry(decoder: json.JSONDecoder, file: Any, text: str, at: int) -> tuple[Any, int | None, str]:
    """The entry that begins here, where it ends, and the text read so far; no end where the file ends."""
    want = PIECE
    while True:
        try:
            entry, end = decoder.raw_decode(text, at)
            if end < len(text) or not (more := file.read(PIECE)):
                return entry, end, text
            text = text[at:] + more
            at = 0
            continue
        except json.JSONDecodeError as error:
            more = file.read(want)
            if not more:
                if not text[at:].strip():
                    return None, None, text
                raise _broken(error.pos) from None
            if len(text) - at > LONGEST_ROW:
                raise _too_long() from None
            text, at, want = text[at:] + more, 0, want * 2


def _too_long() -> Unreadable:
    return Unreadable(
        Problem(
            code="row_too_long",
            message=N_("An object of this file does not end within a million characters."),
            cure=N_("Look for a bracket or quotation mark that is opened and never closed."),
            field="file",
        )
    )


def _broken(place: int) -> Unreadable:
    return Unreadable(
        Problem(
            code="not_json",
            message=N_("This file is not valid JSON in UTF-8."),
            cure=N_("Export it again; if it was shortened on the way, fetch it anew."),
            field="file",
            params={"place": place},
        )
    )
