"""The vectors of all documents in files that processes share: a base that is mapped into memory, and a list of what
changed since. A cache: `rebuild` makes it anew. What a crash leaves half-written is not read.
"""

from __future__ import annotations

import fcntl
import json
import logging
import mmap
import os
import secrets
import shutil
import struct
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from landbridge.foundation.search.scan import (
    WIDTH,
    Floats,
    Nearest,
    Numbers,
    Shelf,
    best,
    in_eight_bits,
)

Rows = tuple[npt.NDArray[np.int8], Floats]  # items in 8 bits, and the step of each
Row = tuple[int, Floats]  # a document's number, and its items' vectors

WEIGHTS = (1.0, 0.25, 0.1)  # of a document's best items
CURRENT = "vectors.json"
RECORD = struct.Struct(
    "<qIII"
)  # a change: document, number of items (0: removed), checksum of the rest, and of these
MOST_CHANGES = 0.1  # of the base; then both are written as a new base
FREE_CHANGES = 4_000_000  # octets of changes that never are too many

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Base:
    """What the small file that names the base says of it."""

    generation: str = ""
    documents: int = 0
    items: int = 0

    @property
    def blocks(self) -> int:
        return -(-self.items // WIDTH)

    def size(self, dimensions: int) -> int:
        return self.blocks * WIDTH * dimensions + 8 * (2 * self.documents + 1) + 8 * self.items


@dataclass(frozen=True, slots=True)
class State:
    """All that a process has read, at one stamp. Never changed: a newer one takes its place."""

    base: Base
    shelf: Shelf
    read: int = 0  # octets of the list of changes
    changes: dict[int, Rows] = field(default_factory=dict)
    changed: Shelf | None = None
    kept: npt.NDArray[np.bool_] | None = None  # which documents of the base still hold; None: all


class Vectors:
    """The vectors of one model in a folder. Reading is for many threads and processes; writers wait for each other."""

    def __init__(self, folder: Path, *, model: str, dimensions: int = 384) -> None:
        self.above, self.folder, self.dimensions = folder, folder / model, dimensions
        self._lock = threading.Lock()
        self._state = State(Base(), _empty(dimensions))
        self._none = _nothing(dimensions)
        self._said = False

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

        The scan is exact up to the rounding of question and items to 8 bits (cosines within some .005).
        """
        state = self._fresh()
        shelves = [(state.shelf, _mask(state.shelf, allowed, state.kept))]
        if state.changed is not None:
            shelves.append((state.changed, _mask(state.changed, allowed, None)))
        return best(shelves, question, limit=limit, weights=weights, also=also)

    def nearest_items(self, ids: Iterable[int], question: Floats) -> Floats:
        """Of each of these documents the item that is nearest to the question, one row each; unknown ones have none."""
        state = self._fresh()
        found = [np.zeros((0, self.dimensions), np.float32)]
        for number in ids:
            places = [] if number in state.changes else np.flatnonzero(state.shelf.ids == number).tolist()
            whole, steps = state.shelf.rows(places[0]) if places else state.changes.get(number, self._none)
            rows = whole * steps[:, np.newaxis]
            found.append(rows[np.argsort(-(rows @ question), kind="stable")[:1]])
        return np.concatenate(found)

    def stamp(self) -> str:
        """A text that is another one after each change, in every process."""
        state = self._fresh()
        return f"{state.base.generation}.{state.read}"

    def count(self) -> int:
        """How many documents have vectors."""
        state = self._fresh()
        kept = len(state.shelf.ids) if state.kept is None else int(np.count_nonzero(state.kept))
        return kept + (len(state.changed.ids) if state.changed else 0)

    def items(self) -> int:
        """How many vectors there are, those replaced since the last rebuild included."""
        state = self._fresh()
        return state.shelf.items + (state.changed.items if state.changed else 0)

    # ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def put(self, rows: Iterable[Row]) -> int:
        """Add or replace documents: each with its items' vectors, one row each. Answers how many."""
        return self._change(
            (number, in_eight_bits(vectors) if len(vectors) else _nothing(self.dimensions))
            for number, vectors in rows
        )

    def remove(self, ids: Iterable[int]) -> None:
        """Forget documents; unknown numbers are nothing special."""
        self._change((number, _nothing(self.dimensions)) for number in ids)

    def rebuild(self, rows: Iterable[Row]) -> int:
        """Write all documents anew, beside what is there, which answers until this is complete. Answers how many.

        Each document once: raises ValueError otherwise, and nothing is changed. What other models left goes.
        """
        with self._writing():
            count = self._write((number, in_eight_bits(vectors)) for number, vectors in rows if len(vectors))
        for other in self.above.iterdir():
            if other != self.folder and (other / CURRENT).exists():
                shutil.rmtree(other, ignore_errors=True)
        return count

    def _change(self, changes: Iterable[tuple[int, Rows]]) -> int:
        count = 0
        with self._writing():
            state = self._fresh()
            if not state.base.generation:
                self._write(())
                state = self._fresh()
            with self._path(state.base, "changes").open("r+b") as file:
                file.seek(state.read)
                file.truncate()  # what a crash left half-written
                for number, (whole, steps) in changes:
                    file.write(_record(number, whole, steps))
                    count += 1
                size = file.tell()
            if size > FREE_CHANGES + MOST_CHANGES * state.base.size(self.dimensions):
                self._write(self._everything(self._fresh()))
        return count

    @staticmethod
    def _everything(state: State) -> Iterator[tuple[int, Rows]]:
        for place, number in enumerate(state.shelf.ids.tolist()):
            if state.kept is None or state.kept[place]:
                yield number, state.shelf.rows(place)
        yield from ((number, rows) for number, rows in state.changes.items() if len(rows[0]))

    def _write(self, rows: Iterable[tuple[int, Rows]]) -> int:
        """A new base with an empty list of changes; it holds from the moment in which the small file names it."""
        generation = secrets.token_hex(8)
        path = self._path(Base(generation), "base")
        try:
            with path.open("wb") as file:
                base = _write_base(file, rows, generation=generation, dimensions=self.dimensions)
            self._path(base, "changes").touch()
            unfinished = self.folder / f".{CURRENT}"
            unfinished.write_text(json.dumps(asdict(base)), encoding="utf-8")
            unfinished.replace(self.folder / CURRENT)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        for old in [*self.folder.glob("*.base"), *self.folder.glob("*.changes")]:
            if old.stem != generation:
                old.unlink(missing_ok=True)  # who has it mapped keeps it until they look again
        return base.documents

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One writer at a time, of all processes; the system lets go of the lock if the process dies."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _path(self, base: Base, kind: str) -> Path:
        return self.folder / f"{base.generation}.{kind}"

    # ── What the files say now ───────────────────────────────────────────────────────────────────────────────────────
    def _fresh(self) -> State:
        """What the files say: two questions to the file system where nothing has changed."""
        with self._lock:
            for _ in range(5):  # a base may go between being named and being opened: then another is named
                try:
                    self._state = self._newer(self._state)
                except FileNotFoundError:
                    continue
                break
            else:
                self._damaged()
                self._state = State(Base(), _empty(self.dimensions))
            return self._state

    def _newer(self, state: State) -> State:
        base = self._named()
        if base != state.base:
            state = State(base, self._mapped(base))
        if not base.generation or self._path(base, "changes").stat().st_size <= state.read:
            return state
        with self._path(base, "changes").open("rb") as file:
            file.seek(state.read)
            news, octets = _changes(file.read(), dimensions=self.dimensions)
        if not octets:
            return state
        changes = state.changes | news
        return State(
            base=base,
            shelf=state.shelf,
            read=state.read + octets,
            changes=changes,
            changed=_shelf(
                {number: rows for number, rows in changes.items() if len(rows[0])}, self.dimensions
            ),
            kept=~np.isin(state.shelf.ids, np.fromiter(changes, dtype=np.int64, count=len(changes))),
        )

    def _named(self) -> Base:
        try:
            found = Base(**json.loads((self.folder / CURRENT).read_text(encoding="utf-8")))
            whole = self._path(found, "base").stat().st_size == found.size(self.dimensions)
        except FileNotFoundError:
            if (self.folder / CURRENT).exists():
                raise
            return Base()
        except (ValueError, TypeError):
            whole, found = False, Base()
        if not whole:
            self._damaged()
            return Base()
        return found

    def _damaged(self) -> None:
        if not self._said:
            log.warning("The vectors in %s are damaged; rebuild the index.", self.folder)
        self._said = True

    def _mapped(self, base: Base) -> Shelf:
        """The base as it lies in the file: pages that all processes share, read when they are needed."""
        if not base.items:
            return _empty(self.dimensions)
        with self._path(base, "base").open("rb") as file:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        place = base.blocks * WIDTH * self.dimensions
        ids = np.frombuffer(content, "<i8", base.documents, place)
        starts = np.frombuffer(content, "<i8", base.documents + 1, place + 8 * base.documents)
        place += 8 * (2 * base.documents + 1)
        return Shelf(
            ids=ids,
            starts=starts,
            steps=np.frombuffer(content, "<f4", base.items, place),
            sums=np.frombuffer(content, "<f4", base.items, place + 4 * base.items),
            blocks=np.frombuffer(content, "i1", base.blocks * WIDTH * self.dimensions).reshape(
                -1, self.dimensions, WIDTH
            ),
        )


def _mask(
    shelf: Shelf, allowed: Numbers | None, kept: npt.NDArray[np.bool_] | None
) -> npt.NDArray[np.bool_] | None:
    """Which documents of a shelf may be found."""
    if allowed is None:
        return kept
    mask = np.isin(shelf.ids, allowed)
    return mask if kept is None else mask & kept


def _empty(dimensions: int) -> Shelf:
    return Shelf(
        ids=np.zeros(0, np.int64),
        starts=np.zeros(1, np.int64),
        steps=np.zeros(0, np.float32),
        sums=np.zeros(0, np.float32),
        blocks=np.zeros((0, dimensions, WIDTH), np.int8),
    )


def _nothing(dimensions: int) -> Rows:
    return np.zeros((0, dimensions), np.int8), np.zeros(0, np.float32)


# ── The base ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def _write_base(
    file: BinaryIO, rows: Iterable[tuple[int, Rows]], *, generation: str, dimensions: int
) -> Base:
    """Blocks as they fill up, then numbers, starts, steps and sums. All of it on the disk when this returns."""
    ids: list[int] = []
    starts, steps, sums = [0], [np.zeros(0, np.float32)], [np.zeros(0, np.float32)]
    block, filled = np.zeros((WIDTH, dimensions), np.int8), 0
    for number, (whole, step) in rows:
        ids.append(number)
        starts.append(starts[-1] + len(whole))
        steps.append(step)
        sums.append(whole.sum(axis=1, dtype=np.int32).astype(np.float32))
        for row in whole:
            block[filled] = row
            filled += 1
            if filled == WIDTH:
                file.write(np.ascontiguousarray(block.T).tobytes())
                block, filled = np.zeros((WIDTH, dimensions), np.int8), 0
    if len(set(ids)) != len(ids):
        raise ValueError("A document came twice.")
    if filled:
        file.write(np.ascontiguousarray(block.T).tobytes())
    file.write(np.array(ids, "<i8").tobytes())
    file.write(np.array(starts, "<i8").tobytes())
    file.write(np.concatenate(steps).astype("<f4").tobytes())
    file.write(np.concatenate(sums).astype("<f4").tobytes())
    file.flush()
    os.fsync(file.fileno())
    return Base(generation=generation, documents=len(ids), items=starts[-1])


