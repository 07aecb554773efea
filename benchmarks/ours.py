"""Landbridge's own search as the measurements use it: by words, and by words and meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.rivals import MOST, Rival
from landbridge.algorithms.matching import question
from landbridge.foundation.search import hybrid
from landbridge.foundation.search.engine import Document
from landbridge.foundation.search.meaning import FILE, Encoder
from landbridge.foundation.search.tantivy_engine import TantivyEngine
from landbridge.foundation.search.vectors import Vectors

TOGETHER = 256  # texts that are encoded in one go


def lexical(documents: Sequence[Document], folder: Path) -> tuple[TantivyEngine, Rival]:
    """The embedded engine with these documents."""
    engine = TantivyEngine(folder / "index")
    engine.rebuild(documents)

    def answer(text: str) -> Sequence[int]:
        reading = question.read_prose(text, vocabulary=engine.vocabulary())
        return list(hybrid.ranked(reading, searched=engine))[:MOST]

    return engine, Rival("Landbridge, words", answer)


def with_meaning(
    documents: Sequence[Document], folder: Path, *, engine: TantivyEngine, model: Path
) -> Rival | None:
    """Words and meaning; None where the model is missing. Vectors that are in the folder already are used again."""
    if not (model / FILE).exists():
        return None
    encoder = Encoder(model / FILE)
    vectors = Vectors(folder / "vectors", model=encoder.name, dimensions=encoder.dimensions)
    if vectors.count() != len(documents):
        vectors.rebuild(encoded(documents, encoder))
    meaning = hybrid.Meaning(encoder=encoder, vectors=vectors)

    def answer(text: str) -> Sequence[int]:
        reading = question.read_prose(text, vocabulary=engine.vocabulary())
        return list(hybrid.ranked(reading, searched=engine, meaning=meaning))[:MOST]

    return Rival("Landbridge, words and meaning", answer)


def encoded(
    documents: Sequence[Document], encoder: Encoder
) -> Iterator[tuple[int, np.ndarray[tuple[int, int], np.dtype[np.float32]]]]:
    """Each document with the vectors of its items; where it has none, of its whole text and of its title."""
    for start in range(0, len(documents), TOGETHER):
        some = documents[start : start + TOGETHER]
        parts = [
            list(document.items or (f"{document.title}. {document.text}", document.title))
            for document in some
        ]
        rows = encoder.encode([part for every in parts for part in every])
        ends = np.cumsum([len(every) for every in parts])
        for document, part in zip(some, np.split(rows, ends[:-1]), strict=True):
            yield document.id, part
