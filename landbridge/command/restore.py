"""`landbridge restore`: read an archive into an empty database, on SQLite or PostgreSQL alike."""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tarfile
import zlib
from itertools import islice
from pathlib import Path
from typing import Any

from landbridge.command.answer import Answer
from landbridge.command.line import CommandFailed

AT_ONCE = 1024 * 1024
STORED = re.compile(r"files/([0-9a-z]+/)*[0-9a-z]{64}")
EXAMPLES = "  landbridge restore landbridge-2026-11-21.tar.gz"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where from."""
    parser.add_argument("archive", type=Path, help="an archive that `landbridge backup` wrote")


def run(options: argparse.Namespace) -> Answer:
    """Migrate the empty database, read every row and file, and check the counts. All or nothing."""
    from django.core.exceptions import ValidationError
    from django.db import DatabaseError

    from landbridge.command.backup import FORMAT
    from landbridge.command.migrate import migrate_tables
    from landbridge.foundation.tables import applied_migrations

    unreadable = (OSError, EOFError, zlib.error, tarfile.TarError, ValueError, KeyError, TypeError)
    try:
        with tarfile.open(options.archive, "r:gz") as tar:
            manifest = json.load(_member(tar, "manifest.json"))
            if manifest.get("format") != FORMAT:
                raise CommandFailed(f"{options.archive} is in a format that this version does not read.")
            migrate_tables()
            if manifest["migrations"] != applied_migrations():
                raise CommandFailed(
                    "The archive was written by another version of Landbridge: "
                    "restore it with that version, then upgrade."
                )
            counts = _read(tar, manifest["tables"])
    except (*unreadable, ValidationError, DatabaseError) as error:
        raise CommandFailed(f"{options.archive} could not be read; nothing was restored: {error}") from error
    rows = sum(counts.values())
    return Answer(
        lines=[f"Restored {rows} rows of {len(counts)} tables and all files."], data={"tables": counts}
    )


def _read(tar: tarfile.TarFile, expected: dict[str, int]) -> dict[str, int]:
    from django.conf import settings
    from django.db import transaction

    from landbridge.foundation.tables import (
        FILLED_BY_MIGRATIONS,
        all_models,
        set_sequences_behind_the_highest_keys,
    )

    counts = {}
    with transaction.atomic():
        for model in all_models():
            label = model._meta.label_lower
            if label not in FILLED_BY_MIGRATIONS and model._base_manager.exists():
                raise CommandFailed(f"The database is not empty: it holds rows of {label}.")
            if label in FILLED_BY_MIGRATIONS:
                model._base_manager.all().delete()
            counts[label] = _read_table(tar, model)
            if counts[label] != expected[label]:
                raise CommandFailed(
                    f"The archive is damaged: {label} has {counts[label]} of {expected[label]} rows."
                )
        set_sequences_behind_the_highest_keys()
        _read_files(tar, Path(settings.LANDBRIDGE_FILES))
    return counts


def _read_table(tar: tarfile.TarFile, model: Any) -> int:
    from landbridge.foundation.tables import ROWS_AT_ONCE, read_row

    lines = (line.decode() for line in _member(tar, f"tables/{model._meta.label_lower}.jsonl"))
    count = 0
    while batch := [read_row(model, line) for line in islice(lines, ROWS_AT_ONCE)]:
        model._base_manager.bulk_create(batch)
        count += len(batch)
    return count


def _read_files(tar: tarfile.TarFile, folder: Path) -> None:
    """The stored files, each checked against its name. Only names that our own backup writes: nothing leaves the folder."""
    for entry in tar:
        if entry.isfile() and STORED.fullmatch(entry.name):
            path = folder / entry.name.removeprefix("files/")
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_name(f".{path.name}.unfinished")
            digest = hashlib.sha256()
            with _member(tar, entry.name) as content, unfinished.open("wb") as file:
                while block := content.read(AT_ONCE):
                    digest.update(block)
                    file.write(block)
            if digest.hexdigest() != path.name:
                unfinished.unlink()
                raise CommandFailed(
                    f"The archive is damaged: the content of {entry.name} is not what its name says."
                )
            unfinished.replace(path)


def _member(tar: tarfile.TarFile, name: str) -> Any:
    try:
        content = tar.extractfile(name)
    except KeyError:
        content = None
    if content is None:
        raise CommandFailed(f"The archive holds no {name}: it is not one of `landbridge backup`.")
    return content