# ── The list of changes ──────────────────────────────────────────────────────────────────────────────────────────────
def _record(number: int, whole: npt.NDArray[np.int8], steps: Floats) -> bytes:
    content = whole.tobytes() + steps.astype("<f4").tobytes()
    return _head(number, len(whole), zlib.crc32(content)) + content


def _head(number: int, items: int, checksum: int) -> bytes:
    return RECORD.pack(number, items, checksum, zlib.crc32(struct.pack("<qII", number, items, checksum)))


def _changes(content: bytes, *, dimensions: int) -> tuple[dict[int, Rows], int]:
    """The changes as far as they are whole, the latest of each document, and how many octets that is."""
    found: dict[int, Rows] = {}
    place = 0
    while place + RECORD.size <= len(content):
        number, items, checksum, _ = RECORD.unpack_from(content, place)
        end = place + RECORD.size + items * (dimensions + 4)
        body = content[place + RECORD.size : end]
        if (
            content[place : place + RECORD.size] != _head(number, items, checksum)
            or end > len(content)
            or zlib.crc32(body) != checksum
        ):
            break
        whole = np.frombuffer(body, "i1", items * dimensions).reshape(items, dimensions)
        found[number] = (whole, np.frombuffer(body, "<f4", items, items * dimensions))
        place = end
    return found, place


def _shelf(changes: dict[int, Rows], dimensions: int) -> Shelf | None:
    """Changed documents laid out as the base is."""
    if not changes:
        return None
    whole = np.concatenate([rows for rows, _ in changes.values()])
    blocks = np.zeros((-(-len(whole) // WIDTH) * WIDTH, dimensions), np.int8)
    blocks[: len(whole)] = whole
    return Shelf(
        ids=np.fromiter(changes, dtype=np.int64, count=len(changes)),
        starts=np.cumsum([0, *(len(rows) for rows, _ in changes.values())], dtype=np.int64),
        steps=np.concatenate([steps for _, steps in changes.values()]),
        sums=whole.sum(axis=1, dtype=np.int32).astype(np.float32),
        blocks=np.ascontiguousarray(blocks.reshape(-1, WIDTH, dimensions).transpose(0, 2, 1)),
    )
