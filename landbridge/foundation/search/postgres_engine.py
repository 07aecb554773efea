"""The engine of many machines with one database: PostgreSQL's full text over the stems that we make.

It finds the same documents as the embedded engine and counts them the same; `ts_rank` ranks them worse, since it does
not know which words are rare, and slower. The tables are a cache: no migrations, in no backup, made when first needed.
"""

# ruff: noqa: S608 - the statements are made of our own parts; every value goes beside them

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from django.db import connections, transaction

from landbridge.algorithms.matching import words
from landbridge.algorithms.matching.question import Group, Reading
from landbridge.algorithms.matching.spelling import Vocabulary, WordList
from landbridge.foundation.search.engine import Document, Filters, Hits

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

MOST_POSITIONS = 255  # of one word that a tsvector keeps
LAST_POSITION = 16_383  # of a tsvector
MAKE = """
CREATE TABLE IF NOT EXISTS search_documents (
    id bigint PRIMARY KEY, boost real NOT NULL, words tsvector NOT NULL, exact tsvector NOT NULL, facets text[] NOT NULL
);
CREATE INDEX IF NOT EXISTS search_documents_words ON search_documents USING gin (words);
CREATE INDEX IF NOT EXISTS search_documents_exact ON search_documents USING gin (exact);
CREATE INDEX IF NOT EXISTS search_documents_facets ON search_documents USING gin (facets);
CREATE TABLE IF NOT EXISTS search_stamp (number bigint NOT NULL);
"""
PUT = """
INSERT INTO search_documents (id, boost, words, exact, facets) VALUES (%s, %s, %s::tsvector, %s::tsvector, %s)
ON CONFLICT (id) DO UPDATE SET boost = EXCLUDED.boost, words = EXCLUDED.words, exact = EXCLUDED.exact,
    facets = EXCLUDED.facets
"""
SCORE = "ts_rank('{0.7, 0.7, 0.7, 1.0}', words, %(asked)s::tsquery)"  # words of the text, and of the title


