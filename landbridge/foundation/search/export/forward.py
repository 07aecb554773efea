"""The network in plain arithmetic: slow, independent of any runtime, and what an exported file is compared with."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from landbridge.foundation.search.export.weights import Bert, Dense, Floats, Layer, Norm


def vector(network: Bert, ids: Sequence[int]) -> Floats:
    """The vector of one text, of length one, from the numbers of its tokens."""
    state = network.words[list(ids)] + network.positions[: len(ids)]
    state = _normalised(state, network.norm, epsilon=network.epsilon)
    for layer in network.layers:
        state = _through(state, layer, network)
    mean = state.mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)


def _through(state: Floats, layer: Layer, network: Bert) -> Floats:
    width = network.dimensions // network.heads
    found = []
    together = _dense(state, layer.attention)
    for head in range(network.heads):
        query, key, value = (
            together[:, start : start + width]
            for start in (part * network.dimensions + head * width for part in range(3))
        )
        weight = query @ key.T / math.sqrt(width)
        weight = np.exp(weight - weight.max(axis=1, keepdims=True))
        found.append(weight / weight.sum(axis=1, keepdims=True) @ value)
    mixed = _dense(np.concatenate(found, axis=1), layer.mixed)
    state = _normalised(state + mixed, layer.attention_norm, epsilon=network.epsilon)
    outer = _dense(_gelu(_dense(state, layer.inner)), layer.outer)
    return _normalised(state + outer, layer.outer_norm, epsilon=network.epsilon)


def _dense(state: Floats, dense: Dense) -> Floats:
    return np.asarray(state @ dense.weight + dense.bias, dtype=np.float32)


def _normalised(state: Floats, norm: Norm, *, epsilon: float) -> Floats:
    centred = state - state.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + epsilon)
    return np.asarray(centred / spread * norm.weight + norm.bias, dtype=np.float32)


_erf = np.vectorize(math.erf, otypes=[np.float32])


def _gelu(state: Floats) -> Floats:
    return np.asarray(state * (1 + _erf(state / math.sqrt(2))) / 2, dtype=np.float32)
