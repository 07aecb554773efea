"""Which documents come nearest to a question: every item is looked at, in 8 bits, at some 20 µs for a thousand items.

Items lie in blocks of dimensions × items, as the runtime's product of one row with a matrix reads them: in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from landbridge.foundation.search.export.onnx_file import Graph
from landbridge.foundation.search.meaning import session

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]

WIDTH = 4096  # items of a block: its sums stay in the processor's first cache
SAMPLED = 17  # of so many items one is looked at for a guess; an odd number, since many documents have two
LIKELY = 4  # times as many items as documents are wanted


@dataclass(frozen=True, slots=True)
class Shelf:
    """Documents with their items, in memory or in a file mapped into it. Items of a document lie side by side."""

    ids: Numbers  # of the documents
    starts: Numbers  # the first item of each document, and at the end the number of items
    steps: Floats  # of each item: what 1 in its 8 bits is worth
    sums: Floats  # of each item: the sum of its 8-bit numbers
    blocks: npt.NDArray[np.int8]  # blocks × dimensions × WIDTH; filled up with zeros

    @property
    def items(self) -> int:
        return len(self.steps)

    def rows(self, document: int) -> tuple[npt.NDArray[np.int8], Floats]:
        """The items of the document at this place, and their steps."""
        places = np.arange(self.starts[document], self.starts[document + 1])
        return self.blocks[places // WIDTH, :, places % WIDTH], self.steps[places]


@dataclass(frozen=True, slots=True)
class Nearest:
    """The documents that come nearest, best first: their numbers, scores, and the place of each one's best item."""

    ids: Numbers
    scores: Floats
    items: Numbers


