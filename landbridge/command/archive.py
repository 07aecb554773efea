"""`landbridge archive`: everything that the network owns in one documented file, and back into an empty installation."""

from __future__ import annotations

import argparse
from pathlib import Path

from landbridge.command.answer import Answer
from landbridge.command.line import CommandFailed

EXAMPLES = """  landbridge archive write network-2026-11-21.zip
  landbridge archive check network-2026-11-21.zip
  landbridge archive read network-2026-11-21.zip --json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which file."""
    parser.add_argument(
        "act",
        choices=("write", "read", "check"),
        help="write one, read one into an empty installation, look at one",
    )
    parser.add_argument("file", type=Path, help="the archive, a .zip file; `write` needs a new name")


def run(options: argparse.Namespace) -> Answer:
    """One of the three."""
    return {"write": _write, "read": _read, "check": _check}[options.act](options.file)


def _write(path: Path) -> Answer:
    from landbridge.api.open_formats import open_formats
    from landbridge.foundation import clock
    from landbridge.foundation.archive import writing

    if path.exists():
        raise CommandFailed(f"{path} exists already; name a new file.")
    try:
        written = writing.write(path, at=clock.now(), beside=open_formats())
    except OSError as error:
        raise CommandFailed(f"{path} could not be written: {error.strerror}.") from error
    rows = sum(written.rows.values())
    lines = [
        f"Wrote {rows:,} rows of {len(written.rows)} tables and {written.files:,} files to {path}.",
        f"SHA-256 {written.sha256}",
        *(f"The file {sha256} is missing on the disk, and in the archive." for sha256 in written.missing),
    ]
    data = {
        "archive": str(path), "sha256": written.sha256, "tables": written.rows, "files": written.files,
        "missing_files": written.missing,
    }  # fmt: skip
    return Answer(lines=lines, data=data)


def _read(path: Path) -> Answer:
    from landbridge.command.migrate import migrate_tables
    from landbridge.foundation.archive import checking, reading

    try:
        checking.check(path)
        migrate_tables()
        found = reading.read(path)
    except checking.Unfit as unfit:
        raise CommandFailed(f"{path} was not read; nothing was changed. {unfit}") from unfit
    except OSError as error:
        raise CommandFailed(f"{path} was not read; nothing was changed: {error}.") from error
    rows = sum(found.rows.values())
    lines = [
        f"Read {rows:,} rows of {len(found.rows)} tables and {found.files:,} files; fingerprints are equal.",
        *(f"The file {sha256} was missing already when the archive was written." for sha256 in found.missing),
    ]
    return Answer(
        lines=lines, data={"tables": found.rows, "files": found.files, "missing_files": found.missing}
    )


def _check(path: Path) -> Answer:
    from landbridge.foundation.archive import checking

    try:
        manifest = checking.check(path)
    except checking.Unfit as unfit:
        raise CommandFailed(f"{path} is not fit to be read. {unfit}") from unfit
    rows = sum(table["rows"] for table in manifest["tables"])
    files = sum(name.startswith("files/") for name in manifest["entries"])
    lines = [
        f"Written at {manifest['written_at']} by {manifest['address']}.",
        f"{rows:,} rows of {len(manifest['tables'])} tables, {files:,} files.",
        "Every entry is what the manifest says, and this version can read it.",
    ]
    return Answer(lines=lines, data={key: manifest[key] for key in ("version", "written_at", "address")})
