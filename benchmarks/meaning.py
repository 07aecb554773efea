"""What meaning costs: the vector of a question, the scan of all offers, memory and disk; and what 8 bits lose.

`python3 run.py bench meaning` needs the file of `landbridge model` (`LANDBRIDGE_MODEL_DIR`). Times are of this
processor, one thread. The offers are invented vectors in clusters, one or two items each; the loss is measured on
them and, where it is there, on the real texts of a judged collection (`LANDBRIDGE_BENCH_DATA`).
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.figures import Figure, show

Floats = npt.NDArray[np.float32]
INSTALLED = ("numpy", "numpy.libs", "onnxruntime", "tantivy", "flatbuffers", "google", "packaging")
QUESTIONS = 60
BEST = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many."""
    parser.add_argument("--documents", type=int, default=100_000, help="offers in the scan")
    parser.add_argument(
        "--texts", type=int, default=1000, help="real texts to make vectors of, where there are any"
    )


def run(options: argparse.Namespace) -> None:
    """Measure, print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "landbridge.config.settings")
    os.environ.setdefault("LANDBRIDGE_DEBUG", "on")
    import django

    django.setup()
    figures = [
        *of_the_encoder(),
        *of_the_scan(options.documents),
        *of_real_texts(options.texts),
        *of_the_disk(),
    ]
    title = f"Meaning, with {options.documents:,} offers, {QUESTIONS} questions each"
    show(title, figures, as_json=options.json)


def of_the_encoder() -> Iterator[Figure]:
    """What a question costs, by its length."""
    from landbridge.foundation.search.export.making import SENTENCES
    from landbridge.foundation.search.meaning import encoder

    before, began = resident(), time.process_time()
    found = encoder()
    if found is None:
        sys.exit("There is no model: `landbridge model` makes it, or LANDBRIDGE_MODEL_DIR says where it is.")
    found.encode(["warm"])
    yield Figure("reading the model", (time.process_time() - began) * 1000, "ms", None, f"model {found.name}")
    words = SENTENCES.read_text(encoding="utf-8").splitlines()[-1].split()
    for number, most in ((4, 3), (25, None), (60, 11)):
        texts = [" ".join(words[start : start + number]) for start in range(QUESTIONS)]
        milliseconds = costs(lambda text: found.encode([text]), texts)
        yield Figure(
            f"vector of {number} words", statistics.median(milliseconds), "ms", most, spread(milliseconds)
        )
    milliseconds = costs(found.question, ["the same again"] * QUESTIONS)
    yield Figure("vector of a question again", statistics.median(milliseconds), "ms")
    yield Figure("memory of runtime and model", resident() - before, "MB", 100)


def of_the_scan(count: int) -> Iterator[Figure]:
    """What a question costs over all offers, and what rounding to 8 bits changes in what is found."""
    from landbridge.foundation.search.vectors import Vectors

    rng = np.random.default_rng(20261121)
    numbers = rng.integers(1, 3, count)  # one or two items
    starts = np.concatenate([[0], np.cumsum(numbers)])
    centres = rng.normal(size=(500, 384)).astype(np.float32)
    rows = in_clusters(rng, centres, int(starts[-1]))
    questions = in_clusters(rng, centres, QUESTIONS)
    with tempfile.TemporaryDirectory(prefix="landbridge-vectors-") as folder:
        writer = Vectors(Path(folder), model="invented")
        began = time.process_time()
        writer.rebuild((int(one), rows[starts[one] : starts[one + 1]]) for one in range(count))
        yield Figure("writing all vectors", time.process_time() - began, "s", None, f"{starts[-1]:,} items")
        size = sum(path.stat().st_size for path in Path(folder).rglob("*")) / 1e6
        yield Figure("their files", size, "MB")
        reader, before = Vectors(Path(folder), model="invented"), resident()
        reader.nearest(questions[0])
        yield Figure("memory of a reader", resident() - before, "MB", 200, "shared by all processes")
        milliseconds = costs(reader.nearest, questions)
        yield Figure("scan, median", statistics.median(milliseconds), "ms", 8)
        yield Figure("scan, p95", sorted(milliseconds)[int(QUESTIONS * 0.95)], "ms")
        allowed = np.sort(rng.choice(count, count // 10, replace=False))
        milliseconds = costs(lambda question: reader.nearest(question, allowed=allowed), questions)
        yield Figure("scan, a tenth allowed", statistics.median(milliseconds), "ms", 8)

        def change(number: int) -> None:
            writer.put([(number, rows[number : number + 2])])
            reader.nearest(questions[0])

        milliseconds = costs(change, list(range(QUESTIONS)))
        yield Figure("one change, and found by another", statistics.median(milliseconds), "ms", 150)
    yield from losses("invented", rows, questions, best_of=starts)


def of_real_texts(most: int) -> Iterator[Figure]:
    """What rounding changes in what is found among real texts; nothing where the collections are not there."""
    from benchmarks import judged
    from landbridge.foundation.search.meaning import encoder

    found = encoder()
    for collection in judged.collections(part="dev"):
        if found is None or collection.name != "nfcorpus":
            continue
        began = time.process_time()
        texts = [f"{document.title}. {document.text}" for document in collection.documents[:most]]
        rows = found.encode(texts)
        each = (time.process_time() - began) * 1000 / len(texts)
        yield Figure("vector of an abstract", each, "ms", None, "of real texts, up to 256 tokens")
        questions = found.encode(list(collection.questions.values())[:QUESTIONS])
        yield from losses("real", rows, questions, best_of=np.arange(len(rows) + 1))


def losses(name: str, rows: Floats, questions: Floats, *, best_of: npt.NDArray[np.int64]) -> Iterator[Figure]:
    """How many of the best 10 and 1,000 documents by float32 the scan finds too, with every vector in 8 bits."""
    from landbridge.foundation.search.vectors import Vectors

    many = min(BEST, len(best_of) // 5)
    found: dict[int, list[float]] = {10: [], many: []}
    with tempfile.TemporaryDirectory(prefix="landbridge-vectors-") as folder:
        shelf = Vectors(Path(folder), model="compared")
        shelf.rebuild((one, rows[best_of[one] : best_of[one + 1]]) for one in range(len(best_of) - 1))
        for question in questions[:20]:
            first = np.maximum.reduceat(rows @ question, best_of[:-1])
            answer = shelf.nearest(question, weights=(1,), limit=many).ids
            order = np.argsort(-first)
            for number, shares in found.items():
                shares.append(len(set(answer[:number].tolist()) & set(order[:number].tolist())) / number)
    for number, shares in found.items():
        yield Figure(f"found of the best {number:,}, {name}", 100 * statistics.mean(shares), "%")


def of_the_disk() -> Iterator[Figure]:
    """What the packages for search take on the disk, as they come in their wheels, and the model."""
    from django.conf import settings

    from landbridge.foundation.search.meaning import FILE

    packages = Path(np.__file__).parent.parent
    whole = 0.0
    for name in INSTALLED:
        files = [path for path in (packages / name).rglob("*") if path.is_file() and path.suffix != ".pyc"]
        whole += sum(path.stat().st_size for path in files) / 1e6
    size = (Path(settings.LANDBRIDGE_MODEL_DIR) / FILE).stat().st_size / 1e6
    yield Figure("the model's file", size, "MB")
    yield Figure("packages for search, and the model", whole + size, "MB", 120)


# ── How it is measured ───────────────────────────────────────────────────────────────────────────────────────────────
def costs(work: Callable[[Any], object], given: Any) -> list[float]:
    """Milliseconds of this processor for each, after a warm-up."""
    for one in given[:3]:
        work(one)
    found = []
    for one in given:
        began = time.process_time()
        work(one)
        found.append((time.process_time() - began) * 1000)
    return found


def spread(milliseconds: list[float]) -> str:
    """The slowest but five of a hundred."""
    return f"p95 {sorted(milliseconds)[int(len(milliseconds) * 0.95)]:.1f} ms"


def resident() -> float:
    """Megabytes of this process in memory; 0 where the system does not say it this way."""
    path = Path("/proc/self/statm")
    return int(path.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if path.exists() else 0


def in_clusters(rng: np.random.Generator, centres: Floats, count: int) -> Floats:
    """Vectors of length one around the centres, as texts lie around their subjects."""
    found = np.empty((count, centres.shape[1]), np.float32)
    for start in range(0, count, 10_000):
        size = min(10_000, count - start)
        near = centres[rng.integers(0, len(centres), size)] * 0.6
        near = near + rng.normal(size=near.shape).astype(np.float32)
        found[start : start + size] = near / np.linalg.norm(near, axis=1, keepdims=True)
    return found
