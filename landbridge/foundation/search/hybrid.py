"""The text half of a match: documents by words and by meaning, as one ranking. By words alone where nothing else is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from landbridge.algorithms.matching.fusion import CANDIDATES, FEW_WORDS, WORDS, fused
from landbridge.algorithms.matching.question import Reading
from landbridge.foundation.search.engine import Engine, Filters

HEADED = 20  # groups of a question above which its heading is encoded, too; in less, it is in sight anyway
HEADING = 0.3  # what the heading weighs beside the whole
SUBJECT = 3  # groups of a question that only names a subject: the best of what it finds says more of it
BEST = 3  # documents that say more,
MORE = 0.5  # and what they weigh beside the question

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


class Ranked(Protocol):
    """Documents with their nearness to a question."""

    @property
    def ids(self) -> Numbers: ...

    @property
    def scores(self) -> Floats: ...


class Near(Protocol):
    """What can tell which documents are near a vector: `vectors.Vectors`."""

    def nearest(
        self, question: Floats, *, limit: int = ..., allowed: Numbers | None = ..., also: Numbers | None = ...
    ) -> Ranked: ...

    def nearest_items(self, ids: Iterable[int], question: Floats) -> Floats: ...


class Encoding(Protocol):
    """What makes a vector of a text: `meaning.Encoder`."""

    def question(self, text: str) -> Floats: ...


@dataclass(frozen=True, slots=True)
class Meaning:
    """Both halves of search by meaning; they belong to the same model."""

    encoder: Encoding
    vectors: Near


def ranked(
    reading: Reading,
    *,
    searched: Engine,
    meaning: Meaning | None = None,
    filters: Filters | None = None,
    unless: Filters | None = None,
    limit: int = CANDIDATES,
) -> dict[int, float]:
    """The best documents for a whole question with a score from 0 to 1 each, best first.

    Facets hold in both halves. A question that only names a subject is asked twice, the second time with what is
    nearest to it among the best.
    """
    lexical = searched.best(reading, filters=filters, unless=unless, limit=limit)
    by_words = np.array(lexical.ids, dtype=np.int64), np.array(lexical.scores, dtype=np.float64)
    if meaning is None or not reading.typed.strip():
        numbers, scores = fused(by_words)
    else:
        vectors = meaning.vectors
        chosen = bool(filters and any(filters.values())) or bool(unless and any(unless.values()))
        allowed = searched.ids(filters=filters, unless=unless) if chosen else None

        def both(question: Floats) -> tuple[Numbers, npt.NDArray[np.float64]]:
            close = vectors.nearest(question, limit=limit, allowed=allowed, also=by_words[0])
            words = FEW_WORDS if reading.is_short else WORDS
            return fused(by_words, (close.ids, close.scores), words=words)

        question = _vector(reading, meaning.encoder)
        numbers, scores = both(question)
        if 0 < len(reading.groups) <= SUBJECT:
            numbers, scores = both(
                _fuller(question, vectors.nearest_items(numbers[:BEST].tolist(), question))
            )
    return dict(zip(numbers[:limit].tolist(), scores[:limit].tolist(), strict=True))


def _vector(reading: Reading, encoder: Encoding) -> Floats:
    whole = encoder.question(reading.typed)
    if not reading.heading or len(reading.groups) <= HEADED:
        return whole
    return _of_length_one((1 - HEADING) * whole + HEADING * encoder.question(reading.heading))


def _fuller(question: Floats, best: Floats) -> Floats:
    """The question, moved towards these items; the first weighs most."""
    if not len(best):
        return question
    falling = 1 / np.log2(np.arange(2, len(best) + 2, dtype=np.float32))
    towards = _of_length_one(np.asarray(falling @ best, dtype=np.float32))
    return _of_length_one(np.asarray(question + MORE * towards, dtype=np.float32))


def _of_length_one(vector: Floats) -> Floats:
    length = float(np.linalg.norm(vector))
    return np.asarray(vector / length if length else vector, dtype=np.float32)
