"""Two rankings made one: by words and by meaning, each scaled for the question."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]

CANDIDATES = 1_000  # of each ranking
WORDS = 0.5  # what the words weigh, meaning weighs the rest: best on the dev parts of the judged collections,
FEW_WORDS = 0.4  # and of short questions


def fused(
    lexical: tuple[npt.ArrayLike, npt.ArrayLike],
    dense: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
    *,
    words: float = WORDS,
) -> tuple[Numbers, Scores]:
    """Both rankings (numbers and scores, each number once) as one, best first, from 0 to 1; ties by number.

    Each is scaled from 0 to 1 over all candidates of the question, and weighs the less the more it scatters there:
    the order is that of standard scores. Where a ranking does not know a candidate, it is as bad as the worst it
    knows, and by words as bad as one without any of them. Without `dense`, words alone count.
    """
    numbers, scores = _arrays(lexical)
    if dense is None:
        return _ordered(numbers, scaled(scores, lowest=0.0))
    close_numbers, close_scores = _arrays(dense)
    every = np.sort(np.concatenate([numbers, close_numbers]))
    every = every[np.diff(every, prepend=every[:1] - 1) > 0]
    by_words = scaled(_spread(every, numbers, scores, missing=0.0), lowest=0.0)
    worst = float(close_scores.min()) if close_scores.size else 0.0
    by_meaning = scaled(_spread(every, close_numbers, close_scores, missing=worst))
    share = _share(by_words, by_meaning, words=words)
    return _ordered(every, share * by_words + (1 - share) * by_meaning)


def scaled(scores: Scores, *, lowest: float | None = None) -> Scores:
    """From 0 for the lowest to 1 for the highest; all 0 where they do not differ from the lowest."""
    if not scores.size:
        return scores
    bottom = float(scores.min()) if lowest is None else lowest
    width = float(scores.max()) - bottom
    return (scores - bottom) / width if width > 0 else np.zeros_like(scores)


def _share(by_words: Scores, by_meaning: Scores, *, words: float) -> float:
    """What the words weigh when both have been brought to the same scatter; one that says nothing changes nothing."""
    scatter, other = (float(scores.std()) if scores.size else 0.0 for scores in (by_words, by_meaning))
    if not (scatter and other):
        return words
    return words * other / (words * other + (1 - words) * scatter)


def _spread(every: Numbers, numbers: Numbers, scores: Scores, *, missing: float) -> Scores:
    spread = np.full(every.size, missing)
    spread[np.searchsorted(every, numbers)] = scores
    return spread


def _ordered(numbers: Numbers, scores: Scores) -> tuple[Numbers, Scores]:
    order = np.lexsort((numbers, -scores))
    return numbers[order], scores[order]


def _arrays(ranking: tuple[npt.ArrayLike, npt.ArrayLike]) -> tuple[Numbers, Scores]:
    return np.asarray(ranking[0], dtype=np.int64), np.asarray(ranking[1], dtype=np.float64)
