"""Keeping the index in step with the records: each change is a row with a rising number, and the index keeps the
number up to which it has read. What it wrote before a crash is written again; that changes nothing.

Whoever searches reads the few changes that are new first, so that an edit is found at once; a job reads the many.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Max, Q

from landbridge.catalogue.models import Certificate, IndexChange, Record
from landbridge.catalogue.rules.freshness import DAYS_OF_NOTICE, freshness
from landbridge.catalogue.search.documents import documents, meanings, public_numbers
from landbridge.catalogue.states import S
from landbridge.foundation import clock
from landbridge.foundation.search.engine import Document, Engine, engine
from landbridge.foundation.search.hybrid import Meaning
from landbridge.foundation.search.meaning import Encoder, encoder
from landbridge.foundation.search.vectors import Row, Vectors

FORMAT = 1  # of the documents; another one is built anew
MOST_GAPS = 1_000  # numbers not seen yet that may still come: another transaction holds them
AT_ONCE = 2_000  # changes that are written together
WHILE_ASKED = 300  # changes that a search reads itself; the job reads more
MEANT_WHILE_ASKED = 20  # their meaning takes longer
BUILT_WHILE_ASKED = 2_000  # records for which a first search builds the index itself
PATIENCE = 1.0  # seconds that a search waits for another writer


@dataclass(frozen=True, slots=True)
class Mark:
    """How far an index has read: all changes up to a number but for the gaps, with freshness as of a day."""

    upto: int = 0
    gaps: tuple[int, ...] = ()
    day: str = ""
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Follower:
    """An index and how it takes documents in."""

    name: str
    put: Callable[[Iterable[Document]], int]
    remove: Callable[[Iterable[int]], None]
    rebuild: Callable[[Iterable[Document]], int]
    count: Callable[[], int]

    @property
    def path(self) -> Path:
        return _folder() / f"catalogue-{self.name}.json"

    def mark(self) -> Mark | None:
        """How far it has read; None where it was never built, in another format, or its files are gone."""
        try:
            said = json.loads(self.path.read_text("ascii"))
            mark = Mark(said["upto"], tuple(said["gaps"]), said["day"], said["format"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return mark if mark.format == FORMAT and (self.count() or not mark.upto) else None


def words() -> Follower:
    """The index of words."""
    found = engine()
    return Follower(type(found).__name__.lower(), found.put, found.remove, found.rebuild, found.count)


def meaning() -> Meaning | None:
    """Search by meaning, where the model is here."""
    found = encoder()
    return None if found is None else Meaning(found, _vectors_of(found))


def vectors() -> Follower | None:
    """The index of meaning, where the model is here."""
    found = encoder()
    if found is None:
        return None
    kept, encode = _vectors_of(found), found.encode

    def rows(read: Iterable[Document]) -> Iterator[Row]:
        return ((one.id, encode(meanings(one))) for one in read)

    return Follower(
        f"vectors-{found.name}",
        put=lambda read: kept.put(rows(read)),
        remove=kept.remove,
        rebuild=lambda read: kept.rebuild(rows(read)),
        count=kept.count,
    )


def followers() -> list[Follower]:
    """Every index of the catalogue in this installation."""
    meant = vectors()
    return [words()] if meant is None else [words(), meant]


def searched() -> Engine:
    """The engine, after reading what few changes are new; what another process is writing is not waited for long."""
    today = clock.now().date()
    newest = newest_change()
    if not _may_read():
        return engine()
    for follower, most in ((words(), WHILE_ASKED), (vectors(), MEANT_WHILE_ASKED)):
        mark = follower.mark() if follower else None
        if follower is None or (mark and mark.upto == newest and mark.day == today.isoformat()):
            continue
        is_small = (newest - mark.upto <= most) if mark else follower.name != "vectors"
        if mark is None and Record.objects.public().count() > BUILT_WHILE_ASKED:
            continue
        if is_small:
            with _writing(follower, patience=PATIENCE) as is_ours:
                if is_ours:
                    _follow(follower, today=today)
    return engine()


def update() -> dict[str, int]:
    """Bring every index up to date, however much there is to do; answers the records read for each."""
    today, done = clock.now().date(), {}
    for follower in followers():
        with _writing(follower):
            done[follower.name] = _follow(follower, today=today)
    return done


def rebuild() -> dict[str, int]:
    """Make every index anew; the old one answers meanwhile. Answers the records in each."""
    today, done = clock.now().date(), {}
    for follower in followers():
        with _writing(follower):
            done[follower.name] = _build(follower, today=today)
    return done


def status() -> list[dict[str, object]]:
    """Of each index: how many records it holds, how many there are to hold, and the changes it has not read yet."""
    newest, public = newest_change(), Record.objects.public().count()
    found: list[dict[str, object]] = []
    for follower in followers():
        mark = follower.mark()
        row: dict[str, object] = {
            "name": follower.name,
            "records": follower.count(),
            "public": public,
            "built": mark is not None,
            "unread": max(newest - mark.upto, 0) if mark else newest,
        }
        found.append(row)
    return found


def read_upto() -> int:
    """The number of the last change that the index of words has read."""
    mark = words().mark()
    return mark.upto if mark else 0


def newest_change() -> int:
    """The number of the last change, 0 before the first."""
    return int(IndexChange.objects.aggregate(newest=Max("pk"))["newest"] or 0)


def _follow(follower: Follower, *, today: date) -> int:
    mark, newest = follower.mark(), newest_change()
    if mark is None or mark.upto > newest:
        return _build(follower, today=today)  # never built, or of another database
    done = 0
    while True:
        unread = Q(pk__gt=mark.upto)
        if mark.gaps:
            unread |= Q(pk__in=mark.gaps)
        rows = list(
            IndexChange.objects.filter(unread).order_by("pk").values_list("pk", "record_id")[:AT_ONCE]
        )
        numbers = {record for _pk, record in rows}
        if mark.day != today.isoformat():
            numbers.update(_aged(date.fromisoformat(mark.day), today))
        if numbers:
            done += _read(follower, numbers, today=today)
        is_last = len(rows) < AT_ONCE
        mark = _moved(mark, [pk for pk, _record in rows], today=today)
        _keep(follower, mark)
        if is_last:
            return done


def _build(follower: Follower, *, today: date) -> int:
    newest = newest_change()
    number = follower.rebuild(documents(public_numbers(), today=today))
    _keep(follower, Mark(upto=newest, day=today.isoformat()))
    return number


def _read(follower: Follower, numbers: Iterable[int], *, today: date) -> int:
    """Take these records in with those whose documents speak of them; forget those that are not public any more."""
    every = set(numbers)
    every.update(Record.objects.filter(parent__in=every).values_list("pk", flat=True))
    parents = Record.objects.filter(pk__in=every, parent__isnull=False).values_list("parent_id", flat=True)
    every.update(parents)
    kept = set(Record.objects.public().filter(pk__in=every).values_list("pk", flat=True))
    gone = sorted(every - kept)
    if gone:
        follower.remove(gone)
    if kept:
        follower.put(documents(sorted(kept), today=today))
    return len(every)


def _aged(before: date, today: date) -> set[int]:
    """Records whose freshness, or a certificate of theirs, changed between two days by time alone."""
    notice = today.toordinal() + DAYS_OF_NOTICE
    rows = Record.objects.filter(
        state=S.PUBLISHED, due_on__gte=before, due_on__lte=date.fromordinal(notice)
    ).values_list("pk", "confirmed_on", "due_on")
    found = {
        pk
        for pk, confirmed_on, due_on in rows
        if freshness(confirmed_on=confirmed_on, due_on=due_on, today=before)
        != freshness(confirmed_on=confirmed_on, due_on=due_on, today=today)
    }
    ended = Certificate.objects.filter(expires_on__gte=before, expires_on__lt=today)
    return found | set(ended.values_list("record_id", flat=True))


def _moved(mark: Mark, seen: list[int], *, today: date) -> Mark:
    """The mark after these changes: numbers that were skipped belong to transactions that may still end."""
    upto = max([mark.upto, *seen])
    gaps = set(mark.gaps) | set(range(max(mark.upto + 1, upto - MOST_GAPS), upto + 1))
    gaps.difference_update(seen)
    return Mark(upto=upto, gaps=tuple(sorted(gaps)[-MOST_GAPS:]), day=today.isoformat())


def _keep(follower: Follower, mark: Mark) -> None:
    beside = follower.path.with_suffix(".new")
    beside.write_text(json.dumps(asdict(mark)), "ascii")
    beside.replace(follower.path)


@contextlib.contextmanager
def _writing(follower: Follower, *, patience: float | None = None) -> Iterator[bool]:
    """Be the only one who follows; without patience for as long as it takes. Answers whether it is our turn."""
    _folder().mkdir(parents=True, exist_ok=True)
    with (_folder() / f"catalogue-{follower.name}.lock").open("a") as lock:
        if patience is None:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield True
            return
        until = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    yield False
                    return
                time.sleep(0.01)
            else:
                yield True
                return


def _may_read() -> bool:
    """Not within somebody's open transaction: what it has not committed may never be."""
    blocks = connection.atomic_blocks
    return not blocks or bool(getattr(blocks[-1], "_from_testcase", False))


def _folder() -> Path:
    return Path(settings.LANDBRIDGE_INDEX_DIR)


def _vectors_of(model: Encoder) -> Vectors:
    return _vectors(_folder() / "vectors", model.name, model.dimensions)


@lru_cache(maxsize=4)
def _vectors(folder: Path, model: str, dimensions: int) -> Vectors:
    return Vectors(folder, model=model, dimensions=dimensions)
