"""The scan finds what looking at every pair finds; processes share it; what a crash leaves behind is not read."""

from __future__ import annotations

import json
import logging
import multiprocessing
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.foundation.search import scan, vectors
from landbridge.foundation.search.vectors import CURRENT, WEIGHTS, Vectors

pytestmark = pytest.mark.once
DIMENSIONS = 48


def unit(rng: np.random.Generator, *shape: int) -> np.ndarray:
    found = rng.normal(size=shape).astype(np.float32)
    return found / np.linalg.norm(found, axis=-1, keepdims=True)


def some_documents(*, seed: int = 1, count: int = 300, most: int = 6) -> dict[int, np.ndarray]:
    """Documents of one to so many items, numbered with gaps and in no order."""
    rng = np.random.default_rng(seed)
    numbers = rng.permutation(count * 7)[:count].tolist()
    return {number: unit(rng, int(rng.integers(1, most + 1)), DIMENSIONS) for number in numbers}


def by_hand(documents, question, *, limit, allowed=None, weights=WEIGHTS):
    """Every pair, the best three of each document, sorted."""
    scores = {}
    for number, rows in documents.items():
        if allowed is None or number in allowed:
            near = sorted((max(float(row @ question), 0) for row in rows), reverse=True)
            scores[number] = sum(weight * value for weight, value in zip(weights, near, strict=False))
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]


def agree(found, expected) -> None:
    """The same scores up to rounding, and the same documents but for those that rounding may swap."""
    assert found.scores.tolist() == pytest.approx([score for _, score in expected], abs=0.02)
    assert (np.diff(found.scores) <= 0).all()
    if expected:
        last = expected[-1][1]
        sure = {number for number, score in expected if score > last + 0.04}
        assert sure <= set(found.ids.tolist())


@pytest.fixture
def shelf(tmp_path):
    return Vectors(tmp_path / "vectors", model="tiny", dimensions=DIMENSIONS)


# ── Finding ──────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("limit", [1, 10, 100, 1000])
def test_the_scan_finds_what_looking_at_every_pair_finds(shelf, limit):
    documents = some_documents()
    assert shelf.rebuild(documents.items()) == 300
    for question in unit(np.random.default_rng(5), 20, DIMENSIONS):
        agree(shelf.nearest(question, limit=limit), by_hand(documents, question, limit=limit))


def test_the_best_item_is_named(shelf):
    documents = some_documents()
    shelf.rebuild(documents.items())
    for number, rows in list(documents.items())[:50]:
        for place, row in enumerate(rows):
            found = shelf.nearest(row, limit=1, weights=(1,))
            assert (found.ids[0], found.items[0]) == (number, place)
            assert found.scores[0] == pytest.approx(1, abs=0.02)


def test_only_those_allowed_are_found_and_as_many_as_asked_for(shelf):
    documents = some_documents()
    shelf.rebuild(documents.items())
    allowed = np.array([*sorted(documents)[::10], 999_999])
    question = unit(np.random.default_rng(6), DIMENSIONS)
    found = shelf.nearest(question, limit=20, allowed=allowed)
    agree(found, by_hand(documents, question, limit=20, allowed=set(allowed.tolist())))
    assert len(found.ids) == 20
    assert set(found.ids.tolist()) <= set(allowed.tolist())
    assert shelf.nearest(question, allowed=np.array([], np.int64)).ids.tolist() == []


def test_equal_scores_go_by_number_also_where_the_limit_parts_them(shelf):
    same = unit(np.random.default_rng(2), DIMENSIONS)
    shelf.rebuild((number, np.array([same])) for number in (5, 3, 9, 1, 7))
    assert shelf.nearest(same, limit=3).ids.tolist() == [1, 3, 5]
    assert shelf.nearest(-same, limit=3).ids.tolist() == [1, 3, 5], "all of them point away"


