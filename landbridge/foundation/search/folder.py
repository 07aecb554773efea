"""The folder of an index: one complete version at a time, one writer at a time, and a stamp for the readers.

Below the folder stands a folder for each version and the file `current` that names the one in use. A version is
written beside the current one and put in its place by renaming that file, so that whoever reads finds either the one
or the other, whenever a process ends. The versions are a cache: nothing is lost with them.
"""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

CURRENT = "current"


class IndexFolder:
    """Where an index of one kind and format lives. Other kinds may live in the same folder beside it."""

    def __init__(self, root: Path, *, kind: str) -> None:
        self.root = root
        self.kind = kind

    def current(self) -> Path | None:
        """The version in use; None before the first."""
        try:
            name = (self.root / f"{self.kind}.{CURRENT}").read_text("ascii").strip()
        except FileNotFoundError:
            return None
        path = self.root / name
        return path if name.startswith(f"{self.kind}-") and path.is_dir() else None

    def new_version(self) -> Path:
        """An empty folder for a version that nobody reads yet."""
        path = self.root / f"{self.kind}-{uuid.uuid4().hex[:12]}"
        path.mkdir(parents=True)
        return path

    def switch_to(self, version: Path) -> None:
        """Put a complete version in use, at once for all processes, and sweep what is left of others."""
        beside = self.root / f"{self.kind}.{CURRENT}.{version.name}"
        beside.write_text(version.name, "ascii")
        beside.replace(self.root / f"{self.kind}.{CURRENT}")
        self.sweep(kept=version)

    def sweep(self, *, kept: Path | None) -> None:
        """Remove versions not in use. Who still reads one keeps its open files until it looks for a newer one."""
        for path in self.root.glob(f"{self.kind}-*"):
            if path != kept:
                shutil.rmtree(path, ignore_errors=True)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only writer, of all processes; wait for the one before. The lock falls with its process."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / f"{self.kind}.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
