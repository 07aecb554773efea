"""Invented catalogue records for measuring scale: real names and terms, put together by chance from a seed.

A record bears the name of a real organisation (of `ror-active`, numbered when there are more records than names) and two
to four items; an item is one or two terms of the bundled vocabularies with words around them. Terms are drawn by
Zipf's law, so that a few are on very many records, as in life. Nothing of it says anything about the organisation.
"""

from __future__ import annotations

import gzip
import itertools
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.judged import folder
from landbridge.foundation.search.engine import Document

AROUND = (
    "We offer {one} and {two} with advice on samples, from a pilot to a series, with a report in four weeks.",
    "Instrument for {one}; training on site, remote support for {two} and help with the analysis of data.",
    "Contract research on {one} for companies, in a team that has worked on {two} for many years.",
    "Characterisation of materials and cells by {one}, with controls, validated methods and {two}.",
)
EVERYDAY = "we need a partner who can help us to find out whether our new product works for"
HEADING = 7  # words of a question's first sentence
FACETS: dict[str, tuple[Sequence[str], int]] = {  # values, and how many of them a record has at most
    "region": ([f"region-{number}" for number in range(10)], 1),
    "country": (["BE", "DE", "FR", "GB", "IE", "LU", "NL", "DK"], 1),
    "kind": (["facility", "service", "equipment", "expert"], 1),
    "access": (["physical", "remote", "sample", "virtual", "exchange", "training", "contract"], 3),
    "certificate": (["GLP", "GMP", "GCP", "ISO 13485", "ISO 15189", "ISO 17025"], 2),
    "language": (["de", "en", "fr", "nl", "da"], 3),
    "voucher": (["yes", "no"], 1),
    "freshness": (["confirmed", "due", "overdue"], 1),
}


@dataclass(frozen=True, slots=True)
class Sources:
    """Names and terms, as found in the folder of data."""

    names: Sequence[str]
    terms: Sequence[str]


def sources() -> Sources | None:
    """From the folder of data; None where it is not there."""
    ror, vocabularies = folder("ror-active"), folder("vocabularies")
    if ror is None or vocabularies is None:
        return None
    names = [_name(row) for row in _rows(ror / "organisations.jsonl.gz")]
    terms = [
        _name(row)
        for name in ("edam-topics", "euroscivoc-terms")
        for row in _rows(vocabularies / f"{name}.jsonl.gz")
    ]
    return Sources(names=names, terms=list(dict.fromkeys(term for term in terms if term)))


def documents(number: int, *, found: Sources, seed: int) -> Iterator[Document]:
    """So many records, always the same for a seed."""
    chance = random.Random(seed)
    terms = list(found.terms)
    chance.shuffle(terms)
    weights = list(itertools.accumulate(1 / place for place in range(1, len(terms) + 1)))
    for one in range(1, number + 1):
        name = found.names[one % len(found.names)]
        again = one // len(found.names)
        drawn = chance.choices(terms, cum_weights=weights, k=8)
        items = tuple(
            chance.choice(AROUND).format(one=drawn[2 * place], two=drawn[2 * place + 1])
            for place in range(chance.randint(2, 4))
        )
        facets = {
            facet: tuple(chance.sample(values, chance.randint(1, most)))
            for facet, (values, most) in FACETS.items()
        }
        boost = 0.8 if "overdue" in facets["freshness"] else 1.0
        yield Document(
            id=one, title=f"{name} {again}" if again else name, items=items, facets=facets, boost=boost
        )


def boxes(number: int, *, found: Sources, seed: int) -> list[str]:
    """What people type into the search box: one or two terms, one time in ten with a mistake."""
    chance = random.Random(seed)
    asked = [" ".join(chance.sample(list(found.terms), chance.randint(1, 2))) for _ in range(number)]
    return [_misspelt(text, chance) if chance.random() < 0.1 else text for text in asked]


def questions(number: int, *, words: int, found: Sources, seed: int) -> list[str]:
    """Whole questions of so many words: a heading, then terms with words of every day between them."""
    chance = random.Random(seed)
    everyday = list(dict.fromkeys(EVERYDAY.split()))
    made = []
    for _ in range(number):
        text: list[str] = []
        while len(text) < words:
            text += [*chance.choice(found.terms).split(), *chance.sample(everyday, 3)]
        heading, rest = text[:HEADING], text[HEADING:words]
        made.append(f"{' '.join(heading)}. {' '.join(rest)}")
    return made


def _misspelt(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text))
    return text[:place] + text[place + 1 :]


def _rows(path: object) -> Iterator[dict[str, object]]:
    with gzip.open(str(path), "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _name(row: dict[str, object]) -> str:
    value = row.get("name") or row.get("label") or row.get("title") or row.get("prefLabel") or ""
    return str(value).strip()