def in_eight_bits(rows: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Whole numbers of -127 to 127 and the step of each row: `whole * step` is nearly the row."""
    largest = np.abs(rows).max(axis=1)
    steps = np.where(largest == 0, 1, largest / 127).astype(np.float32)
    return np.rint(rows / steps[:, np.newaxis]).astype(np.int8), steps


def nearness(shelf: Shelf, question: Floats) -> Floats:
    """The product of the question with each item: the cosine where both have length one."""
    if not shelf.items:
        return np.zeros(0, dtype=np.float32)
    running, middle = _product()
    step = float(np.abs(question).max()) / (middle - 1) or 1.0
    row = (np.rint(question / step) + middle).astype(np.uint8).reshape(1, 1, -1)
    found: Floats = (
        running.run(None, {"row": row, "blocks": shelf.blocks})[0]
        .reshape(-1)[: shelf.items]
        .astype(np.float32)
    )
    found -= shelf.sums * middle
    found *= shelf.steps
    found *= step
    return found


@lru_cache(maxsize=1)
def _product() -> tuple[Any, int]:
    """The runtime's product of a row with blocks, and the number that stands for 0 in the row.

    It is 128; or 64 on a processor without 8-bit dot products, whose sums of two products would overflow at 128.
    """
    graph = Graph("product")
    row = graph.takes("row", kind="uint8", shape=(1, 1, "dimensions"))
    blocks = graph.takes("blocks", kind="int8", shape=("blocks", "dimensions", "items"))
    product = graph.node("MatMulInteger", row, blocks)
    graph.gives(product, name="products", kind="int32", shape=("blocks", 1, "items"))
    running = session(graph.file(), threads=1, careful=False)
    largest = {"row": np.full((1, 1, 64), 255, np.uint8), "blocks": np.full((1, 64, WIDTH), 127, np.int8)}
    right = bool((running.run(None, largest)[0] == 64 * 255 * 127).all())
    return running, 128 if right else 64


def best(
    shelves: Sequence[tuple[Shelf, npt.NDArray[np.bool_] | None]],
    question: Floats,
    *,
    limit: int,
    weights: Sequence[float],
    also: Numbers | None = None,
) -> Nearest:
    """The documents with the highest scores over several shelves, of each only those that its mask allows.

    A document's score is the nearness of its best item, its second best and so on, times the weights (which fall);
    an item that points away from the question counts nothing. Equal scores go by number. Documents named in `also`
    come with their scores, wherever they stand.
    """
    found = [nearness(shelf, question) for shelf, _ in shelves]
    near = np.concatenate(found) if len(found) > 1 else found[0]
    starts, counts, ids = _joined([shelf for shelf, _ in shelves])
    masks = [np.ones(len(shelf.ids), np.bool_) if mask is None else mask for shelf, mask in shelves]
    allowed = None if all(mask is None for _, mask in shelves) else np.concatenate(masks)
    chosen, scores, items = _highest(near, starts, counts, allowed, limit=limit, weights=weights)
    if len(chosen) > limit:
        lowest = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        kept = np.flatnonzero(scores >= lowest)  # more than the limit where the last are equal
        kept = kept[np.lexsort((ids[chosen[kept]], -scores[kept]))[:limit]]
        chosen, scores, items = chosen[kept], scores[kept], items[kept]
    if also is not None:
        wanted = np.isin(ids, also) if allowed is None else np.isin(ids, also) & allowed
        wanted[chosen] = False
        more = np.flatnonzero(wanted)
        more_scores, more_items = scores_of(near, starts[more], counts[more], weights)
        chosen = np.concatenate([chosen, more])
        scores, items = np.concatenate([scores, more_scores]), np.concatenate([items, more_items])
    order = np.lexsort((ids[chosen], -scores))
    return Nearest(ids=ids[chosen[order]], scores=scores[order], items=items[order])


def _highest(
    near: Floats,
    starts: Numbers,
    counts: Numbers,
    allowed: npt.NDArray[np.bool_] | None,
    *,
    limit: int,
    weights: Sequence[float],
) -> tuple[Numbers, Floats, Numbers]:
    """At least the documents with the highest scores, in no order, with score and best item.

    Only documents with an item above a threshold are reckoned: a guess at first, then what no document below it can
    reach the lowest score that is needed.
    """
    number = len(starts) if allowed is None else int(np.count_nonzero(allowed))
    most = sum(weights[: int(counts.max(initial=0))])  # times its best item a document can reach
    wanted = LIKELY * limit * len(near) // max(number, 1)
    threshold = _reached_by(near, wanted)
    while True:
        items = np.flatnonzero(near >= threshold)
        documents = np.searchsorted(starts, items, side="right") - 1
        documents = documents[np.diff(documents, prepend=-1) > 0]
        if allowed is not None:
            documents = documents[allowed[documents]]
        scores, places = scores_of(near, starts[documents], counts[documents], weights)
        if threshold == -np.inf:
            return documents, scores, places
        if len(documents) < limit:
            wanted *= 8
            threshold = _reached_by(near, wanted)
            continue
        needed = float(np.partition(scores, len(scores) - limit)[len(scores) - limit]) / most
        needed *= 1 - 1e-5  # sums of rounded numbers
        if needed >= threshold:
            return documents, scores, places
        threshold = needed if needed > 0 else -np.inf


def _reached_by(near: Floats, wanted: int) -> float:
    """The nearness that about so many items reach, guessed from some of them; without end where nearly all do."""
    some = near[::SAMPLED]
    place = len(some) - wanted // SAMPLED
    return float(np.partition(some, place)[place]) if 0 < place < len(some) else -np.inf


def _joined(shelves: Sequence[Shelf]) -> tuple[Numbers, Numbers, Numbers]:
    """Of all documents together: where their items start, how many there are, and their numbers."""
    if len(shelves) == 1:
        return shelves[0].starts[:-1], np.diff(shelves[0].starts), shelves[0].ids
    offsets = np.cumsum([0, *(shelf.items for shelf in shelves)])
    starts = np.concatenate(
        [shelf.starts[:-1] + offset for shelf, offset in zip(shelves, offsets, strict=False)]
    )
    counts = np.concatenate([np.diff(shelf.starts) for shelf in shelves])
    return starts, counts, np.concatenate([shelf.ids for shelf in shelves])


def scores_of(
    near: Floats, starts: Numbers, counts: Numbers, weights: Sequence[float]
) -> tuple[Floats, Numbers]:
    """The score of each document, and the place of its best item among its own."""
    if not len(starts):
        return np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.int64)
    begins = np.concatenate([[0], np.cumsum(counts)[:-1]])
    which = np.repeat(np.arange(len(starts)), counts)
    within = np.arange(len(which)) - begins[which]
    values = near[starts[which] + within]
    order = np.argsort(
        which * 4.0 - values, kind="stable"
    )  # by document, the best item first: values are within ±1.1
    ranks = np.minimum(within, len(weights))
    falling = np.maximum(values[order], 0) * np.array([*weights, 0.0], dtype=np.float32)[ranks]
    return np.add.reduceat(falling, begins), within[order[begins]]
