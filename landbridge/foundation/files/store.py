"""Keeping an upload: received and inspected on the way to the disk, then written down as a row."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings

from landbridge.foundation.files.inspection import problem_with
from landbridge.foundation.files.kinds import DOCUMENTS, Kind, Kinds, clean_name, kind_named, labels
from landbridge.foundation.files.models import StoredFile, path_of
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_, Problem, Refused, refuse

PIECE = 256 * 1024
KILOBYTE, MEGABYTE = 1_000, 1_000_000


class Upload(Protocol):
    """What Django hands over for an uploaded file."""

    name: str | None

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class Received:
    """An upload whose content lies safely on the disk; it has no row yet."""

    name: str
    kind: Kind
    sha256: str
    size: int


def store(
    upload: Upload | Received, *, by: Actor, at: datetime, kinds: Kinds = DOCUMENTS, field: str = "file"
) -> StoredFile:
    """Keep an upload and return its row. Raises Refused with the problem beside `field`.

    Receiving writes to the disk and takes its time: forms do it in `clean` (`UploadField`), before the transaction
    begins, and hand a `Received` to the action.
    """
    received = upload if isinstance(upload, Received) else receive(upload, kinds=kinds, field=field)
    return StoredFile.objects.create(
        sha256=received.sha256,
        size=received.size,
        name=received.name,
        content_type=received.kind.value.content_type,
        uploaded_by_id=by.person_id,
        uploaded_by_name=by.name[:150],
        uploaded_at=at,
    )


def receive(upload: Upload, *, kinds: Kinds = DOCUMENTS, field: str = "file") -> Received:
    """Stream an upload to the disk, under the hash of its content; the same content is kept once.

    Raises Refused when the name's ending or the content is not of these kinds, or it is empty or too large.
    """
    name = clean_name(upload.name or "")
    kind = _kind_for(name, kinds=kinds, field=field)
    with _place_to_write() as file:
        digest, size = hashlib.sha256(), 0
        for piece in upload.chunks(PIECE):
            size += len(piece)
            if size > kind.value.most_bytes:
                _refuse_size(kind, field=field)
            digest.update(piece)
            file.write(piece)
        if size == 0:
            refuse(
                "file_empty",
                N_("This file is empty."),
                cure=N_("Choose the file again; it may not have been saved yet."),
                field=field,
            )
        problem = problem_with(file, kind=kind)
        if problem is not None:
            raise Refused([_beside(problem, field=field)])
        _settle(file, sha256=digest.hexdigest(), size=size)
    return Received(name=name, kind=kind, sha256=digest.hexdigest(), size=size)


def _kind_for(name: str, *, kinds: Kinds, field: str) -> Kind:
    kind = kind_named(name, among=kinds)
    if kind is None:
        refuse(
            "file_kind",
            N_("Files like this one are not accepted here."),
            cure=N_("Choose one of these: %(kinds)s. The ending of its name must say so."),
            field=field,
            kinds=labels(kinds),
        )
    return kind


def _refuse_size(kind: Kind, *, field: str) -> None:
    refuse(
        "file_too_large",
        N_("This file is too large: a %(kind)s file may have %(most)s MB."),
        cure=N_("Make it smaller (scan at 150 dpi, or leave out large pictures), or split it in two."),
        field=field,
        kind=kind.value.label,
        most=kind.value.most_bytes // MEGABYTE,
    )


def _beside(problem: Problem, *, field: str) -> Problem:
    return Problem(
        code=problem.code, message=problem.message, cure=problem.cure, field=field, params=problem.params
    )


@contextlib.contextmanager
def _place_to_write() -> Iterator[IO[bytes]]:
    """A temporary file beside the others; gone after the block unless it was settled."""
    folder = Path(settings.LANDBRIDGE_FILES) / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        try:
            yield file
        finally:
            Path(file.name).unlink(missing_ok=True)


def _settle(file: IO[bytes], *, sha256: str, size: int) -> None:
    """Move the content to its place in one step, once it is on the disk for certain."""
    place = path_of(sha256)
    if place.exists() and place.stat().st_size == size:
        return
    file.flush()
    os.fsync(file.fileno())
    place.parent.mkdir(parents=True, exist_ok=True)
    arrived = Path(file.name)
    arrived.chmod(0o640)
    arrived.replace(place)
    _sync_folder(place.parent)


def _sync_folder(folder: Path) -> None:
    """The new name in the folder survives a power cut, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
