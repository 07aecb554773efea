"""Which competences a text speaks of: their names and synonyms found in it, whatever the spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_PHRASE = 6  # words of a competence's name that are looked for together
SHORTEST_NAME = 3  # letters; shorter names would be found in anything
MOST_PROPOSED = 8


@dataclass(frozen=True, slots=True)
class Term:
    """A competence with everything it is called."""

    pk: int
    name: str
    also: tuple[str, ...] = ()


def proposed(text: str, *, terms: Iterable[Term], most: int = MOST_PROPOSED) -> list[Term]:
    """The competences whose name or synonym stands in the text, in the order in which they come up.

    RNA-Seq, RNAseq and "RNA seq" are the same; so are accented and plain letters, singular and plural.
    """
    places = _phrases(text)
    found = []
    for term in terms:
        where = [places[name] for name in map(squeezed, (term.name, *term.also)) if name in places]
        if where:
            found.append((min(where), term))
    return [term for _, term in sorted(found, key=lambda pair: (pair[0], pair[1].name))[:most]]


def looked_up(words: str, *, terms: Iterable[Term], most: int = MOST_PROPOSED) -> list[Term]:
    """The competences in whose names these words stand, those that begin with them first."""
    wanted = squeezed(words)
    if not wanted:
        return []
    ranked = []
    for term in terms:
        names = [squeezed(name) for name in (term.name, *term.also)]
        if any(wanted in name for name in names):
            ranked.append((not any(name.startswith(wanted) for name in names), term.name, term))
    return [term for _, _, term in sorted(ranked, key=lambda row: row[:2])[:most]]


def squeezed(name: str) -> str:
    """A name as it is compared: plain small letters and digits, no gaps, no plural."""
    return _singular("".join(_words(name)))


def _phrases(text: str) -> dict[str, int]:
    """Every run of up to six words, squeezed, with the place where it comes first."""
    words = _words(text)
    places: dict[str, int] = {}
    for start in range(len(words)):
        for length in range(1, LONGEST_PHRASE + 1):
            phrase = _singular("".join(words[start : start + length]))
            if len(phrase) >= SHORTEST_NAME:
                places.setdefault(phrase, start)
    return places


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[^\W_]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def _singular(name: str) -> str:
    return name[:-1] if name.endswith("s") and len(name) > SHORTEST_NAME + 1 else name
