"""The engine without any package: SQLite's FTS5, good to about 10,000 documents.

It finds the same documents as the embedded engine and counts them the same; it ranks by its own BM25, in which a
repeated word or a synonym weighs as much as any other.
"""

# ruff: noqa: S608 - the statements are made of our own parts; every value goes beside them

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from landbridge.algorithms.matching import words
from landbridge.algorithms.matching.question import Group, Reading
from landbridge.algorithms.matching.spelling import Vocabulary, WordList
from landbridge.foundation.search.engine import Document, Filters, Hits
from landbridge.foundation.search.folder import IndexFolder

KIND = "fts5a"
FILE = "index.sqlite3"
TITLE_WEIGHT = 0.3

_TABLES = """
CREATE VIRTUAL TABLE searched USING fts5(title, body, exact, tokenize = "unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE known USING fts5vocab(searched, col);
CREATE TABLE document (id INTEGER PRIMARY KEY, boost REAL NOT NULL);
CREATE TABLE facet (name TEXT, value TEXT, id INTEGER, PRIMARY KEY (name, value, id)) WITHOUT ROWID;
CREATE INDEX facet_of ON facet (id);
CREATE TABLE stamp (number INTEGER NOT NULL);
INSERT INTO stamp VALUES (1);
"""
_SCORE = f"-bm25(searched, {TITLE_WEIGHT}, 1.0, 0.0)"


class Fts5Engine:
    """An index in a folder. Safe to use from several threads and processes."""

    def __init__(self, root: Path) -> None:
        self.folder = IndexFolder(root, kind=KIND)
        self._local = threading.local()

    # ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def put(self, documents: Iterable[Document]) -> int:
        """Add or replace; found by every process when this returns."""
        with self.folder.writing():
            version = self.folder.current()
            return self._build(documents) if version is None else _write(version, documents)

    def remove(self, ids: Iterable[int]) -> None:
        """Forget documents."""
        with self.folder.writing():
            version = self.folder.current()
            if version is not None:
                with _changing(version) as connection:
                    for one in ids:
                        _forget(connection, one)

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Make the index anew, then put it in the place of the old one."""
        with self.folder.writing():
            return self._build(documents)

    def _build(self, documents: Iterable[Document]) -> int:
        version = self.folder.new_version()
        with contextlib.closing(sqlite3.connect(version / FILE)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_TABLES)
        number = _write(version, documents)
        self.folder.switch_to(version)
        return number

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
        connection = self._connection()
        if connection is None:
            return Hits(facets={name: {} for name in facets})
        matched = _match(reading, every=every)
        refused = _refused(reading)
        filters, unless = filters or {}, unless or {}
        found, values = _found(matched, refused, filters, unless)
        page = connection.execute(
            f"SELECT id, score * boost FROM ({found}) ORDER BY score * boost DESC, boost DESC, id LIMIT ? OFFSET ?",
            [*values, limit, offset],
        ).fetchall()
        (total,) = connection.execute(f"SELECT count(*) FROM ({found})", values).fetchone()
        counts = {}
        for name in facets:
            others = {one: chosen for one, chosen in filters.items() if one != name}
            found, values = _found(matched, refused, others, unless)
            counts[name] = dict(
                connection.execute(
                    f"SELECT value, count(*) FROM facet WHERE name = ? AND id IN (SELECT id FROM ({found}))"
                    " GROUP BY value ORDER BY 2 DESC, 1",
                    [name, *values],
                ).fetchall()
            )
        return Hits(
            ids=tuple(one for one, _score in page),
            scores=tuple(score for _one, score in page),
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
        connection = self._connection()
        if connection is None or not (reading.groups or reading.phrases):
            return Hits()
        matched, refused = _match(reading, every=False), _refused(reading)
        found, values = _found(matched, refused, filters or {}, unless or {})
        rows = connection.execute(
            f"SELECT id, score FROM ({found}) ORDER BY score DESC, id LIMIT ?", [*values, limit]
        ).fetchall()
        ids, scores = tuple(one for one, _score in rows), tuple(score for _one, score in rows)
        return Hits(ids=ids, scores=scores, total=len(rows))

    def ids(self, *, filters: Filters | None = None, unless: Filters | None = None) -> npt.NDArray[np.int64]:
        """All numbers with these facets."""
        connection = self._connection()
        if connection is None:
            return np.zeros(0, dtype=np.int64)
        found, values = _found("", "", filters or {}, unless or {})
        rows = connection.execute(f"SELECT id FROM ({found}) ORDER BY id", values)
        return np.fromiter((one for (one,) in rows), dtype=np.int64)

    def vocabulary(self) -> Vocabulary:
        """The words of the index."""
        return _Words(self)

    def stamp(self) -> str:
        """The version in use and how often it changed."""
        version, connection = self.folder.current(), self._connection()
        if version is None or connection is None:
            return ""
        (number,) = connection.execute("SELECT number FROM stamp").fetchone()
        return f"{version.name}:{number}"

    def count(self) -> int:
        """How many documents there are."""
        connection = self._connection()
        return (
            0
            if connection is None
            else int(connection.execute("SELECT count(*) FROM document").fetchone()[0])
        )

    def frequency(self, stem: str) -> int:
        """How many documents use this stem."""
        connection = self._connection()
        if connection is None:
            return 0
        row = connection.execute("SELECT doc FROM known WHERE term = ? AND col = 'body'", [stem]).fetchone()
        return int(row[0]) if row else 0

    def word_list(self) -> WordList:
        """All words of the index for spelling; made anew after each change."""
        stamp, connection = self.stamp(), self._connection()
        if getattr(self._local, "list_for", None) != stamp:
            rows = connection.execute("SELECT term, doc FROM known WHERE col = 'exact'") if connection else ()
            self._local.list, self._local.list_for = WordList(rows), stamp
        found: WordList = self._local.list
        return found

    def _connection(self) -> sqlite3.Connection | None:
        """This thread's connection to the version in use."""
        version = self.folder.current()
        if version is None:
            return None
        if getattr(self._local, "version", None) != version:
            self._local.connection = sqlite3.connect(version / FILE, timeout=20)
            self._local.version = version
        found: sqlite3.Connection = self._local.connection
        return found


