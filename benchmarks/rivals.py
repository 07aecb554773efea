"""What search is compared with: the same documents in an index as each engine makes it by default."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from landbridge.foundation.search.engine import Document

Answer = Callable[[str], Sequence[int]]
MOST = 100  # documents that an answer holds
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Rival:
    """A system that answers; `by_clock` where its work is done in another process, whose time is not ours."""

    name: str
    answer: Answer
    by_clock: bool = False


def text_of(document: Document) -> str:
    """Everything in it, as one text."""
    return "\n".join([document.title, document.text, *document.items])


def plain_bm25(documents: Sequence[Document], folder: Path) -> Rival:
    """The engine tantivy as it comes: its default analyser (small letters, no stems, no stop words), any word may be there."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", fast=True)
    builder.add_text_field("text")
    path = folder / "plain"
    path.mkdir()
    index = tantivy.Index(builder.build(), path=str(path))
    writer = index.writer(num_threads=1)
    for document in documents:
        row = tantivy.Document()
        row.add_unsigned("id", document.id)
        row.add_text("text", text_of(document))
        writer.add_document(row)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def answer(text: str) -> Sequence[int]:
        query = index.parse_query(" ".join(WORD.findall(text.lower())), ["text"])
        found = searcher.search(query, limit=MOST, count=False)
        return [int(one or 0) for one in searcher.fast_field_values("id", [place for _, place in found.hits])]

    return Rival("plain BM25 (tantivy's default)", answer)


def sqlite_fts5(documents: Sequence[Document], folder: Path) -> Rival:
    """SQLite's FTS5 with its stemmer (porter) and bm25; any word may be there."""
    connection = sqlite3.connect(folder / "fts5.sqlite3")
    connection.execute("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize = 'porter unicode61')")
    with connection:
        connection.executemany(
            "INSERT INTO texts (rowid, text) VALUES (?, ?)",
            ((document.id, text_of(document)) for document in documents),
        )

    def answer(text: str) -> Sequence[int]:
        asked = " OR ".join(f'"{word}"' for word in dict.fromkeys(WORD.findall(text.lower())))
        rows = connection.execute(
            "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?", [asked, MOST]
        )
        return [one for (one,) in rows]

    return Rival("SQLite FTS5 (porter, bm25)", answer)


@contextlib.contextmanager
def postgresql(documents: Sequence[Document]) -> Iterator[list[Rival]]:
    """PostgreSQL's full text with a GIN index: `ts_rank` over any word, and `plainto_tsquery`, which wants every word.

    Raises `tests.databases.NoServer` where there is no server to be had.
    """
    import psycopg

    from benchmarks.ledger_stress import created_on
    from tests.databases import postgresql as a_server

    with (
        a_server() as server,
        created_on(server.url) as url,
        psycopg.connect(url, autocommit=True) as connection,
    ):
        connection.execute("CREATE TABLE texts (id bigint PRIMARY KEY, words tsvector NOT NULL)")
        with connection.cursor() as cursor, connection.transaction():
            cursor.executemany(
                "INSERT INTO texts VALUES (%s, to_tsvector('english', %s))",
                ((document.id, text_of(document)) for document in documents),
            )
        connection.execute("CREATE INDEX ON texts USING gin (words)")
        connection.execute("ANALYZE texts")
        any_word = "replace(plainto_tsquery('english', %(text)s)::text, '&', '|')::tsquery"

        def asked(query: str) -> Answer:
            statement = (
                f"SELECT id FROM texts, (SELECT {query} AS q) AS asked WHERE words @@ q"
                f" ORDER BY ts_rank(words, q) DESC, id LIMIT {MOST}"
            )
            return lambda text: [one for (one,) in connection.execute(statement, {"text": text})]

        yield [
            Rival("PostgreSQL ts_rank, any word", asked(any_word), by_clock=True),
            Rival("PostgreSQL plainto_tsquery", asked("plainto_tsquery('english', %(text)s)"), by_clock=True),
        ]
