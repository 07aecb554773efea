"""Reading what is stored: whether every file is still there and still the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from landbridge.foundation.files.models import StoredFile

PIECE = 1024 * 1024


def findings() -> Iterator[str]:
    """What is missing or altered on the disk, in words; nothing when all is well. Reads every file once."""
    rows = StoredFile.objects.order_by("sha256", "pk").values_list("pk", "name", "sha256", "size")
    verdict, verdict_on = "", ""
    for pk, name, sha256, size in rows.iterator(chunk_size=500):
        if verdict_on != sha256:
            verdict, verdict_on = _verdict(StoredFile(sha256=sha256).path, sha256=sha256), sha256
        if verdict:
            yield f'Stored file {pk} "{name}" ({sha256[:12]}, {size} bytes) {verdict}.'


def _verdict(path: Path, *, sha256: str) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                digest.update(piece)
    except FileNotFoundError:
        return "is missing on the disk"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return "" if digest.hexdigest() == sha256 else "was altered on the disk"
