"""`landbridge backup`: everything in one archive: each table as lines of JSON, each file under its hash."""

from __future__ import annotations

import argparse
import io
import json
import re
import tarfile
import tempfile
from pathlib import Path

from landbridge.command.answer import Answer
from landbridge.command.line import CommandFailed

EXAMPLES = """  landbridge backup landbridge-2026-11-21.tar.gz
  landbridge backup /safe/place/landbridge.tar.gz --json"""
FORMAT = 1
STORED_NAME = re.compile(r"[0-9a-f]{64}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("archive", type=Path, help="the file to write; it must not exist yet")


def run(options: argparse.Namespace) -> Answer:
    """Write the archive from one consistent view of the database. It appears under its name only when it is whole."""
    archive: Path = options.archive
    if archive.exists():
        raise CommandFailed(f"{archive} exists already; name a new file.")
    unfinished = archive.with_name(f".{archive.name}.unfinished")
    try:
        with tarfile.open(unfinished, "w:gz") as tar:
            counts = _write(tar)
        unfinished.replace(archive)
    except OSError as error:
        raise CommandFailed(f"{archive} could not be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    rows = sum(counts.values())
    return Answer(
        lines=[f"Wrote {rows} rows of {len(counts)} tables and all files to {archive}."],
        data={"archive": str(archive), "tables": counts},
    )


def _write(tar: tarfile.TarFile) -> dict[str, int]:
    from django.conf import settings

    from landbridge.foundation.tables import all_models, applied_migrations, one_view, rows

    counts = {}
    with one_view():
        applied = applied_migrations()
        for model in all_models():
            with tempfile.TemporaryFile() as spool:
                counts[model._meta.label_lower] = sum(
                    1 for line in rows(model) if spool.write(line.encode() + b"\n")
                )
                _add(tar, f"tables/{model._meta.label_lower}.jsonl", spool)
    files = Path(settings.LANDBRIDGE_FILES)
    for path in sorted(
        files.rglob("*")
    ):  # also what came after the view of the tables: more than needed, never less
        if path.is_file() and STORED_NAME.fullmatch(path.name):
            tar.add(path, arcname=f"files/{path.relative_to(files)}")
    manifest = {"format": FORMAT, "migrations": applied, "tables": counts}
    _add(tar, "manifest.json", io.BytesIO(json.dumps(manifest, indent=2).encode()))
    return counts


def _add(tar: tarfile.TarFile, name: str, content: io.IOBase) -> None:
    size = content.seek(0, io.SEEK_END)
    content.seek(0)
    entry = tarfile.TarInfo(name)
    entry.size = size
    tar.addfile(entry, content)