class _Words:
    def __init__(self, searched: Fts5Engine) -> None:
        self._searched = searched

    def count(self, stem: str) -> int:
        return self._searched.frequency(stem)

    def nearest(self, word: str) -> str:
        return self._searched.word_list().nearest(word)


@contextlib.contextmanager
def _changing(version: Path) -> Iterator[sqlite3.Connection]:
    """One transaction, which also turns the stamp."""
    with contextlib.closing(sqlite3.connect(version / FILE, timeout=20)) as connection, connection:
        yield connection
        connection.execute("UPDATE stamp SET number = number + 1")


def _write(version: Path, documents: Iterable[Document]) -> int:
    number = 0
    with _changing(version) as connection:
        for document in documents:
            _forget(connection, document.id)
            parts = (document.title, document.text, *document.items)
            connection.execute(
                "INSERT INTO searched (rowid, title, body, exact) VALUES (?, ?, ?, ?)",
                [
                    document.id,
                    " ".join(words.index_stems(document.title)),
                    " ".join(stem for part in parts for stem in words.index_stems(part)),
                    # A word that nobody can ask for, so that no phrase reaches from one part into the next
                    " zzzz0 ".join(" ".join(words.exact(part)) for part in parts),
                ],
            )
            boost = min(max(document.boost, 0.5), 1.0)
            connection.execute("INSERT INTO document (id, boost) VALUES (?, ?)", [document.id, boost])
            connection.executemany(
                "INSERT OR IGNORE INTO facet (name, value, id) VALUES (?, ?, ?)",
                [(name, value, document.id) for name, values in document.facets.items() for value in values],
            )
            number += 1
    return number


def _forget(connection: sqlite3.Connection, one: int) -> None:
    connection.execute("DELETE FROM searched WHERE rowid = ?", [one])
    connection.execute("DELETE FROM facet WHERE id = ?", [one])
    connection.execute("DELETE FROM document WHERE id = ?", [one])


def _found(matched: str, refused: str, filters: Filters, unless: Filters) -> tuple[str, list[str]]:
    """The hits as a SELECT of id, boost and score, and the values of its places."""
    values: list[str] = []
    if matched:
        select = (
            f"SELECT d.id, d.boost, {_SCORE} AS score FROM searched JOIN document d ON d.id = searched.rowid"
        )
        where = ["searched MATCH ?"]
        values.append(matched)
    else:
        select, where = "SELECT d.id, d.boost, 0.0 AS score FROM document d", ["1"]
    if refused:
        where.append("d.id NOT IN (SELECT rowid FROM searched WHERE searched MATCH ?)")
        values.append(refused)
    for wanted, chosen in (("IN", filters), ("NOT IN", unless)):
        for name, options in chosen.items():
            if options:
                places = ", ".join("?" * len(options))
                where.append(f"d.id {wanted} (SELECT id FROM facet WHERE name = ? AND value IN ({places}))")
                values += [name, *sorted(options)]
    return f"{select} WHERE {' AND '.join(where)}", values


def _match(reading: Reading, *, every: bool) -> str:
    """What must match, in the language of FTS5; words are letters and digits alone, and quoted."""
    groups = [_ways(group, every=every) for group in reading.groups]
    parts = [f"{{title body}} : ({(' AND ' if every else ' OR ').join(groups)})"] if groups else []
    parts += [f'exact : "{" ".join(phrase)}"' for phrase in reading.phrases]
    return " AND ".join(f"({part})" for part in parts)


def _refused(reading: Reading) -> str:
    parts = [f"body : {_ways(group, every=True)}" for group in reading.excluded]
    parts += [f'exact : "{" ".join(phrase)}"' for phrase in reading.excluded_phrases]
    return " OR ".join(f"({part})" for part in parts)


def _ways(group: Group, *, every: bool) -> str:
    own, *others = group.ways
    tied = " AND " if every else " OR "
    ways = [f"({tied.join(map(_quoted, own.stems))})"]
    ways += [f"({' AND '.join(map(_quoted, way.stems))})" for way in others]
    return f"({' OR '.join(ways)})"


def _quoted(stem: str) -> str:
    return f'"{stem}"'
