"""How well questions find what answers them: on judged collections, beside plain BM25, SQLite and PostgreSQL.

`python3 run.py bench match`. The collections lie in `../shared/data/retrieval` or below `LANDBRIDGE_BENCH_DATA`: a folder
for each, with corpus.jsonl, queries.jsonl and qrels.tsv. Their test parts are measured; `--part dev` is for tuning.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import judged, ours, rivals
from benchmarks.figures import machine
from benchmarks.judged import Judged, Quality
from benchmarks.rivals import Rival

# At least this much on the test part: nDCG@10, recall@10, recall@100. Other collections have no target.
TARGETS = {
    "nfcorpus": {"ndcg_10": 0.365},
    "sbir-firms": {"ndcg_10": 0.350, "recall_10": 0.48, "recall_100": 0.75},
}
HEAD = f"{'':<34}{'nDCG@10':>9}{'R@10':>7}{'R@100':>7}{'MRR':>7}{'p50 ms':>9}{'p95 ms':>8}{'clock p50':>11}"
WARM_UP = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """One system on one collection. `cpu` is this process's time for each question in ms; None where another works."""

    name: str
    quality: Quality
    clock: Sequence[float]
    cpu: Sequence[float] | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which part, which model, and where indexes and vectors are kept."""
    parser.add_argument("--part", choices=("test", "dev"), default="test", help="of each collection")
    parser.add_argument(
        "--folder", type=Path, help="keep vectors here and use them again: they take minutes to make"
    )
    parser.add_argument("--model", type=Path, help="the folder of the model; else LANDBRIDGE_MODEL_DIR")


def run(options: argparse.Namespace) -> None:
    """Every collection with every system."""
    found = judged.collections(part=options.part)
    if not found:
        print(
            "No judged collection is here: put them into ../shared/data/retrieval, or name LANDBRIDGE_BENCH_DATA."
        )
        return
    rows = []
    if not options.json:
        print(
            f"Matching, {options.part} part; "
            + ", ".join(f"{name} {value}" for name, value in machine().items())
        )
    for one in found:
        with tempfile.TemporaryDirectory(prefix="landbridge-match-") as passing:
            kept = (options.folder or Path(passing)) / one.name
            measured = [
                measure(rival, one)
                for rival in systems(one, Path(passing), kept=kept, model=model_folder(options))
            ]
        rows += [as_data(one, system) for system in measured]
        if not options.json:
            show(one, measured, part=options.part)
    if options.json:
        print(json.dumps({"measured": "match", "part": options.part, **machine(), "rows": rows}))


def model_folder(options: argparse.Namespace) -> Path:
    """Where the model is, without asking Django."""
    data = os.environ.get("LANDBRIDGE_DATA", str(Path(__file__).resolve().parent.parent / "var"))
    return options.model or Path(os.environ.get("LANDBRIDGE_MODEL_DIR", str(Path(data) / "model")))


def systems(one: Judged, folder: Path, *, kept: Path, model: Path) -> Iterator[Rival]:
    """Ours and the others, each with the documents in its index; PostgreSQL is left out loudly where it is not."""
    from tests.databases import NoServer

    engine, words = ours.lexical(one.documents, folder)
    hybrid = ours.with_meaning(one.documents, kept, engine=engine, model=model)
    if hybrid:
        yield hybrid
    else:
        print(f"No model in {model}: measured by words alone. `landbridge model` makes it.")
    yield words
    yield rivals.plain_bm25(one.documents, folder)
    yield rivals.sqlite_fts5(one.documents, folder)
    try:
        with rivals.postgresql(one.documents) as both:
            yield from both
    except NoServer as silence:
        print(f"PostgreSQL is not measured:\n{silence}")


def measure(rival: Rival, one: Judged) -> Measured:
    """Ask every question once, after a few of them to warm up; each is timed by itself."""
    clock: list[float] = []
    cpu: list[float] = []
    for text in list(one.questions.values())[-WARM_UP:]:
        rival.answer(f"{text} once more")

    def answer(text: str) -> Sequence[int]:
        began, worked = time.perf_counter(), time.process_time()
        found = rival.answer(text)
        cpu.append((time.process_time() - worked) * 1e3)
        clock.append((time.perf_counter() - began) * 1e3)
        return found

    quality = judged.quality(one, answer)
    return Measured(rival.name, quality, clock, None if rival.by_clock else cpu)


def percentile(values: Sequence[float], share: int) -> float:
    """The value below which this share in a hundred lies."""
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


def show(one: Judged, measured: Sequence[Measured], *, part: str) -> None:
    """The table of one collection, and its targets."""
    words = statistics.median(len(text.split()) for text in one.questions.values())
    print(
        f"\n{one.name}: {len(one.documents):,} documents, {len(one.questions)} questions of {words:g} words\n{HEAD}"
    )
    for row in measured:
        found = row.quality
        quality = f"{found.ndcg_10:>9.3f}{found.recall_10:>7.3f}{found.recall_100:>7.3f}{found.mrr:>7.3f}"
        cpu = (
            f"{'':>9}{'':>8}"
            if row.cpu is None
            else f"{percentile(row.cpu, 50):>9.2f}{percentile(row.cpu, 95):>8.2f}"
        )
        print(f"{row.name:<34}{quality}{cpu}{percentile(row.clock, 50):>11.2f}")
    if part == "test":
        for name, least in TARGETS.get(one.name, {}).items():
            value = getattr(measured[0].quality, name)
            print(f"  target {name} {least:.3f}: {value:.3f} {'met' if value >= least else 'MISSED'}")
    for row in measured:
        if row.name.startswith("PostgreSQL ts_rank"):
            for own in measured[:2]:
                faster = percentile(row.clock, 50) / percentile(own.clock, 50)
                print(f"  {own.name}: {faster:.1f} times as fast as {row.name} (medians by the clock)")


def as_data(one: Judged, row: Measured) -> dict[str, object]:
    """One row for a machine."""
    found = row.quality
    cpu = row.cpu and {"p50": percentile(row.cpu, 50), "p95": percentile(row.cpu, 95)}
    return {
        "collection": one.name,
        "system": row.name,
        "ndcg_10": found.ndcg_10,
        "recall_10": found.recall_10,
        "recall_100": found.recall_100,
        "mrr": found.mrr,
        "cpu_ms": cpu,
        "clock_ms": {"p50": percentile(row.clock, 50), "p95": percentile(row.clock, 95)},
    }