@pytest.mark.parametrize("likely", [0, 1, 4, 1_000])
def test_a_bad_guess_takes_longer_and_finds_the_same(shelf, monkeypatch, likely):
    documents = some_documents(count=500)
    shelf.rebuild(documents.items())
    question = unit(np.random.default_rng(9), DIMENSIONS)
    right = shelf.nearest(question, limit=10)
    monkeypatch.setattr(scan, "LIKELY", likely)
    found = shelf.nearest(question, limit=10)
    assert found.ids.tolist() == right.ids.tolist()
    agree(found, by_hand(documents, question, limit=10))


def test_the_nearest_in_one_corner_of_what_is_allowed_are_found(shelf):
    question = unit(np.random.default_rng(4), DIMENSIONS)
    near = {number: np.array([question]) for number in range(1_000)}
    shelf.rebuild((near | {number: np.array([-question]) for number in range(1_000, 2_000)}).items())
    allowed = np.arange(999, 2_000)
    found = shelf.nearest(question, limit=5, allowed=allowed)
    assert found.ids.tolist() == [999, 1000, 1001, 1002, 1003]


def test_who_is_asked_for_by_name_comes_with_its_score(shelf):
    documents = some_documents()
    shelf.rebuild(list(documents.items())[:200])
    shelf.put(list(documents.items())[200:])
    question = unit(np.random.default_rng(6), DIMENSIONS)
    every = shelf.nearest(question)
    named = np.array([*every.ids[[2, 100, 299]], 999_999])
    found = shelf.nearest(question, limit=5, also=named)
    assert found.ids.tolist() == every.ids[[0, 1, 2, 3, 4, 100, 299]].tolist()
    assert found.scores.tolist() == every.scores[[0, 1, 2, 3, 4, 100, 299]].tolist()
    allowed = every.ids[::2]
    found = shelf.nearest(question, limit=1, allowed=allowed, also=named)
    assert found.ids.tolist() == every.ids[[0, 2, 100]].tolist(), "none that is not allowed"


def test_the_nearest_item_of_each_document(shelf):
    documents = some_documents(count=20)
    shelf.rebuild(documents.items())
    first, second, third = list(documents)[:3]
    question = documents[second][-1]
    shelf.put([(first, documents[second])])
    shelf.remove([third])
    found = shelf.nearest_items([second, 999_999, third, first], question)
    assert found.shape == (2, DIMENSIONS)
    assert (found @ question).tolist() == pytest.approx([1, 1], abs=0.02)
    assert shelf.nearest_items([], question).shape == (0, DIMENSIONS)


def test_more_items_than_one_block(shelf, monkeypatch):
    for module in (scan, vectors):
        monkeypatch.setattr(module, "WIDTH", 64)
    documents = some_documents(count=500)
    shelf.rebuild(documents.items())
    assert shelf.nearest(unit(np.random.default_rng(1), DIMENSIONS)).ids.size == 500
    for question in unit(np.random.default_rng(7), 5, DIMENSIONS):
        agree(shelf.nearest(question, limit=30), by_hand(documents, question, limit=30))


def test_an_item_that_points_away_takes_nothing_from_its_document(shelf):
    question = unit(np.random.default_rng(8), DIMENSIONS)
    shelf.put([(1, np.array([question, -question])), (2, np.array([question])), (3, np.array([-question]))])
    found = shelf.nearest(question)
    assert found.ids.tolist() == [1, 2, 3]
    assert found.scores.tolist() == pytest.approx([1, 1, 0], abs=0.01)
    assert found.items.tolist() == [0, 0, 0]


def test_an_empty_shelf_and_an_empty_question_find_nothing_and_everything(shelf):
    assert shelf.nearest(np.ones(DIMENSIONS, np.float32)).ids.tolist() == []
    assert (shelf.count(), shelf.items()) == (0, 0)
    assert shelf.rebuild([]) == 0
    assert shelf.nearest(np.ones(DIMENSIONS, np.float32)).ids.tolist() == []
    shelf.put([(4, np.zeros((2, DIMENSIONS), np.float32)), (5, np.zeros((0, DIMENSIONS), np.float32))])
    assert shelf.nearest(np.zeros(DIMENSIONS, np.float32)).ids.tolist() == [4]


