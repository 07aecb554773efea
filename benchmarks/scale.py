"""How search and match grow with the catalogue: 10,000, 100,000 and 1,000,000 invented records (see `records.py`).

`python3 run.py bench scale`. Each size is built in one process and asked in another, so that the memory shown is that of a
server that reads. Vectors are drawn by chance from the seed (two for each record): how near they are does not change how
long it takes; the questions are encoded by the real model, where it is.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks import records
from benchmarks.figures import machine, resident
from benchmarks.match import model_folder, percentile
from benchmarks.records import FACETS, Sources
from landbridge.algorithms.matching import question, ranking
from landbridge.algorithms.matching.offers import Offer, Question
from landbridge.foundation.search import hybrid
from landbridge.foundation.search.engine import Document, reading
from landbridge.foundation.search.meaning import FILE, Encoder
from landbridge.foundation.search.tantivy_engine import TantivyEngine
from landbridge.foundation.search.vectors import Vectors

SIZES = [10_000, 100_000, 1_000_000]
ASKED = 300  # questions of each kind
ITEMS = 2  # vectors of each record
DIMENSIONS = 384
SHORT, LONG = 25, 60  # words of a question
TARGETS = {  # of 100,000 records: at most, in ms of processor time or MB
    "search, 8 facets p95": 15.0,
    "match by words, 25 words p95": 2.0,
    "match by words and meaning, 25 words p95": 15.0,
    "match by words and meaning, 60 words p95": 22.0,
    "one record changed": 150.0,
    "memory, reading, MB": 200.0,
}


@dataclass
class Grown:
    """What was measured at one size."""

    records: int
    values: dict[str, float] = field(default_factory=dict)

    def timed(self, name: str, ask: Callable[[str], object], texts: Sequence[str]) -> None:
        """Processor time of each question, in ms: p50 and p95."""
        spent = []
        for text in texts:
            began = time.process_time()
            ask(text)
            spent.append((time.process_time() - began) * 1e3)
        self.values |= {f"{name} p50": percentile(spent, 50), f"{name} p95": percentile(spent, 95)}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which sizes, and with what."""
    parser.add_argument("--records", type=int, nargs="*", default=SIZES, help="how many (all three sizes)")
    parser.add_argument(
        "--seed", type=int, default=7, help="the same records and questions for the same seed"
    )
    parser.add_argument("--model", type=Path, help="the folder of the model; else LANDBRIDGE_MODEL_DIR")
    parser.add_argument("--postgresql", action="store_true", help="up to 100,000 records: ts_rank beside it")


def run(options: argparse.Namespace) -> None:
    """Each size in a folder of its own."""
    found = records.sources()
    if found is None:
        print(
            "Names and terms are not here: put ror-active and vocabularies into ../shared/data, or name LANDBRIDGE_BENCH_DATA."
        )
        return
    grown = [one_size(number, options=options, found=found) for number in options.records]
    if options.json:
        print(json.dumps({"measured": "scale", **machine(), "sizes": [asdict(one) for one in grown]}))
    else:
        show(grown)


def one_size(number: int, *, options: argparse.Namespace, found: Sources) -> Grown:
    """Build here, then ask in a new process."""
    with tempfile.TemporaryDirectory(prefix="landbridge-scale-") as name:
        folder = Path(name)
        built = build(number, folder, found=found, seed=options.seed)
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            asked = pool.apply(
                ask, (number, folder, model_folder(options), questions(found, seed=options.seed))
            )
        built.values |= asked.values
        built.values |= changed(folder, found=found, seed=options.seed)
        if options.postgresql and number <= SIZES[1]:
            built.values |= beside(number, found=found, seed=options.seed)
        return built


@dataclass(frozen=True)
class Asked:
    """What is asked, drawn beforehand, so that names and terms are not in the memory that is measured."""

    boxes: list[str]
    by_words: dict[int, list[str]]
    by_both: dict[int, list[str]]
    with_reasons: list[str]


