"""Words of a vocabulary: the product's own list, and those of files that an operator imports."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from landbridge.foundation.problems import N_, Problem

OWN = Path(__file__).parent.parent / "competences.json"
LONGEST_TERM = 120
LONGEST_KEY = 80
# The vocabularies that an operator may import: under which licence, and how their words are named.
LICENCES = {
    "edam": "EDAM topics, CC BY-SA 4.0, edamontology.org",
    "euroscivoc": "EuroSciVoc, © European Union, CC BY 4.0, op.europa.eu",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One term with its other spellings; `broader` is the key of what it stands under."""

    key: str
    name: str
    names: Mapping[str, str] = field(default_factory=dict)
    synonyms: tuple[str, ...] = ()
    broader: str = ""
    vocabulary: str = "landbridge"
    identifier: str = ""


def key_of(name: str) -> str:
    """A key for addresses and files: small letters, digits and dashes, without accents."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_KEY].strip("-") or "term"


def own_words() -> list[Word]:
    """The product's own short list."""
    rows = json.loads(OWN.read_text(encoding="utf-8"))
    return [
        Word(
            key=key_of(row["name"]),
            name=row["name"],
            names=row.get("names", {}),
            synonyms=tuple(row.get("synonyms", ())),
            broader=key_of(row["broader"]) if row.get("broader") else "",
        )
        for row in rows
    ]


def words_of_file(lines: Iterable[str]) -> list[Word]:
    """The terms of EDAM's topics or of EuroSciVoc, a JSON object on each line.

    EDAM gives `id`, `label`, `synonyms`, `parents`; EuroSciVoc `code`, `label`, `parent`. Raises ValueError for lines
    that are neither.
    """
    words = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                row = json.loads(line)
                words.append(_edam(row) if "id" in row else _euroscivoc(row))
            except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
                raise ValueError(f"Line {number} is no term of EDAM or EuroSciVoc.") from error
    return words


def _edam(row: Mapping[str, Any]) -> Word:
    parents = [parent for parent in row.get("parents", []) if "edamontology.org" in parent]
    return Word(
        key=_edam_key(row["id"]),
        name=row["label"][:LONGEST_TERM],
        synonyms=tuple(row.get("synonyms", ())),
        broader=_edam_key(parents[0]) if parents else "",
        vocabulary="edam",
        identifier=row["id"],
    )


def _edam_key(address: str) -> str:
    return "edam-" + key_of(address.rpartition("/")[2])


def _euroscivoc(row: Mapping[str, Any]) -> Word:
    parent = row.get("parent")
    return Word(
        key=_euroscivoc_key(row["code"]),
        name=row["label"][:LONGEST_TERM],
        broader=_euroscivoc_key(parent) if parent else "",
        vocabulary="euroscivoc",
        identifier=row["code"],
    )


def _euroscivoc_key(code: str) -> str:
    return ("euroscivoc" + code.replace("/", "-"))[:LONGEST_KEY]


def problems_with_term(name: str) -> Iterator[Problem]:
    """A proposed term is a name: neither empty nor a sentence."""
    tidy = " ".join(name.split())
    if len(tidy) < 2:
        yield Problem(code="no_term", message=N_("The term is missing."), field="name")
    elif len(tidy) > LONGEST_TERM:
        yield Problem(
            code="long_term",
            message=N_("A term has at most %(longest)s characters."),
            cure=N_("Propose a name, not a description."),
            field="name",
            params={"longest": LONGEST_TERM},
        )
