"""Reads the weights of a BERT: the safetensors format, and what the parts of the network are called in it."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class UnreadableWeights(Exception):
    """The file is not what it should be; the sentence says in what."""


def tensors(content: bytes) -> dict[str, Floats]:
    """The float32 tensors of a safetensors file by name; others, such as lists of positions, are left out.

    The format: eight bytes that give the length of a JSON header, the header, and the numbers one after the other.

    Raises:
        UnreadableWeights: where header and content do not fit.

    """
    try:
        (length,) = struct.unpack_from("<Q", content)
        header: dict[str, Any] = json.loads(content[8 : 8 + length])
        entries = {
            name: entry
            for name, entry in header.items()
            if name != "__metadata__" and entry["dtype"] == "F32"
        }
        return {
            name: np.frombuffer(
                content,
                dtype="<f4",
                count=(entry["data_offsets"][1] - entry["data_offsets"][0]) // 4,
                offset=8 + length + entry["data_offsets"][0],
            ).reshape(entry["shape"])
            for name, entry in entries.items()
        }
    except (struct.error, ValueError, KeyError, TypeError, IndexError) as error:
        raise UnreadableWeights("This is not a whole file of weights in the safetensors format.") from error


@dataclass(frozen=True, slots=True)
class Dense:
    """A layer of weights: `x @ weight + bias`, inputs in rows, outputs in columns."""

    weight: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class Norm:
    """What follows a normalisation to mean 0 and variance 1."""

    weight: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of attention: query, key and value side by side, then the two dense layers."""

    attention: Dense
    mixed: Dense
    attention_norm: Norm
    inner: Dense
    outer: Dense
    outer_norm: Norm


@dataclass(frozen=True, slots=True)
class Bert:
    """The whole network, as BERT for sentences: no segments, no pooler.

    Source: Devlin et al. 2019 (BERT); Reimers and Gurevych 2019 (mean of the tokens as the sentence's vector).
    """

    words: Floats
    positions: Floats  # with the vector of the only segment added
    norm: Norm
    layers: tuple[Layer, ...]
    heads: int
    epsilon: float

    @property
    def dimensions(self) -> int:
        return int(self.words.shape[1])


def bert(found: Mapping[str, Floats], *, heads: int, epsilon: float) -> Bert:
    """The network from its tensors, by the names that its publishers give them.

    Raises:
        UnreadableWeights: where a tensor is missing or the heads do not divide its width.

    """
    number = len({name.split(".")[2] for name in found if name.startswith("encoder.layer.")})
    try:
        words = found["embeddings.word_embeddings.weight"]
        segment = found["embeddings.token_type_embeddings.weight"][0]
        network = Bert(
            words=words,
            positions=found["embeddings.position_embeddings.weight"] + segment,
            norm=_norm(found, "embeddings.LayerNorm"),
            layers=tuple(_layer(found, f"encoder.layer.{index}") for index in range(number)),
            heads=heads,
            epsilon=epsilon,
        )
    except KeyError as error:
        raise UnreadableWeights(f"The weights lack {error.args[0]}.") from error
    if network.dimensions % heads:
        raise UnreadableWeights(f"{heads} heads do not divide {network.dimensions} dimensions.")
    return network


def _layer(found: Mapping[str, Floats], name: str) -> Layer:
    three = [_dense(found, f"{name}.attention.self.{part}") for part in ("query", "key", "value")]
    return Layer(
        attention=Dense(
            weight=np.concatenate([part.weight for part in three], axis=1),
            bias=np.concatenate([part.bias for part in three]),
        ),
        mixed=_dense(found, f"{name}.attention.output.dense"),
        attention_norm=_norm(found, f"{name}.attention.output.LayerNorm"),
        inner=_dense(found, f"{name}.intermediate.dense"),
        outer=_dense(found, f"{name}.output.dense"),
        outer_norm=_norm(found, f"{name}.output.LayerNorm"),
    )


def _dense(found: Mapping[str, Floats], name: str) -> Dense:
    return Dense(weight=np.ascontiguousarray(found[f"{name}.weight"].T), bias=found[f"{name}.bias"])


def _norm(found: Mapping[str, Floats], name: str) -> Norm:
    return Norm(weight=found[f"{name}.weight"], bias=found[f"{name}.bias"])
