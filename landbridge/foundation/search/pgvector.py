"""The vectors of all documents in PostgreSQL, where its extension `vector` is: for many machines with one database.

The same methods as `Vectors`. An index of neighbours (HNSW) answers nearly exactly instead of looking at every item.
The tables are a cache like the folder of the other: no migrations, in no backup, made by the first rebuild.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from landbridge.foundation.search.scan import Floats, Nearest, Numbers, scores_of
from landbridge.foundation.search.vectors import WEIGHTS, Row

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

FEW = 20_000  # documents that are allowed: then all of theirs are looked at, without the index
NEIGHBOURS = 400  # how many the index keeps in sight, at least; more is slower and finds more

MAKE = """
    CREATE TABLE {table} (
        document bigint NOT NULL, item integer NOT NULL, direction vector({dimensions}) NOT NULL,
        PRIMARY KEY (document, item)
    )
"""
NEAR = """
    WITH near AS MATERIALIZED (
        SELECT document FROM search_vectors {where} ORDER BY direction <#> %(question)s::vector LIMIT %(items)s
    )
    SELECT document, item, -(direction <#> %(question)s::vector) FROM search_vectors
    WHERE document IN (SELECT document FROM near) ORDER BY document, item
"""
EVERY = """
    SELECT document, item, -(direction <#> %(question)s::vector) FROM search_vectors
    {where} ORDER BY document, item
"""
BEST_ITEM = """
    SELECT direction::text FROM search_vectors WHERE document = %s ORDER BY direction <#> %s::vector, item LIMIT 1
"""


def available(connection: BaseDatabaseWrapper) -> bool:
    """Whether this database has the extension, or lets us have it."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'")
        return cursor.fetchone() is not None


class PgVectors:
    """The vectors of one model in a database. Each method is one transaction of its own, or part of the caller's."""

    def __init__(self, connection: BaseDatabaseWrapper, *, model: str, dimensions: int = 384) -> None:
        self.connection, self.model, self.dimensions = connection, model, dimensions

    # ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def nearest(
        self,
        question: Floats,
        *,
        limit: int = 1000,
        allowed: Numbers | None = None,
        also: Numbers | None = None,
        weights: Sequence[float] = WEIGHTS,
    ) -> Nearest:
        """The documents nearest to a question, best first; only among those allowed, if any are named.

        Documents named in `also` come with their nearness even where they are not among the nearest.
        """
        with self._cursor() as cursor:
            if not self._is_there(cursor):
                return _none()
            where = "" if allowed is None else "WHERE document = ANY(%(allowed)s)"
            every = allowed is not None and len(allowed) <= FEW
            cursor.execute(f"SET LOCAL hnsw.ef_search = {min(max(limit * 4, NEIGHBOURS), 1000)}")
            cursor.execute("SET LOCAL hnsw.iterative_scan = strict_order")
            cursor.execute(
                (EVERY if every else NEAR).format(where=where),
                {
                    "question": written(question),
                    "items": limit * 2,
                    "allowed": None if allowed is None else allowed.tolist(),
                },
            )
            found = np.array(cursor.fetchall(), dtype=np.float64).reshape(-1, 3)
            close = _ranked(found, limit=limit, weights=weights)
            if also is None:
                return close
            more = np.setdiff1d(also if allowed is None else np.intersect1d(also, allowed), close.ids)
            rows = np.concatenate(
                [found[np.isin(found[:, 0], close.ids)], self._items(cursor, more, question)]
            )
        return _ranked(
            rows[np.lexsort((rows[:, 1], rows[:, 0]))], limit=len(close.ids) + len(more), weights=weights
        )

    def nearest_items(self, ids: Iterable[int], question: Floats) -> Floats:
        """Of each of these documents the item that is nearest to the question, one row each; unknown ones have none."""
        found = [np.zeros((0, self.dimensions), np.float32)]
        with self._cursor() as cursor:
            for number in ids if self._is_there(cursor) else ():
                cursor.execute(BEST_ITEM, [number, written(question)])
                found += [np.array([json.loads(row[0])], np.float32) for row in cursor.fetchall()]
        return np.concatenate(found)

    @staticmethod
    def _items(cursor: CursorWrapper, documents: Numbers, question: Floats) -> npt.NDArray[np.float64]:
        """Document, item and nearness of every item of these documents."""
        cursor.execute(
            EVERY.format(where="WHERE document = ANY(%(allowed)s)"),
            {"question": written(question), "allowed": documents.tolist()},
        )
        return np.array(cursor.fetchall(), dtype=np.float64).reshape(-1, 3)

    def stamp(self) -> str:
        """A text that is another one after each change, in every process."""
        with self._cursor() as cursor:
            return (
                str(self._one(cursor, "SELECT stamp FROM search_vectors_about"))
                if self._is_there(cursor)
                else ""
            )

    def count(self) -> int:
        """How many documents have vectors."""
        with self._cursor() as cursor:
            there = self._is_there(cursor)
            return self._one(cursor, "SELECT count(DISTINCT document) FROM search_vectors") if there else 0

    def items(self) -> int:
        """How many vectors there are."""
        with self._cursor() as cursor:
            return self._one(cursor, "SELECT count(*) FROM search_vectors") if self._is_there(cursor) else 0

    # ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def put(self, rows: Iterable[Row]) -> int:
        """Add or replace documents: each with its items' vectors, one row each. Answers how many."""
        documents = list(rows)
        with self._cursor() as cursor:
            self._prepare(cursor)
            cursor.execute(
                "DELETE FROM search_vectors WHERE document = ANY(%s)", [[number for number, _ in documents]]
            )
            self._copy(cursor, documents, table="search_vectors")
            self._changed(cursor)
        return len(documents)

    def remove(self, ids: Iterable[int]) -> None:
        """Forget documents; unknown numbers are nothing special."""
        self.put((number, np.zeros((0, self.dimensions), np.float32)) for number in ids)

    def rebuild(self, rows: Iterable[Row]) -> int:
        """Write all documents anew into a table beside the old one, which answers until it is replaced."""
        with self._cursor() as cursor:
            self._prepare(cursor)
            cursor.execute(MAKE.format(table="search_vectors_new", dimensions=self.dimensions))
            count = self._copy(cursor, rows, table="search_vectors_new")
            self._index(cursor, table="search_vectors_new")
            cursor.execute("ANALYZE search_vectors_new")
            cursor.execute("DROP TABLE search_vectors")
            cursor.execute("ALTER TABLE search_vectors_new RENAME TO search_vectors")
            self._changed(cursor)
        return count

    def _prepare(self, cursor: CursorWrapper) -> None:
        """One writer at a time, and tables of this model: those of another are emptied."""
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('search_vectors'))")
        if self._is_there(cursor):
            return
        cursor.execute("CREATE EXTENSION IF NOT EXISTS vector")
        cursor.execute("DROP TABLE IF EXISTS search_vectors, search_vectors_about")
        cursor.execute(MAKE.format(table="search_vectors", dimensions=self.dimensions))
        self._index(cursor, table="search_vectors")
        cursor.execute("CREATE TABLE search_vectors_about (model text NOT NULL, stamp bigint NOT NULL)")
        cursor.execute("INSERT INTO search_vectors_about VALUES (%s, 0)", [self.model])

    @staticmethod
    def _index(cursor: CursorWrapper, *, table: str) -> None:
        cursor.execute(f"CREATE INDEX ON {table} USING hnsw (direction vector_ip_ops)")

    @staticmethod
    def _copy(cursor: Any, rows: Iterable[Row], *, table: str) -> int:
        count = 0
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for number, vectors in rows:
                count += 1
                for item, vector in enumerate(vectors):
                    copy.write_row((number, item, written(vector)))
        return count

    @staticmethod
    def _changed(cursor: CursorWrapper) -> None:
        cursor.execute("UPDATE search_vectors_about SET stamp = stamp + 1")

    def _is_there(self, cursor: CursorWrapper) -> bool:
        """Whether there are tables, and of this model."""
        cursor.execute("SELECT to_regclass('search_vectors_about') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return False
        return bool(self._one(cursor, "SELECT model FROM search_vectors_about") == self.model)

    @staticmethod
    def _one(cursor: CursorWrapper, question: str) -> Any:
        cursor.execute(question)
        return cursor.fetchone()[0]

    @contextmanager
    def _cursor(self) -> Iterator[CursorWrapper]:
        with transaction.atomic(using=self.connection.alias), self.connection.cursor() as cursor:
            yield cursor


def written(vector: Floats) -> str:
    """A vector as the extension reads it."""
    return f"[{','.join(format(value, '.6g') for value in vector.tolist())}]"


def _ranked(found: npt.NDArray[np.float64], *, limit: int, weights: Sequence[float]) -> Nearest:
    """Rows of document, item and nearness, sorted by the first two: the documents by their best items."""
    if not len(found):
        return _none()
    documents = found[:, 0].astype(np.int64)
    starts = np.flatnonzero(np.diff(documents, prepend=documents[0] - 1))
    counts = np.diff([*starts, len(documents)])
    scores, places = scores_of(found[:, 2].astype(np.float32), starts, counts, weights)
    order = np.lexsort((documents[starts], -scores))[:limit]
    return Nearest(ids=documents[starts][order], scores=scores[order], items=places[order])


def _none() -> Nearest:
    return Nearest(ids=np.zeros(0, np.int64), scores=np.zeros(0, np.float32), items=np.zeros(0, np.int64))