def test_a_processor_that_overflows_is_noticed_and_still_computes_right(shelf, monkeypatch):
    class Overflowing:
        """Sums of two products are cut at 16 bits, as on a processor without 8-bit dot products."""

        def run(self, _names, given):
            products = given["row"][0, 0].astype(int)[None, :, None] * given["blocks"].astype(int)
            pairs = np.clip(products[:, 0::2] + products[:, 1::2], -(2**15), 2**15 - 1)
            return [pairs.sum(axis=1, keepdims=True).astype(np.int32)]

    scan._product.cache_clear()
    monkeypatch.setattr(scan, "session", lambda *_args, **_options: Overflowing())
    try:
        assert scan._product()[1] == 64
        documents = some_documents(count=50)
        shelf.rebuild(documents.items())
        question = unit(np.random.default_rng(2), DIMENSIONS)
        agree(shelf.nearest(question, limit=10), by_hand(documents, question, limit=10))
    finally:
        scan._product.cache_clear()


# ── Changing ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@settings(max_examples=25, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["put", "remove", "rebuild"]), st.lists(st.integers(0, 12), unique=True)),
        max_size=12,
    )
)
def test_whatever_is_put_and_removed_the_scan_agrees_with_a_dictionary(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("vectors")
    writer, reader = (Vectors(folder, model="tiny", dimensions=DIMENSIONS) for _ in range(2))
    rng, kept = np.random.default_rng(len(steps)), {}
    for what, numbers in steps:
        before = reader.stamp()
        new = {number: unit(rng, int(rng.integers(1, 4)), DIMENSIONS) for number in numbers}
        if what == "put":
            assert writer.put(new.items()) == len(new)
            kept |= new
        elif what == "remove":
            writer.remove(numbers)
            kept = {number: rows for number, rows in kept.items() if number not in numbers}
        else:
            writer.rebuild(new.items())
            kept = new
        question = unit(rng, DIMENSIONS)
        agree(reader.nearest(question, limit=100), by_hand(kept, question, limit=100))
        assert reader.count() == len(kept)
        assert (reader.stamp() != before) or not numbers
        assert reader.stamp() == writer.stamp()


def test_many_changes_are_written_into_a_new_base(shelf, monkeypatch):
    monkeypatch.setattr(vectors, "FREE_CHANGES", 0)
    documents = some_documents()
    shelf.rebuild(documents.items())
    first = shelf.stamp()
    documents |= some_documents(seed=2)
    shelf.put(some_documents(seed=2).items())
    shelf.remove(sorted(documents)[:5])
    for number in sorted(documents)[:5]:
        del documents[number]
    assert shelf.stamp().split(".")[0] != first.split(".")[0]
    assert shelf.count() == len(documents)
    question = unit(np.random.default_rng(3), DIMENSIONS)
    agree(shelf.nearest(question, limit=50), by_hand(documents, question, limit=50))
    assert len(list(shelf.folder.glob("*.base"))) == 1


def test_a_document_that_comes_twice_stops_a_rebuild_and_changes_nothing(shelf):
    documents = some_documents(count=20)
    shelf.rebuild(documents.items())
    stamp = shelf.stamp()
    with pytest.raises(ValueError, match="came twice"):
        shelf.rebuild([*documents.items(), *documents.items()])
    assert (shelf.stamp(), shelf.count()) == (stamp, 20)
    assert len(list(shelf.folder.glob("*.base"))) == 1


def test_another_model_has_other_vectors_and_its_rebuild_removes_them(shelf):
    shelf.rebuild(some_documents(count=5).items())
    other = Vectors(shelf.above, model="other", dimensions=32)
    assert other.count() == 0
    other.rebuild([(1, np.ones((1, 32), np.float32))])
    assert other.count() == 1
    assert shelf.count() == 0


# ── Processes, threads, crashes ──────────────────────────────────────────────────────────────────────────────────────
def write_some(folder: str, first: int) -> None:
    """The work of one process: twenty documents, one after the other."""
    writer = Vectors(vectors.Path(folder), model="tiny", dimensions=DIMENSIONS)
    for number in range(first, first + 20):
        writer.put([(number, unit(np.random.default_rng(number), 2, DIMENSIONS))])


@pytest.mark.parametrize("kind", ["processes", "threads"])
def test_writers_at_once_lose_nothing_and_readers_see_all(shelf, monkeypatch, kind):
    if kind == "threads":
        monkeypatch.setattr(vectors, "FREE_CHANGES", 3_000)  # a new base every few changes
        make = threading.Thread
    else:
        make = multiprocessing.get_context("spawn").Process
    writers = [make(target=write_some, args=(str(shelf.above), first)) for first in (0, 100, 200)]
    for writer in writers:
        writer.start()
    question = unit(np.random.default_rng(1), DIMENSIONS)
    while any(writer.is_alive() for writer in writers):
        assert len(set(found := shelf.nearest(question).ids.tolist())) == len(found)
    for writer in writers:
        writer.join()
    expected = {first + number for first in (0, 100, 200) for number in range(20)}
    assert set(shelf.nearest(question).ids.tolist()) == expected
    assert shelf.count() == 60


@pytest.mark.parametrize("lost", [1, 30, 200, 400])
def test_a_change_that_was_half_written_is_not_read_and_the_next_one_is(shelf, lost):
    documents = some_documents(count=10, most=1)
    shelf.rebuild(documents.items())
    shelf.put([(70_001, unit(np.random.default_rng(1), 2, DIMENSIONS))])
    (changes,) = shelf.folder.glob("*.changes")
    whole = changes.read_bytes()
    shelf.put([(70_002, unit(np.random.default_rng(2), 8, DIMENSIONS))])
    changes.write_bytes(changes.read_bytes()[:-lost])
    again = Vectors(shelf.above, model="tiny", dimensions=DIMENSIONS)
    assert again.count() == 11
    again.put([(70_003, unit(np.random.default_rng(3), 1, DIMENSIONS))])
    assert changes.read_bytes().startswith(whole)
    fresh = Vectors(shelf.above, model="tiny", dimensions=DIMENSIONS)
    found = set(fresh.nearest(unit(np.random.default_rng(3), DIMENSIONS)).ids.tolist())
    assert found == {*documents, 70_001, 70_003}


def test_a_base_that_nobody_names_is_not_read_and_goes_with_the_next(shelf):
    shelf.rebuild(some_documents(count=10).items())
    left = shelf.folder / "0123456789abcdef.base"
    left.write_bytes(b"half")
    (shelf.folder / f".{CURRENT}").write_text("{")
    assert shelf.count() == 10
    shelf.rebuild(some_documents(count=11).items())
    assert shelf.count() == 11
    assert not left.exists()


@pytest.mark.parametrize("damage", ["short", "gone", "no json", "other json"])
def test_a_damaged_base_is_empty_and_said_and_a_rebuild_heals_it(shelf, caplog, damage):
    shelf.rebuild(some_documents(count=10).items())
    (base,) = shelf.folder.glob("*.base")
    if damage == "short":
        base.write_bytes(base.read_bytes()[:-10])
    elif damage == "gone":
        base.unlink()
    else:
        (shelf.folder / CURRENT).write_text("{" if damage == "no json" else json.dumps({"size": 3}))
    again = Vectors(shelf.above, model="tiny", dimensions=DIMENSIONS)
    with caplog.at_level(logging.WARNING):
        assert (again.count(), again.count()) == (0, 0)
    assert caplog.text.count("rebuild the index") == 1
    assert again.nearest(np.ones(DIMENSIONS, np.float32)).ids.tolist() == []
    again.rebuild(some_documents(count=12).items())
    assert again.count() == 12


def test_a_reader_keeps_its_base_while_a_new_one_is_written(shelf):
    documents = some_documents(count=50)
    shelf.rebuild(documents.items())
    reader = Vectors(shelf.above, model="tiny", dimensions=DIMENSIONS)
    question = unit(np.random.default_rng(4), DIMENSIONS)

    def rows():
        for number, vectors_of_it in some_documents(count=40, seed=8).items():
            assert len(reader.nearest(question).ids) == 50
            yield number, vectors_of_it

    shelf.rebuild(rows())
    assert len(reader.nearest(question).ids) == 40
