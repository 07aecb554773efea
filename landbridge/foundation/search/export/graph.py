"""The network as an ONNX graph: in float32, to prove the graph, or with 8-bit weights, to use."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from landbridge.foundation.search.export.onnx_file import FLOAT, Graph
from landbridge.foundation.search.export.weights import Bert, Dense, Floats, Layer, Norm

RUNTIME = "com.microsoft"  # the runtime's own operators, which do several standard ones in one pass
SHAPE = ("texts", "tokens")


def onnx(network: Bert, *, eight_bits: bool, about: Mapping[str, str] | None = None) -> bytes:
    """A file that takes `ids` and `mask` (texts × tokens, 1 for a token and 0 for filling) and gives `vectors`."""
    return (EightBits if eight_bits else InFloat)(network).file(about=about)


class InFloat:
    """The graph in float32. Its states are tokens × dimensions, all texts below each other."""

    def __init__(self, network: Bert) -> None:
        self.network = network
        self.graph = Graph("meaning")
        self.ids = self.graph.takes("ids", kind="int64", shape=SHAPE)
        self.mask = self.graph.takes("mask", kind="int32", shape=SHAPE)
        size = self._whole(network.dimensions)
        self.flat = self.graph.constant(np.array([-1, network.dimensions]))
        self.apart = self.graph.node("Concat", self.graph.node("Shape", self.ids), size, axis=0)

    def file(self, *, about: Mapping[str, str] | None) -> bytes:
        graph, network = self.graph, self.network
        state = graph.node("Reshape", graph.node("Add", self._words(), self._positions()), self.flat)
        state = self._norm(state, network.norm)
        for layer in network.layers:
            state = self._layer(state, layer)
        graph.gives(self._pooled(state), name="vectors", kind="float32", shape=("texts", network.dimensions))
        return graph.file(about=about)

    def _whole(self, number: int) -> str:
        return self.graph.constant(np.array([number], dtype=np.int64))

    def _words(self) -> str:
        return self.graph.node("Gather", self.graph.constant(self.network.words), self.ids)

    def _positions(self) -> str:
        length = self.graph.node("Shape", self.ids, start=1, end=2)
        table = self.graph.constant(self.network.positions)
        return self.graph.node("Slice", table, self._whole(0), length, self._whole(0))

    def _layer(self, state: str, layer: Layer) -> str:
        graph = self.graph
        size = self.network.dimensions
        together = self._dense(state, layer.attention)
        parts = graph.nodes(
            "Split", together, graph.constant(np.array([size] * 3, dtype=np.int64)), results=3, axis=-1
        )
        query, key, value = (graph.node("Reshape", part, self.apart) for part in parts)
        seen = graph.node(
            "MultiHeadAttention",
            *(query, key, value, "", self.mask),
            domain=RUNTIME,
            num_heads=self.network.heads,
        )
        mixed = self._dense(graph.node("Reshape", seen, self.flat), layer.mixed)
        state = self._norm(graph.node("Add", state, mixed), layer.attention_norm)
        inner = graph.node("Gelu", self._dense(state, layer.inner))
        outer = self._dense(inner, layer.outer)
        return self._norm(graph.node("Add", state, outer), layer.outer_norm)

    def _dense(self, state: str, dense: Dense) -> str:
        product = self.graph.node("MatMul", state, self.graph.constant(dense.weight))
        return self.graph.node("Add", product, self.graph.constant(dense.bias))

    def _norm(self, state: str, norm: Norm) -> str:
        weight, bias = self.graph.constant(norm.weight), self.graph.constant(norm.bias)
        return self.graph.node("LayerNormalization", state, weight, bias, epsilon=self.network.epsilon)

    def _pooled(self, state: str) -> str:
        """The mean over the tokens that are no filling. A sum does as well: its length becomes one anyway."""
        graph = self.graph
        weight = graph.node("Unsqueeze", graph.node("Cast", self.mask, to=FLOAT), self._whole(2))
        kept = graph.node("Mul", graph.node("Reshape", state, self.apart), weight)
        total = graph.node("ReduceSum", kept, self._whole(1), keepdims=0)
        return graph.node("LpNormalization", total, axis=1, p=2)


class EightBits(InFloat):
    """The same with weights in 8 bits, a scale for each column, and states in 8 bits, a scale for each token.

    A scale for each token, not one for the whole batch: a text has the same vector alone and among others.
    """

    def __init__(self, network: Bert) -> None:
        super().__init__(network)
        number = self.graph.node("ReduceProd", self.graph.node("Shape", self.ids), keepdims=1)
        self.middle = self.graph.constant(np.uint8(128))  # what stands for 0
        self.middles = self.graph.node("Expand", self.middle, number)

    def _words(self) -> str:
        graph = self.graph
        whole, step = in_eight_bits(self.network.words)
        found = graph.node("Cast", graph.node("Gather", graph.constant(whole), self.ids), to=FLOAT)
        return graph.node("Mul", found, graph.node("Gather", graph.constant(step), self.ids))

    def _dense(self, state: str, dense: Dense) -> str:
        graph = self.graph
        whole, steps = in_eight_bits(dense.weight.T)
        weight = graph.constant(np.ascontiguousarray(whole.T))
        largest = graph.node("ReduceMax", graph.node("Abs", state), self._whole(1), keepdims=1)
        step = graph.node("Mul", largest, graph.constant(np.float32(1 / 127)))
        flat = graph.node("Squeeze", step, self._whole(1))
        tokens = graph.node("QuantizeLinear", state, flat, self.middles, axis=0)
        product = graph.node(
            "MatMulIntegerToFloat",
            *(tokens, weight, graph.constant(np.float32(1)), graph.constant(steps[:, 0]), self.middle),
            domain=RUNTIME,
        )
        return graph.node("Add", graph.node("Mul", product, step), graph.constant(dense.bias))


def in_eight_bits(rows: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Whole numbers of -127 to 127 and the step of each row: `whole * step` is nearly the row."""
    largest = np.abs(rows).max(axis=1, keepdims=True)
    step = np.where(largest == 0, 1, largest / 127).astype(np.float32)
    return np.rint(rows / step).astype(np.int8), step