def questions(found: Sources, *, seed: int) -> Asked:
    """Of each kind, never the same question twice."""
    return Asked(
        boxes=records.boxes(ASKED, found=found, seed=seed),
        by_words={n: records.questions(ASKED, words=n, found=found, seed=seed + n) for n in (SHORT, LONG)},
        by_both={n: records.questions(ASKED, words=n, found=found, seed=seed + 2 * n) for n in (SHORT, LONG)},
        with_reasons=records.questions(ASKED // 3, words=LONG, found=found, seed=seed + 999),
    )


def build(number: int, folder: Path, *, found: Sources, seed: int) -> Grown:
    """Both indexes; how long they take, and how large they are."""
    made = Grown(number)
    began, clock = time.process_time(), time.perf_counter()
    TantivyEngine(folder / "index").rebuild(records.documents(number, found=found, seed=seed))
    made.values["build index, s CPU"] = time.process_time() - began
    made.values["build index, s"] = time.perf_counter() - clock
    made.values["index, MB"] = octets(folder / "index") / 1e6
    Vectors(folder / "vectors", model="chance", dimensions=DIMENSIONS).rebuild(by_chance(number, seed=seed))
    made.values["vectors, MB"] = octets(folder / "vectors") / 1e6
    return made


def by_chance(number: int, *, seed: int) -> Iterator[tuple[int, npt.NDArray[np.float32]]]:
    """Vectors of length one in no particular direction."""
    chance = np.random.default_rng(seed)
    for one in range(1, number + 1):
        rows = chance.standard_normal((ITEMS, DIMENSIONS), dtype=np.float32)
        yield one, rows / np.linalg.norm(rows, axis=1, keepdims=True)


def octets(folder: Path) -> int:
    """All files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def ask(number: int, folder: Path, model: Path, asked: Asked) -> Grown:
    """Everything that a server asks, in a process that has done nothing else."""
    answered = Grown(number)
    engine = TantivyEngine(folder / "index")
    facets = tuple(FACETS)
    chance = random.Random(number)

    def search(text: str) -> object:
        filters = {"region": ["region-1", "region-2"]} if chance.random() < 0.25 else {}
        return engine.search(reading(text, searched=engine), filters=filters, facets=facets)

    search(asked.boxes[0])
    answered.values["empty before, MB"] = resident()
    answered.timed("search, 8 facets", search, asked.boxes)
    answered.timed(
        "everything, 8 facets", lambda _text: engine.search(question.EMPTY, facets=facets), asked.boxes[:30]
    )
    for words, texts in asked.by_words.items():
        answered.timed(
            f"match by words, {words} words",
            lambda text: engine.best(question.read_prose(text, vocabulary=engine.vocabulary())),
            texts,
        )
    answered.values["memory, words alone, MB"] = resident()
    if (model / FILE).exists():
        with_meaning(answered, engine, folder, model, asked=asked)
    answered.values["memory, reading, MB"] = resident()
    return answered


def with_meaning(answered: Grown, engine: TantivyEngine, folder: Path, model: Path, *, asked: Asked) -> None:
    """The whole of a match: reading, words, encoding, meaning, one ranking, then the offers with their reasons."""
    vectors = Vectors(folder / "vectors", model="chance", dimensions=DIMENSIONS)
    meaning = hybrid.Meaning(encoder=Encoder(model / FILE), vectors=vectors)

    def both(text: str) -> dict[int, float]:
        reading = question.read_prose(text, vocabulary=engine.vocabulary())
        return hybrid.ranked(reading, searched=engine, meaning=meaning)

    def whole(text: str) -> object:
        wanted = Question(
            reading=question.read_prose(text, vocabulary=engine.vocabulary()), region="region-1"
        )
        texts = hybrid.ranked(
            wanted.reading, searched=engine, meaning=meaning, unless={"region": [wanted.region]}
        )
        offers = (Offer(id=one, region="elsewhere", sentences=records.AROUND) for one in texts)
        return ranking.match(wanted, offers, texts=texts)

    both("one question to warm up")
    for words, texts in asked.by_both.items():
        answered.timed(f"match by words and meaning, {words} words", both, texts)
    whole("one question to warm up")
    answered.timed(f"outside the region, ranked with reasons, {LONG} words", whole, asked.with_reasons)


def changed(folder: Path, *, found: Sources, seed: int) -> dict[str, float]:
    """Processor time until one changed record is found, ms; the median of some."""
    engine = TantivyEngine(folder / "index")
    spent = []
    for document in list(records.documents(11, found=found, seed=seed)):
        began = time.process_time()
        engine.put(
            [
                Document(
                    id=document.id, title="Zymurgical archive", items=document.items, facets=document.facets
                )
            ]
        )
        assert document.id in engine.search(question.read("zymurgical")).ids
        spent.append((time.process_time() - began) * 1e3)
    return {"one record changed": percentile(spent, 50)}


def beside(number: int, *, found: Sources, seed: int) -> dict[str, float]:
    """PostgreSQL's ts_rank over any word, by the clock, where there is a server."""
    from benchmarks import rivals
    from tests.databases import NoServer

    asked = records.questions(ASKED // 6, words=SHORT, found=found, seed=seed + SHORT)
    with contextlib.suppress(NoServer):
        with rivals.postgresql(list(records.documents(number, found=found, seed=seed))) as both:
            spent = []
            for text in asked:
                began = time.perf_counter()
                both[0].answer(text)
                spent.append((time.perf_counter() - began) * 1e3)
        return {"PostgreSQL ts_rank, 25 words, clock p50": percentile(spent, 50)}
    return {}


def show(grown: Sequence[Grown]) -> None:
    """A line for each figure, a column for each size."""
    print(
        "Scale; ms of processor time unless said otherwise; "
        + ", ".join(f"{name} {value}" for name, value in machine().items())
    )
    print(f"{'records':<56}" + "".join(f"{one.records:>12,}" for one in grown))
    for name in dict.fromkeys(name for one in grown for name in one.values):
        cells = "".join(f"{one.values.get(name, float('nan')):>12.2f}" for one in grown)
        most = TARGETS.get(name)
        at_hundred = [one.values.get(name) for one in grown if one.records == SIZES[1]]
        verdict = ""
        if most is not None and at_hundred and at_hundred[0] is not None:
            verdict = f"  at 100,000 at most {most:g}: {'met' if at_hundred[0] <= most else 'MISSED'}"
        print(f"{name:<56}{cells}{verdict}")