class PostgresEngine:
    """An index in the database that `using` names. Each change is one transaction, or part of the caller's."""

    def __init__(self, root: Path | None = None, *, using: str = "default") -> None:
        """`root` is what engines with a folder take; nothing is kept there."""
        self.using = using
        self._list: WordList | None = None
        self._list_for = ""

    # ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def put(self, documents: Iterable[Document]) -> int:
        """Add or replace; found by all when the transaction ends."""
        with self._changing() as cursor:
            return _write(cursor, documents)

    def remove(self, ids: Iterable[int]) -> None:
        """Forget documents."""
        with self._changing() as cursor:
            cursor.execute("DELETE FROM search_documents WHERE id = ANY(%s)", [list(ids)])

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Make the index anew in one transaction; until it ends, all others find the old one."""
        with self._changing() as cursor:
            cursor.execute("DELETE FROM search_documents")
            return _write(cursor, documents)

    @contextmanager
    def _changing(self) -> Iterator[CursorWrapper]:
        with transaction.atomic(using=self.using), connections[self.using].cursor() as cursor:
            if not _is_there(cursor):
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext('search_documents'))")
                cursor.execute(MAKE)
            cursor.execute("LOCK TABLE search_stamp IN EXCLUSIVE MODE")  # one writer at a time
            cursor.execute("UPDATE search_stamp SET number = number + 1")
            if not cursor.rowcount:
                cursor.execute("INSERT INTO search_stamp VALUES (1)")
            yield cursor

    # ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────────
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
        """One page of hits with exact counts; see `Engine.search`."""
        filters, unless = filters or {}, unless or {}
        where, values = _where(reading, every=every, filters=filters, unless=unless)
        values |= {"limit": limit, "offset": offset}
        with self._asking() as cursor:
            if cursor is None:
                return Hits(facets={name: {} for name in facets})
            score = SCORE if reading.groups else "0"
            cursor.execute(
                f"SELECT id, {score} * boost AS score, count(*) OVER () FROM search_documents WHERE {where}"
                " ORDER BY score DESC, boost DESC, id LIMIT %(limit)s OFFSET %(offset)s",
                values,
            )
            page = cursor.fetchall()
            cursor.execute(f"SELECT count(*) FROM search_documents WHERE {where}", values)
            total = cursor.fetchone()[0]
            counts = {}
            for name in facets:
                rest = {one: chosen for one, chosen in filters.items() if one != name}
                counts[name] = _count(
                    cursor, name, *_where(reading, every=every, filters=rest, unless=unless)
                )
        return Hits(
            ids=tuple(row[0] for row in page),
            scores=tuple(row[1] for row in page),
            total=total,
            facets=counts,
        )

    def best(
        self,
        reading: Reading,
        *,
        filters: Filters | None = None,
        unless: Filters | None = None,
        limit: int = 1_000,
    ) -> Hits:
        """The candidates for a match; see `Engine.best`."""
        where, values = _where(reading, every=False, filters=filters or {}, unless=unless or {})
        with self._asking() as cursor:
            if cursor is None or not (reading.groups or reading.phrases):
                return Hits()
            score = SCORE if reading.groups else "1"
            cursor.execute(
                f"SELECT id, {score} AS score FROM search_documents WHERE {where} ORDER BY score DESC, id"
                " LIMIT %(limit)s",
                {**values, "limit": limit},
            )
            rows = cursor.fetchall()
        return Hits(ids=tuple(row[0] for row in rows), scores=tuple(row[1] for row in rows), total=len(rows))

    def ids(self, *, filters: Filters | None = None, unless: Filters | None = None) -> npt.NDArray[np.int64]:
        """All numbers with these facets."""
        where, values = _where(Reading(), every=True, filters=filters or {}, unless=unless or {})
        return np.array(
            [
                row[0]
                for row in self._rows(f"SELECT id FROM search_documents WHERE {where} ORDER BY id", values)
            ],
            dtype=np.int64,
        )

    def vocabulary(self) -> Vocabulary:
        """The words of the index."""
        return _Words(self)

    def stamp(self) -> str:
        """How often the index changed."""
        return next((str(row[0]) for row in self._rows("SELECT number FROM search_stamp", {})), "")

    def count(self) -> int:
        """How many documents there are."""
        return sum(int(row[0]) for row in self._rows("SELECT count(*) FROM search_documents", {}))

    def frequency(self, stem: str) -> int:
        """How many documents use this stem."""
        statement = "SELECT count(*) FROM search_documents WHERE words @@ %(asked)s::tsquery"
        return sum(int(row[0]) for row in self._rows(statement, {"asked": _quoted(stem)}))

    def word_list(self) -> WordList:
        """All words of the index for spelling; made anew after each change, which takes seconds for many."""
        stamp = self.stamp()
        if self._list is None or self._list_for != stamp:
            statement = "SELECT word, ndoc FROM ts_stat('SELECT exact FROM search_documents')"
            self._list, self._list_for = WordList(self._rows(statement, {})), stamp
        return self._list

    def _rows(self, statement: str, values: Mapping[str, Any]) -> list[Any]:
        with self._asking() as cursor:
            if cursor is None:
                return []
            cursor.execute(statement, values)
            found: list[Any] = cursor.fetchall()
            return found

    @contextmanager
    def _asking(self) -> Iterator[CursorWrapper | None]:
        with connections[self.using].cursor() as cursor:
            yield cursor if _is_there(cursor) else None


class _Words:
    def __init__(self, searched: PostgresEngine) -> None:
        self._searched = searched

    def count(self, stem: str) -> int:
        return self._searched.frequency(stem)

    def nearest(self, word: str) -> str:
        return self._searched.word_list().nearest(word)


def _is_there(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT to_regclass('search_documents') IS NOT NULL")
    return bool(cursor.fetchone()[0])


def _write(cursor: CursorWrapper, documents: Iterable[Document]) -> int:
    number = 0
    for document in documents:
        parts = (document.title, document.text, *document.items)
        titled = words.index_stems(document.title)
        told = [stem for part in parts[1:] for stem in words.index_stems(part)]
        exact = [word for part in parts for word in [*words.exact(part), ""]]  # a gap between the parts
        facets = [f"{name}={value}" for name, values in document.facets.items() for value in values]
        boost = min(max(document.boost, 0.5), 1.0)
        vector = _vector([*((stem, "A") for stem in titled), *((stem, "") for stem in told)])
        cursor.execute(PUT, [document.id, boost, vector, _vector((word, "") for word in exact), facets])
        number += 1
    return number


def _vector(labelled: Iterable[tuple[str, str]]) -> str:
    """Words in their order, with a label each, as PostgreSQL writes a tsvector."""
    places: dict[str, list[str]] = {}
    for place, (word, label) in enumerate(labelled, start=1):
        known = places.setdefault(word, [])
        if len(known) < MOST_POSITIONS and place <= LAST_POSITION:
            known.append(f"{place}{label}")
    places.pop("", None)
    return " ".join(
        f"{_quoted(word)}:{','.join(known)}" if known else _quoted(word) for word, known in places.items()
    )


def _count(cursor: CursorWrapper, name: str, where: str, values: Mapping[str, Any]) -> dict[str, int]:
    cursor.execute(
        "SELECT facet, count(*) FROM search_documents, unnest(facets) AS facet"
        f" WHERE starts_with(facet, %(prefix)s) AND {where} GROUP BY facet ORDER BY 2 DESC, 1",
        {**values, "prefix": f"{name}="},
    )
    return {facet.split("=", 1)[1]: number for facet, number in cursor.fetchall()}


def _where(reading: Reading, *, every: bool, filters: Filters, unless: Filters) -> tuple[str, dict[str, Any]]:
    parts, values = ["true"], dict[str, Any]()
    for name, condition, asked in (
        ("asked", "words @@ %(asked)s::tsquery", _groups(reading.groups, every=every)),
        ("phrases", "exact @@ %(phrases)s::tsquery", " & ".join(map(_phrase, reading.phrases))),
        ("refused", "NOT words @@ %(refused)s::tsquery", _groups(reading.excluded, every=False)),
        ("unsaid", "NOT exact @@ %(unsaid)s::tsquery", " | ".join(map(_phrase, reading.excluded_phrases))),
    ):
        if asked:
            parts.append(condition)
            values[name] = asked
    for sign, chosen in (("", filters), ("NOT ", unless)):
        for name, options in chosen.items():
            if options:
                key = f"facets{len(values)}"
                parts.append(f"{sign}facets && %({key})s")
                values[key] = [f"{name}={value}" for value in options]
    return " AND ".join(parts), values


def _groups(groups: Iterable[Group], *, every: bool) -> str:
    return (" & " if every else " | ").join(_ways(group, every=every) for group in groups)


def _ways(group: Group, *, every: bool) -> str:
    own, *others = group.ways
    tied = " & " if every else " | "
    ways = [tied.join(map(_quoted, own.stems)), *(" & ".join(map(_quoted, way.stems)) for way in others)]
    return f"({' | '.join(f'({way})' for way in ways)})"


def _phrase(said: Sequence[str]) -> str:
    return f"({' <-> '.join(map(_quoted, said))})"


def _quoted(word: str) -> str:
    """Words are letters and digits alone; still, nothing of them can end the quotation."""
    return "'" + word.replace("\\", "").replace("'", "") + "'"
