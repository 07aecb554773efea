"""Contacts as address books read them (vCard 4.0, RFC 6350)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_LINE = 75  # octets, without the end of the line


@dataclass(frozen=True, slots=True)
class Card:
    """One person. What is empty is left out."""

    uid: str
    name: str
    organisation: str = ""
    job_title: str = ""
    email: str = ""
    telephone: str = ""
    website: str = ""
    note: str = ""


def vcards(cards: Iterable[Card]) -> bytes:
    """All of them, one after the other."""
    return "".join(
        f"{folded}\r\n" for card in cards for line in _lines(card) for folded in _folded(line)
    ).encode()


def _lines(card: Card) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield f"UID:{_escaped(card.uid)}"
    yield f"FN:{_escaped(card.name)}"
    for name, value in (
        ("ORG", card.organisation),
        ("TITLE", card.job_title),
        ("EMAIL", card.email),
        ("TEL", card.telephone),
        ("URL", card.website),
        ("NOTE", card.note),
    ):
        if value:
            yield f"{name}:{_escaped(value)}"
    yield "END:VCARD"


def _escaped(text: str) -> str:
    one_line = text.replace("\\", "\\\\").replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return one_line.replace(",", "\\,").replace(";", "\\;")


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets, never parting one letter; what goes on begins with a space."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LONGEST_LINE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part
