"""Judged collections: questions, documents, and which of them answer; and how well a ranking does by them."""

from __future__ import annotations

import json
import math
import os
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from landbridge.foundation.search.engine import Document

BESIDE = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


def folder(name: str = "retrieval") -> Path | None:
    """Where the data is: `LANDBRIDGE_BENCH_DATA`, else `../shared/data` beside the checkout; None if it is not there."""
    path = Path(os.environ.get("LANDBRIDGE_BENCH_DATA", BESIDE)) / name
    return path if path.is_dir() else None


@dataclass(frozen=True, slots=True)
class Judged:
    """One collection: documents under numbers, questions, and for each question the grades of its answers."""

    name: str
    documents: Sequence[Document]
    questions: Mapping[str, str]
    grades: Mapping[str, Mapping[int, int]]
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over the questions, and of each question its nDCG@10, for comparing two rankings pair by pair."""

    ndcg_10: float
    recall_10: float
    recall_100: float
    mrr: float
    each: Mapping[str, float] = field(default_factory=dict)


def collections(*, part: str) -> list[Judged]:
    """Every judged collection of the folder, with the questions of its `dev` or `test` part."""
    root = folder()
    if root is None:
        return []
    return [read(path, part=part) for path in sorted(root.iterdir()) if (path / "corpus.jsonl").exists()]


def read(path: Path, *, part: str) -> Judged:
    """One collection: corpus.jsonl, queries.jsonl and qrels.tsv, with `.dev` in the names of the dev part."""
    rows = list(_lines(path / "corpus.jsonl"))
    numbers = {str(row["_id"]): number for number, row in enumerate(rows, start=1)}
    middle = ".dev" if part == "dev" else ""
    questions = {str(row["_id"]): str(row["text"]) for row in _lines(path / f"queries{middle}.jsonl")}
    grades: dict[str, dict[int, int]] = {}
    for line in (path / f"qrels{middle}.tsv").read_text("utf-8").splitlines()[1:]:
        question, document, grade = line.split("\t")
        grades.setdefault(question, {})[numbers[document]] = int(grade)
    return Judged(
        name=path.name,
        documents=[document_of(row, number=numbers[str(row["_id"])]) for row in rows],
        questions={one: text for one, text in questions.items() if one in grades},
        grades=grades,
    )


def document_of(row: Mapping[str, object], *, number: int) -> Document:
    """A row of a corpus. Its items, where it has any, are what it did, one by one; the text repeats them."""
    items = row.get("items")
    parts = tuple(_item(item) for item in items) if isinstance(items, list) else ()
    title, text = str(row.get("title", "")), str(row.get("text", ""))
    return Document(id=number, title=title, text="" if parts else text, items=parts)


def _item(item: object) -> str:
    if isinstance(item, Mapping):
        return ". ".join(
            str(value) for key, value in item.items() if key in ("title", "abstract", "text") and value
        )
    return str(item)


def _lines(path: Path) -> Iterable[Mapping[str, object]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def quality(judged: Judged, answer: Callable[[str], Sequence[int]]) -> Quality:
    """Ask every question; `answer` gives numbers, best first (100 are looked at)."""
    each: dict[str, float] = {}
    recall_10, recall_100, ranks = [], [], []
    for one, text in judged.questions.items():
        grades = judged.grades[one]
        found = list(answer(text))[:100]
        each[one] = ndcg([grades.get(number, 0) for number in found[:10]], list(grades.values()))
        recall_10.append(len(grades.keys() & set(found[:10])) / len(grades))
        recall_100.append(len(grades.keys() & set(found)) / len(grades))
        ranks.append(
            next((1 / place for place, number in enumerate(found, start=1) if number in grades), 0.0)
        )
    return Quality(
        ndcg_10=statistics.fmean(each.values()),
        recall_10=statistics.fmean(recall_10),
        recall_100=statistics.fmean(recall_100),
        mrr=statistics.fmean(ranks),
        each=each,
    )


def ndcg(found: Sequence[int], all_grades: Sequence[int]) -> float:
    """Discounted gain of the first ten, as trec_eval reckons it (the gain is the grade), beside the best possible."""
    best = gain(sorted(all_grades, reverse=True)[:10])
    return gain(found) / best if best else 0.0


def gain(grades: Sequence[int]) -> float:
    """Each grade, the less the further down."""
    return sum(grade / math.log2(place + 1) for place, grade in enumerate(grades, start=1))
