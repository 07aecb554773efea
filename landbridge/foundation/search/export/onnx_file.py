"""Writes ONNX files: the dozen fields of its protobuf messages that a graph of ours needs, and nothing else.

Numbers of fields and types are those of `onnx.proto` (ONNX 1.16, IR version 9).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

IR_VERSION = 9
STANDARD = 20  # the version of the standard operators; the first with Gelu
DATA_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7}
FLOAT = DATA_TYPES["float32"]
Attribute = int | float


@dataclass
class Graph:
    """A graph in the making: nodes in the order of their work, and the constants they use."""

    name: str
    _nodes: list[bytes] = field(default_factory=list)
    _constants: list[bytes] = field(default_factory=list)
    _inputs: list[bytes] = field(default_factory=list)
    _outputs: list[bytes] = field(default_factory=list)
    _domains: set[str] = field(default_factory=set)

    def node(self, operator: str, *inputs: str, domain: str = "", **attributes: Attribute) -> str:
        """One operator with one result, whose name is returned. An empty input is one that is left out."""
        return self.nodes(operator, *inputs, results=1, domain=domain, **attributes)[0]

    def nodes(
        self, operator: str, *inputs: str, results: int, domain: str = "", **attributes: Attribute
    ) -> list[str]:
        """One operator with several results."""
        number = len(self._nodes)
        names = [f"{operator.lower()}_{number}_{result}" for result in range(results)]
        self._domains.add(domain)
        self._nodes.append(
            b"".join(_text(1, name) for name in inputs)
            + b"".join(_text(2, name) for name in names)
            + _text(4, operator)
            + b"".join(_part(5, _attribute(name, value)) for name, value in attributes.items())
            + (_text(7, domain) if domain else b"")
        )
        return names

    def constant(self, values: Any) -> str:
        """A tensor that belongs to the graph: an array, or a list of whole numbers."""
        array = np.asarray(values)
        name = f"constant_{len(self._constants)}"
        self._constants.append(
            b"".join(_number(1, size) for size in array.shape)
            + _number(2, DATA_TYPES[array.dtype.name])
            + _text(8, name)
            + _part(9, np.ascontiguousarray(array).tobytes())
        )
        return name

    def takes(self, name: str, *, kind: str, shape: Sequence[int | str]) -> str:
        """An input; a size that varies is a word."""
        self._inputs.append(_value(name, kind=kind, shape=shape))
        return name

    def gives(self, result: str, *, name: str, kind: str, shape: Sequence[int | str]) -> None:
        """A result of a node, under the name by which the outside asks for it."""
        self._nodes.append(_text(1, result) + _text(2, name) + _text(4, "Identity"))
        self._outputs.append(_value(name, kind=kind, shape=shape))

    def file(self, *, about: Mapping[str, str] | None = None) -> bytes:
        """The finished file, with notes about it."""
        graph = (
            b"".join(_part(1, node) for node in self._nodes)
            + _text(2, self.name)
            + b"".join(_part(5, constant) for constant in self._constants)
            + b"".join(_part(11, value) for value in self._inputs)
            + b"".join(_part(12, value) for value in self._outputs)
        )
        return (
            _number(1, IR_VERSION)
            + _text(2, "landbridge")
            + _part(7, graph)
            + b"".join(_part(8, _domain(domain)) for domain in sorted(self._domains | {""}))
            + b"".join(_part(14, _text(1, key) + _text(2, value)) for key, value in (about or {}).items())
        )


def _domain(name: str) -> bytes:
    return (_text(1, name) + _number(2, 1)) if name else _number(2, STANDARD)


def _value(name: str, *, kind: str, shape: Sequence[int | str]) -> bytes:
    sizes = b"".join(
        _part(1, _text(2, size) if isinstance(size, str) else _number(1, size)) for size in shape
    )
    return _text(1, name) + _part(2, _part(1, _number(1, DATA_TYPES[kind]) + _part(2, sizes)))


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, float):
        return _text(1, name) + _key(2, 5) + struct.pack("<f", value) + _number(20, 1)
    return _text(1, name) + _number(3, value) + _number(20, 2)


# ── Protobuf itself ──────────────────────────────────────────────────────────────────────────────────────────────────
def _variable(number: int) -> bytes:
    """Seven bits a byte, the least first; a negative number as its two's complement of 64 bits."""
    number &= (1 << 64) - 1
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    found.append(number)
    return bytes(found)


def _key(place: int, kind: int) -> bytes:
    return _variable(place << 3 | kind)


def _number(place: int, number: int) -> bytes:
    return _key(place, 0) + _variable(number)


def _part(place: int, content: bytes) -> bytes:
    return _key(place, 2) + _variable(len(content)) + content


def _text(place: int, text: str) -> bytes:
    return _part(place, text.encode())
