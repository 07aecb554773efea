"""How well a ranking does: the figures are those that trec_eval gives."""

from __future__ import annotations

import json
import math

import pytest

from benchmarks import judged

pytestmark = pytest.mark.once


@pytest.fixture
def collection(tmp_path):
    folder = tmp_path / "retrieval" / "small"
    folder.mkdir(parents=True)
    rows = [{"_id": f"D{number}", "title": "T", "text": "x"} for number in range(1, 4)]
    rows.append(
        {"_id": "D4", "title": "Firm", "text": "all", "items": [{"title": "One", "text": "Two", "year": 1}]}
    )
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (folder / "queries.jsonl").write_text(
        '{"_id": "Q1", "text": "first"}\n{"_id": "Q2", "text": "unjudged"}\n'
    )
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nQ1\tD1\t2\nQ1\tD3\t1\n")
    return judged.read(folder, part="test")


def test_a_collection_is_read(collection):
    assert collection.questions == {"Q1": "first"}
    assert collection.grades == {"Q1": {1: 2, 3: 1}}
    assert (collection.documents[3].text, collection.documents[3].items) == ("", ("One. Two",))


def test_the_figures_of_a_ranking(collection):
    found = judged.quality(collection, lambda _text: [3, 2, 1])
    assert found.ndcg_10 == pytest.approx((1 + 2 / math.log2(4)) / (2 + 1 / math.log2(3)))
    assert (found.recall_10, found.recall_100, found.mrr) == (1.0, 1.0, 1.0)
    nothing = judged.quality(collection, lambda _text: [])
    assert (nothing.ndcg_10, nothing.recall_100, nothing.mrr) == (0.0, 0.0, 0.0)


def test_where_nothing_is_there_is_no_collection(tmp_path, monkeypatch):
    monkeypatch.setenv("LANDBRIDGE_BENCH_DATA", str(tmp_path))
    assert judged.collections(part="test") == []
