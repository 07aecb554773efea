"""The embedded engine: tantivy, with ranking by BM25 and counts of facets from its columns.

One schema for every document: `body` holds the stems of title, text and items; `title` the stems of the title again;
`exact` the words in their order, for phrases and spelling; `facets` the values, in columns.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt
import tantivy

from landbridge.algorithms.matching import words
from landbridge.algorithms.matching.question import EMPTY, Reading
from landbridge.algorithms.matching.spelling import NOTHING_KNOWN, Vocabulary, WordList
from landbridge.foundation.search.engine import Document, Filters, Hits
from landbridge.foundation.search.folder import IndexFolder
from landbridge.foundation.search.tantivy_query import BODY, EXACT, Asking

KIND = "tantivy7a"  # tantivy's own format, and ours; another one is built anew beside it
MOST_VALUES = 10_000  # of one facet that are counted
MORE = 64  # hits read beyond a page, to order equal scores by number
HEAP = 64_000_000  # octets for a rebuild
MOST_KEPT = 32  # choices of facets whose numbers are kept
MOST_READ = 16_384  # of their documents in one go, or an eighth of all
MOST_COUNTS = 20_000  # stems whose counts are kept
MOST_COMMON = 0.5  # share of the documents that may have a word of a long question, for it to count
SMALL_HEAP = 15_000_000  # octets for a few documents


def schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    builder.add_text_field(BODY, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field(EXACT, tokenizer_name="whitespace", index_option="position")
    builder.add_json_field("facets", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_float_field("boost", fast=True)
    builder.add_unsigned_field("place", fast=True)
    return builder.build()


_SCHEMA = schema()
_Key = tuple[tuple[str, tuple[str, ...]], ...]


class TantivyEngine:
    """An index in a folder. Safe to use from several threads and processes."""

    def __init__(self, root: Path) -> None:
        self.folder = IndexFolder(root, kind=KIND)
        self._opening = threading.Lock()
        self._open: _Open | None = None
        self._list: WordList | None = None
        self._list_for = 0
        self._changes = 0

    # ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def put(self, documents: Iterable[Document]) -> int:
        """Add or replace; found by every process when this returns."""
        with self.folder.writing():
            version = self.folder.current()
            if version is None:
                return self._build(documents)
            writer = tantivy.Index.open(str(version)).writer(heap_size=SMALL_HEAP, num_threads=1)
            number = 0
            for document in documents:
                _forget(writer, document.id)
                writer.add_document(_row(document))
                number += 1
            _finish(writer)
            return number

    def remove(self, ids: Iterable[int]) -> None:
        """Forget documents."""
        with self.folder.writing():
            version = self.folder.current()
            if version is None:
                return
            writer = tantivy.Index.open(str(version)).writer(heap_size=SMALL_HEAP, num_threads=1)
            for one in ids:
                _forget(writer, one)
            _finish(writer)

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Make the index anew, then put it in the place of the old one."""
        with self.folder.writing():
            return self._build(documents)

    def _build(self, documents: Iterable[Document]) -> int:
        version = self.folder.new_version()
        index = tantivy.Index(_SCHEMA, path=str(version))
        writer = index.writer(heap_size=HEAP, num_threads=1)
        number = 0
        for document in documents:
            writer.add_document(_row(document))
            number += 1
        _finish(writer)
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
        opened = self._opened()
        if opened is None:
            return Hits(facets={name: {} for name in facets})
        asking = Asking(opened.schema, reading, every=every, unless=unless or {})
        query = asking.query(filters or {})
        if reading.groups or reading.phrases:
            found = opened.searcher.search(query, limit=offset + limit + MORE, weight_by_field="boost")
            ids, scores = _ordered(opened.searcher, found.hits)
        else:
            found = opened.searcher.search(
                query, limit=offset + limit, order_by_field="place", order=tantivy.Order.Asc
            )
            ids = np.array(_ids_of(opened.searcher, found.hits), dtype=np.int64)
            scores = np.zeros(ids.size)
        return Hits(
            ids=tuple(ids[offset : offset + limit].tolist()),
            scores=tuple((scores[offset : offset + limit] / 2).tolist()),
            total=found.count,  # type: ignore[attr-defined]  # the stub forgets it
            facets=_counts(opened.searcher, asking, filters or {}, facets),
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
        opened = self._opened()
        if opened is None or not (reading.groups or reading.phrases):
            return Hits()
        asking = Asking(opened.schema, _telling(reading, opened), every=False, unless=unless or {})
        found = opened.searcher.search(asking.query(filters or {}), limit=limit, count=False)
        ids, scores = _ordered(opened.searcher, found.hits)
        return Hits(ids=tuple(ids.tolist()), scores=tuple(scores.tolist()), total=ids.size)

    def ids(self, *, filters: Filters | None = None, unless: Filters | None = None) -> npt.NDArray[np.int64]:
        """All numbers with these facets; kept for as long as the index does not change."""
        opened = self._opened()
        if opened is None:
            return np.zeros(0, dtype=np.int64)
        key = (_key(filters or {}), _key(unless or {}))
        if key not in opened.ids and len(opened.ids) < MOST_KEPT:
            opened.ids[key] = self._ids(opened, filters or {}, unless or {})
        return opened.ids[key] if key in opened.ids else self._ids(opened, filters or {}, unless or {})

    @staticmethod
    def _ids(opened: _Open, filters: Filters, unless: Filters) -> npt.NDArray[np.int64]:
        query = Asking(opened.schema, EMPTY, every=True, unless=unless).query(filters)
        number, found = opened.searcher.num_docs, [np.zeros(0, dtype=np.int64)]
        size = max(MOST_READ, number // 8)  # a hit takes 150 octets while it is read, its number 8
        for start in range(0, number, size):
            hits = opened.searcher.search(query, limit=size, offset=start, count=False).hits
            found.append(np.array(_ids_of(opened.searcher, hits), dtype=np.int64))
            if len(hits) < size:
                break
        return np.sort(np.concatenate(found))

    def vocabulary(self) -> Vocabulary:
        """The words of the index. The list for spelling is made when first needed and again after many changes."""
        opened = self._opened()
        return NOTHING_KNOWN if opened is None else _Words(self, opened)

    def stamp(self) -> str:
        """The version in use and the identity of its newest commit."""
        version = self.folder.current()
        return "" if version is None else _stamp(version)

    def count(self) -> int:
        """How many documents there are."""
        opened = self._opened()
        return opened.searcher.num_docs if opened else 0

    def word_list(self) -> WordList:
        """All words of the index for spelling; up to one hundredth of the documents may have changed since."""
        opened = self._opened()
        number = opened.searcher.num_docs if opened else 0
        if self._list is None or self._changes - self._list_for > number // 100:
            self._list_for = self._changes
            self._list = WordList(opened.searcher.terms_with_prefix(EXACT, "") if opened else ())
        return self._list

    def _opened(self) -> _Open | None:
        """The newest commit of the version in use. A version that goes while it is opened is looked for once more."""
        for _time in range(2):
            version = self.folder.current()
            if version is None:
                return None
            try:
                stamp = _stamp(version)
                opened = self._open
                if opened is None or opened.stamp != stamp:
                    with self._opening:
                        opened = self._open = _Open.of(version, stamp=stamp, before=self._open)
                        self._changes += 1
            except (OSError, ValueError):
                continue
            return opened
        return None


class _Open:
    """One commit of one version, ready to be searched."""

    def __init__(self, index: tantivy.Index, version: Path, stamp: str) -> None:
        self.index, self.version, self.stamp = index, version, stamp
        self.schema = index.schema
        self.searcher = index.searcher()
        self.ids: dict[tuple[_Key, _Key], npt.NDArray[np.int64]] = {}
        self._counts: dict[str, int] = {}

    def count(self, stem: str) -> int:
        """Documents with a stem; kept for the next question."""
        found = self._counts.get(stem)
        if found is None:
            if len(self._counts) >= MOST_COUNTS:
                self._counts.clear()
            found = self._counts[stem] = self.searcher.doc_freq(BODY, stem)
        return found

    @classmethod
    def of(cls, version: Path, *, stamp: str, before: _Open | None) -> _Open:
        if before is not None and before.stamp == stamp:
            return before
        if before is not None and before.version == version:
            before.index.reload()
            return cls(before.index, version, stamp)
        return cls(tantivy.Index.open(str(version)), version, stamp)


class _Words:
    """The words of one commit."""

    def __init__(self, searched: TantivyEngine, opened: _Open) -> None:
        self._searched, self._opened = searched, opened

    def count(self, stem: str) -> int:
        return self._opened.count(stem)

    def nearest(self, word: str) -> str:
        return self._searched.word_list().nearest(word)


def _telling(reading: Reading, opened: _Open) -> Reading:
    """A long question without the words that most documents have: they rank next to nothing, and take the longest."""
    if reading.is_short:
        return reading
    most = opened.searcher.num_docs * MOST_COMMON
    telling = tuple(
        group
        for group in reading.groups
        if len(group.ways) > 1 or len(group.ways[0].stems) > 1 or opened.count(group.ways[0].stems[0]) <= most
    )
    return replace(reading, groups=telling) if telling else reading


def _ordered(
    searcher: tantivy.Searcher, hits: Sequence[tuple[float, tantivy.DocAddress]]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """The numbers of hits and their scores, the highest first, ties by number."""
    scores = np.array([score for score, _address in hits], dtype=np.float64)
    ids = np.array(_ids_of(searcher, hits), dtype=np.int64)
    order = np.lexsort((ids, -scores))
    return ids[order], scores[order]


def _ids_of(searcher: tantivy.Searcher, hits: Sequence[tuple[object, tantivy.DocAddress]]) -> list[int]:
    numbers = searcher.fast_field_values("id", [address for _score, address in hits])
    return cast("list[int]", numbers)


def _key(filters: Filters) -> _Key:
    return tuple(sorted((name, tuple(sorted(values))) for name, values in filters.items() if values))


def _stamp(version: Path) -> str:
    """The index replaces `meta.json` in one piece with each commit."""
    meta = (version / "meta.json").stat()
    return f"{version.name}:{meta.st_ino}:{meta.st_mtime_ns}"


def _forget(writer: tantivy.IndexWriter, number: int) -> None:
    # By query: asked to delete by a number's term, tantivy-py looks for a signed number, and these are not.
    writer.delete_documents_by_query(tantivy.Query.term_query(_SCHEMA, "id", number))


def _finish(writer: tantivy.IndexWriter) -> None:
    writer.commit()
    writer.wait_merging_threads()


def _row(document: Document) -> tantivy.Document:
    row = tantivy.Document()
    row.add_unsigned("id", document.id)
    parts = (document.title, document.text, *document.items)
    row.add_text(BODY, " ".join(stem for part in parts for stem in words.index_stems(part)))
    row.add_text("title", " ".join(words.index_stems(document.title)))
    # A stop between the parts, so that no phrase reaches from one into the next
    row.add_text(EXACT, " | ".join(" ".join(words.exact(part)) for part in parts))
    row.add_json("facets", json.dumps({name: list(values) for name, values in document.facets.items()}))
    boost = min(max(document.boost, 0.5), 1.0)
    row.add_float("boost", 2 ** (2 * boost) - 2)  # tantivy multiplies by log2(2 + value)
    row.add_unsigned("place", round((1 - boost) * 1_000) << 48 | document.id)
    return row


def _counts(
    searcher: tantivy.Searcher, asking: Asking, filters: Filters, facets: Collection[str]
) -> Mapping[str, Mapping[str, int]]:
    """How many hits have each value, each facet as if nothing had been chosen of it."""
    chosen = [name for name in facets if filters.get(name)]
    together = [name for name in facets if name not in chosen]
    found: dict[str, Mapping[str, int]] = {}
    for names, without in [(together, ""), *(([name], name) for name in chosen)]:
        if names:
            rest = {name: values for name, values in filters.items() if name != without}
            wanted = {
                name: {"terms": {"field": f"facets.{name}", "size": MOST_VALUES, "segment_size": MOST_VALUES}}
                for name in names
            }
            answer = searcher.aggregate(asking.query(rest), wanted)
            found |= {name: _buckets(answer[name]) for name in names}
    return {name: found[name] for name in facets}


def _buckets(answer: Mapping[str, list[dict[str, object]]]) -> dict[str, int]:
    counted = [(str(bucket["key"]), int(str(bucket["doc_count"]))) for bucket in answer["buckets"]]
    return dict(sorted(counted, key=lambda one: (-one[1], one[0])))
