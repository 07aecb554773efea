"""What every search engine can do, whichever keeps the index; and the one this installation has chosen.

An index is a cache: all that is in it comes from the database, and `rebuild` makes it anew. Other engines plug in
here: a class with the methods of `Engine`, its name in `ENGINES`, and `LANDBRIDGE_SEARCH` set to that name.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from django.conf import settings

from landbridge.algorithms.matching import question
from landbridge.algorithms.matching.question import NO_SYNONYMS, Reading, Synonyms
from landbridge.algorithms.matching.spelling import Vocabulary

ENGINES = {
    "tantivy": "landbridge.foundation.search.tantivy_engine.TantivyEngine",
    "postgresql": "landbridge.foundation.search.postgres_engine.PostgresEngine",
    "sqlite": "landbridge.foundation.search.fts5_engine.Fts5Engine",
}


Filters = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class Document:
    """What is found, under the number of its row.

    `items` are the parts of which each may answer alone (services, equipment, techniques): they are searched with the
    text, and again one by one for meaning. `facets` are values to filter and count by, several for each name.
    The names of facets are plain words (a to z and _). `boost` from 0.5 to 1 multiplies the score of a search: an
    overdue record ranks lower.
    """

    id: int
    title: str
    text: str = ""
    items: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of what was found, best first (ties by number), and over all of it the exact counts.

    `facets` counts the hits of each value as if no value of the same facet had been chosen yet.
    """

    ids: tuple[int, ...] = ()
    scores: tuple[float, ...] = ()
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Engine(Protocol):
    """An index of documents. Reading is for many processes at once; writers wait for each other."""

    def put(self, documents: Iterable[Document]) -> int:
        """Add or replace documents by their numbers; all are found when this returns. Answers how many."""
        ...

    def remove(self, ids: Iterable[int]) -> None:
        """Forget documents; unknown numbers are nothing special."""
        ...

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Make the index anew beside the old one, which answers until the new one is complete. Answers how many."""
        ...

    def search(
        self,
        reading: Reading,
        *,
        every: bool = True,
        filters: Filters | None = None,
        unless: Filters | None = None,
        facets: Sequence[str] = (),
        limit: int = 20,
        offset: int = 0,
    ) -> Hits:
        """Find documents. `every` word must be there (a search box), or any may (a whole question).

        `filters`: one of the values in each named facet; an empty collection is no filter. `unless`: none of these
        values. An empty reading finds everything, ordered by boost and number.
        """
        ...

    def best(
        self,
        reading: Reading,
        *,
        filters: Filters | None = None,
        unless: Filters | None = None,
        limit: int = 1_000,
    ) -> Hits:
        """The documents that fit a whole question best by its words alone, any of them; not boosted, not counted.

        The lexical half of a match: quick, because documents that cannot come among the best are passed over.
        """
        ...

    def ids(self, *, filters: Filters | None = None, unless: Filters | None = None) -> npt.NDArray[np.int64]:
        """The numbers of all documents with these facets, rising: for a search that goes another way."""
        ...

    def vocabulary(self) -> Vocabulary:
        """The words in the index with the number of documents that use them, for reading questions."""
        ...

    def stamp(self) -> str:
        """A text that is another one after each change, in every process."""
        ...

    def count(self) -> int:
        """How many documents there are."""
        ...


def engine() -> Engine:
    """The engine of this installation: `LANDBRIDGE_SEARCH`, in the folder `LANDBRIDGE_INDEX_DIR`."""
    return engine_at(Path(settings.LANDBRIDGE_INDEX_DIR), name=settings.LANDBRIDGE_SEARCH or available())


def available() -> str:
    """The best engine whose packages are here."""
    return "tantivy" if importlib.util.find_spec("tantivy") else "sqlite"


@lru_cache(maxsize=8)
def engine_at(folder: Path, *, name: str) -> Engine:
    """The engine of this name with its index in this folder; one for each process. Raises ValueError for others."""
    if name not in ENGINES:
        raise ValueError(f"LANDBRIDGE_SEARCH is one of {', '.join(ENGINES)}, not {name!r}.")
    module, made = ENGINES[name].rsplit(".", 1)
    found: Engine = getattr(importlib.import_module(module), made)(folder)
    return found


def reading(
    text: str,
    *,
    searched: Engine,
    synonyms: Synonyms = NO_SYNONYMS,
    literally: Collection[str] = (),
) -> Reading:
    """Read a search box with the words that this index knows; see `question.read`."""
    return question.read(text, vocabulary=searched.vocabulary(), synonyms=synonyms, literally=literally)
