"""The text half of a match: documents by words and by meaning, as one ranking. By words alone where nothing else is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from landbridge.algorithms.matching.fusion import CANDIDATES, fused
from landbridge.algorithms.matching.question import Reading
from landbridge.foundation.search.engine import Engine, Filters

MORE = 4  # times as many are asked for by meaning, to know the nearness of those found by words, too

Numbers = npt.NDArray[np.int64]


class Ranked(Protocol):
    """Documents with their nearness to a question."""

    @property
    def ids(self) -> Numbers: ...

    @property
    def scores(self) -> npt.NDArray[np.float32]: ...


class Near(Protocol):
    """What can tell which documents are near a vector: `vectors.Vectors`."""

    def nearest(
        self, question: npt.NDArray[np.float32], *, limit: int = ..., allowed: Numbers | None = ...
    ) -> Ranked: ...


class Encoding(Protocol):
    """What makes a vector of a text: `meaning.Encoder`."""

    def question(self, text: str) -> npt.NDArray[np.float32]: ...


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

    Facets hold in both halves.
    """
    lexical = searched.best(reading, filters=filters, unless=unless, limit=limit)
    close = None
    if meaning is not None and reading.typed.strip():
        chosen = bool(filters and any(filters.values())) or bool(unless and any(unless.values()))
        allowed = searched.ids(filters=filters, unless=unless) if chosen else None
        vector = meaning.encoder.question(reading.typed)
        nearest = meaning.vectors.nearest(vector, limit=MORE * limit, allowed=allowed)
        candidate = np.isin(nearest.ids, np.array(lexical.ids, dtype=np.int64))
        candidate[:limit] = True
        close = (nearest.ids[candidate], nearest.scores[candidate])
    numbers, scores = fused((lexical.ids, lexical.scores), close)
    return dict(zip(numbers[:limit].tolist(), scores[:limit].tolist(), strict=True))
