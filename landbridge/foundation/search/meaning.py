"""Texts as vectors, so that a question finds an offer that says the same in other words. Works only where the
runtime's packages are installed and `landbridge model` has made the file; elsewhere there is no encoder, and search
goes by words alone.
"""

from __future__ import annotations

import ctypes
import logging
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.foundation.search.wordpiece import WordPiece

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]

FILE = "meaning.onnx"
LONGEST = 256  # tokens of a text; the rest is not read, as when the model was trained
TOGETHER = 512  # tokens in one pass; more are no quicker, and want more memory
KEPT_QUESTIONS = 2_000  # of 1.5 KB

log = logging.getLogger(__name__)


class Encoder:
    """A model in memory. Safe to use from several threads."""

    def __init__(self, path: Path, *, threads: int = 1) -> None:
        """Read a model's file; raises whatever a missing package or a broken file raises: `encoder()` does not."""
        self._session = session(str(path), threads=threads)
        about = self._session.get_modelmeta().custom_metadata_map
        self.name: str = about["name"]  # names weights, graph and vocabulary: other names, other vectors
        self.dimensions = int(about["dimensions"])
        self._tokens = WordPiece(about["vocabulary"].split("\n"))
        self._question = lru_cache(maxsize=KEPT_QUESTIONS)(self._alone)
        _give_back()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row for each text, of length one. A text has the same vector alone and among others."""
        import numpy as np

        ids = [self._tokens.ids(text, most=LONGEST) for text in texts]
        found = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        waiting = sorted(range(len(ids)), key=lambda index: len(ids[index]))
        while waiting:
            number = max(1, TOGETHER // len(ids[waiting[-1]]))  # the longest first: memory is asked for once
            batch, waiting = waiting[-number:], waiting[:-number]
            found[batch] = vectors(
                self._session, [ids[index] for index in batch], filling=self._tokens.filling
            )
        return found

    def question(self, text: str) -> Vectors:
        """The vector of one text, of length one; remembered for the next time, and therefore not to be changed."""
        return self._question(" ".join(text.split()))

    def _alone(self, text: str) -> Vectors:
        found: Vectors = self.encode([text])[0]
        found.flags.writeable = False
        return found


def session(model: bytes | str, *, threads: int, careful: bool | None = None) -> Any:
    """The runtime with a graph in it, from a file's content or path, ready to run.

    Careful is a way of computing that never overflows, and takes nearly twice as long; None: where it is needed.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors
    if careful or (careful is None and overflows()):
        options.add_session_config_entry("session.x64quantprecision", "1")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _give_back() -> None:
    """What reading the file took and freed, half as much as the model, goes back to the system where that can be asked."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:  # the GNU C library
        trim(0)


@lru_cache(maxsize=1)
def overflows() -> bool:
    """Whether this processor, having no dot products of 8 bits, cuts the sum of two large products at 16 bits."""
    import numpy as np

    from landbridge.foundation.search.export.onnx_file import Graph

    graph = Graph("largest")
    row = graph.takes("rows", kind="uint8", shape=("rows", 64))
    product = graph.node("MatMulInteger", row, graph.constant(np.full((64, 32), 127, np.int8)))
    graph.gives(product, name="products", kind="int32", shape=("rows", 32))
    running = session(graph.file(), threads=1, careful=False)
    found = running.run(None, {"rows": np.full((4, 64), 255, np.uint8)})[0]
    return not bool((found == 64 * 255 * 127).all())


def vectors(running: Any, ids: Sequence[Sequence[int]], *, filling: int = 0) -> Vectors:
    """The vectors of texts from the numbers of their tokens, in one pass; shorter ones are filled up."""
    import numpy as np

    longest = max(map(len, ids))
    table = np.full((len(ids), longest), filling, dtype=np.int64)
    mask = np.zeros((len(ids), longest), dtype=np.int32)
    for row, numbers in enumerate(ids):
        table[row, : len(numbers)] = numbers
        mask[row, : len(numbers)] = 1
    found: Vectors = running.run(["vectors"], {"ids": table, "mask": mask})[0]
    return found


# ── The one of this process ──────────────────────────────────────────────────────────────────────────────────────────
_lock = threading.Lock()
_kept: dict[tuple[object, ...], Encoder | None] = {}


def encoder() -> Encoder | None:
    """The encoder of this process, read when first asked for and again when the file is another; never raises.

    None where the file or the packages are missing, or where the file is broken, which is logged once.
    """
    from django.conf import settings

    path = Path(settings.LANDBRIDGE_MODEL_DIR) / FILE
    try:
        found = path.stat()
    except OSError:
        return None
    key = (path, found.st_mtime_ns, found.st_size, settings.LANDBRIDGE_MODEL_THREADS)
    if key not in _kept:
        with _lock:
            if key not in _kept:
                one = _read(path, threads=settings.LANDBRIDGE_MODEL_THREADS)
                _kept.clear()
                _kept[key] = one
    return _kept.get(key)


def _read(path: Path, *, threads: int) -> Encoder | None:
    try:
        return Encoder(path, threads=threads)
    except ImportError as error:
        log.info("Search goes by words alone: %s", error)
    except Exception:  # the runtime has a class of its own for each way in which a file is broken
        log.warning(
            "Search goes by words alone: %s is broken; `landbridge model` makes it anew.", path, exc_info=True
        )
    return None
