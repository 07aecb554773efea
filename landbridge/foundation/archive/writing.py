"""Writing an archive: one view of the database, each table as lines of JSON, each file under its hash, a manifest."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from landbridge.foundation import tables
from landbridge.foundation.archive import columns
from landbridge.foundation.files.models import StoredFile, path_of
from landbridge.foundation.inbox.models import Incoming
from landbridge.foundation.inbox.models import path_of as path_of_mail

NAME, VERSION = "landbridge-archive", 1
MANIFEST = "manifest.json"
PIECE = 1024 * 1024
ALWAYS = (1980, 1, 1, 0, 0, 0)
READ_ME = """This is the archive of a network of regions that worked with Landbridge.

manifest.json  what is in here: every table with its columns, how many rows, and the SHA-256 of every entry
tables/        one file a table, one row a line, as JSON
files/         uploads and documents, each under the SHA-256 of its content; tables/files.storedfile.jsonl names them
mail/          raw e-mails that are still kept, each under its SHA-256; tables/inbox.incoming.jsonl names them
open/          the public directory and the vouchers in the formats of the field, for those who have no Landbridge

The format is described in docs/archive.md of Landbridge. Read it into an empty installation:

    landbridge archive read FILE.zip
"""


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A part of the archive in a format that others read: its name under open/, what it is, and its octets."""

    name: str
    about: str
    pieces: Callable[[], Iterable[bytes]]


@dataclass(slots=True)
class Written:
    """What was written: rows by table, files, and those that are missing on the disk."""

    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    missing: list[str] = field(default_factory=list)
    sha256: str = ""


def write(path: Path, *, at: datetime, beside: Sequence[OpenFile] = ()) -> Written:
    """Write everything to `path`; it appears under its name only when it is whole. Raises OSError."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            written = _Writing(archive).everything(at=at, beside=beside)
        with unfinished.open("rb") as file:
            written.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return written


def tables_of_an_archive() -> list[type[models.Model]]:
    """What lasts, those first that others refer to."""
    return [model for model in tables.all_models() if model._meta.label_lower not in tables.PASSING]


def described(model: type[models.Model]) -> dict[str, Any]:
    """A table as the manifest describes it."""
    return {
        "name": model._meta.label_lower,
        "about": " ".join((model.__doc__ or "").split()).removeprefix(f"{model.__name__}("),
        "columns": [columns.described(one) for one in model._meta.concrete_fields],
    }


class _Writing:
    """One archive while it is written."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.entries: dict[str, dict[str, Any]] = {}
        self.written = Written()

    def everything(self, *, at: datetime, beside: Sequence[OpenFile]) -> Written:
        self._entry("README.txt", [READ_ME.encode()])
        with tables.one_view():
            migrations = tables.applied_migrations()
            described_tables = [self._table(model) for model in tables_of_an_archive()]
            kept = sorted(set(StoredFile.objects.order_by().values_list("sha256", flat=True)))
            mails = sorted(set(Incoming.objects.order_by().values_list("sha256", flat=True)))
            for one in beside:
                self._entry(f"open/{one.name}", one.pieces())
        for sha256 in kept:
            self._file(sha256)
        for sha256 in mails:
            self._mail(sha256)
        manifest = {
            "format": NAME,
            "version": VERSION,
            "written_at": at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "address": settings.LANDBRIDGE_ADDRESS,
            "migrations": migrations,
            "tables": described_tables,
            "open": [{"name": f"open/{one.name}", "about": one.about} for one in beside],
            "left_out": sorted(tables.PASSING),
            "missing_files": self.written.missing,
            "entries": self.entries,
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        self.archive.writestr(_info(MANIFEST), text, compress_type=zipfile.ZIP_DEFLATED)
        return self.written

    def _table(self, model: type[models.Model]) -> dict[str, Any]:
        label, fields = model._meta.label_lower, model._meta.concrete_fields
        fingerprint, count = hashlib.sha256(), 0

        def lines() -> Iterator[bytes]:
            nonlocal count
            for row in model._base_manager.order_by("pk").iterator(chunk_size=tables.ROWS_AT_ONCE):
                fingerprint.update(tables.line_of(row).encode() + b"\n")
                count += 1
                plain = {one.attname: columns.written(one, row) for one in fields}
                yield json.dumps(plain, ensure_ascii=False, allow_nan=False).encode() + b"\n"

        name = f"tables/{label}.jsonl"
        self._entry(name, lines())
        self.written.rows[label] = count
        return {**described(model), "file": name, "rows": count, "fingerprint": fingerprint.hexdigest()}

    def _file(self, sha256: str) -> None:
        try:
            with path_of(sha256).open("rb") as file:
                self._entry(f"files/{sha256}", iter(lambda: file.read(PIECE), b""), packed=False)
        except FileNotFoundError:
            self.written.missing.append(sha256)
        else:
            self.written.files += 1

    def _mail(self, sha256: str) -> None:
        """A raw e-mail; most are no longer kept, which is no loss."""
        with suppress(FileNotFoundError), path_of_mail(sha256).open("rb") as file:
            self._entry(f"mail/{sha256}", iter(lambda: file.read(PIECE), b""))

    def _entry(self, name: str, pieces: Iterable[bytes], *, packed: bool = True) -> None:
        digest, size = hashlib.sha256(), 0
        info = _info(name)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        with self.archive.open(info, "w", force_zip64=True) as entry:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                entry.write(piece)
        self.entries[name] = {"size": size, "sha256": digest.hexdigest()}


def _info(name: str) -> zipfile.ZipInfo:
    """An entry without a date of its own: the same content gives the same octets."""
    found = zipfile.ZipInfo(name, date_time=ALWAYS)
    found.external_attr = 0o640 << 16
    return found
