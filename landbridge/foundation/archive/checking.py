"""Checking an archive before a row of it is believed: its shape, its sizes, its hashes, and whether this version knows it."""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.db import models

from landbridge.foundation.archive import columns
from landbridge.foundation.archive.writing import MANIFEST, NAME, PIECE, VERSION, tables_of_an_archive

LARGEST_MANIFEST = 64 * 1024 * 1024
MOST_RATIO = 250
RATIO_COUNTS_FROM = 2_000_000
ENCRYPTED = 0x1
ENTRY = re.compile(
    r"README\.txt|tables/[a-z0-9_]+\.[a-z0-9_]+\.jsonl|(?:files|mail)/[0-9a-f]{64}|open/[a-z0-9][a-z0-9._-]{0,99}"
)
SHA256 = re.compile(r"[0-9a-f]{64}")


class Unfit(Exception):
    """An archive that is not read, and why, in a sentence."""


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """The archive and its manifest, when its shape is sound. Whatever is wrong with it, also later, raises Unfit."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_entries(archive)
            manifest = _manifest(archive)
            _check_against(manifest, archive)
            yield archive, manifest
    except FileNotFoundError:
        raise Unfit(f"There is no file {path}.") from None
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError) as error:
        raise Unfit(f"It is no zip archive, or it is damaged: {error}.") from error


def check(path: Path) -> dict[str, Any]:
    """Look at every octet of the archive without reading a row; its manifest. Raises Unfit."""
    with opened(path) as (archive, manifest):
        check_hashes(archive, manifest)
        fitting_tables(manifest)
    return manifest


def check_hashes(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Every entry is what the manifest says it is, and every file what its name says."""
    for name, expected in manifest["entries"].items():
        digest = hashlib.sha256()
        with archive.open(name) as entry:
            while piece := entry.read(PIECE):
                digest.update(piece)
        found = digest.hexdigest()
        if found != expected["sha256"] or (
            name.startswith(("files/", "mail/")) and name.partition("/")[2] != found
        ):
            raise Unfit(f"The archive was altered: {name} is not what the manifest says.")


def fitting_tables(manifest: dict[str, Any]) -> dict[str, type[models.Model]]:
    """The tables of the archive as this version has them. Raises Unfit where it cannot hold what is in there."""
    known = {model._meta.label_lower: model for model in tables_of_an_archive()}
    for table in manifest["tables"]:
        label = table["name"]
        if label not in known:
            raise Unfit(
                f"This version of Landbridge does not know the table {label}: read it with a newer one."
            )
        fields = {one.attname: one for one in known[label]._meta.concrete_fields}
        given = {column["name"]: column["type"] for column in table["columns"]}
        for name, kind in given.items():
            if name not in fields or columns.type_of(fields[name]).name != kind:
                raise Unfit(
                    f"This version of Landbridge does not know the column {name} ({kind}) of {label}: "
                    "read it with a newer one."
                )
        for name, one in fields.items():
            if name not in given and not (
                one.null or one.has_default() or one.db_default is not models.NOT_PROVIDED
            ):
                raise Unfit(f"The archive lacks the column {name} of {label}, which this version needs.")
    return {table["name"]: known[table["name"]] for table in manifest["tables"]}


def _check_entries(archive: zipfile.ZipFile) -> None:
    """Only entries of our own names, each once, beside each other, none that unpacks to far more than it weighs."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise Unfit("It holds an entry twice.")
    for entry in entries:
        if entry.filename != MANIFEST and not ENTRY.fullmatch(entry.filename):
            raise Unfit(f"It holds an entry that no archive has: {entry.filename[:100]!r}.")
        if entry.flag_bits & ENCRYPTED:
            raise Unfit("It is protected by a password.")
        if entry.file_size > RATIO_COUNTS_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise Unfit(f"{entry.filename} would unpack to far more than it weighs, and is not opened.")
    for one, following in pairwise(sorted(entries, key=lambda entry: entry.header_offset)):
        if one.header_offset + one.compress_size > following.header_offset:
            raise Unfit("Its entries lie over each other.")


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        info = archive.getinfo(MANIFEST)
    except KeyError:
        raise Unfit(f"It holds no {MANIFEST}: it is not one of `landbridge archive write`.") from None
    if info.file_size > LARGEST_MANIFEST:
        raise Unfit(f"Its {MANIFEST} is too large.")
    try:
        found = json.loads(archive.read(info))
    except (ValueError, RecursionError) as error:
        raise Unfit(f"Its {MANIFEST} cannot be read: {error}.") from error
    if not isinstance(found, dict) or found.get("format") != NAME:
        raise Unfit(f"Its {MANIFEST} is not one of `landbridge archive write`.")
    if found.get("version") != VERSION:
        raise Unfit(
            f"It is in version {found.get('version')!r} of the format; this one reads version {VERSION}."
        )
    if not _is_well_formed(found):
        raise Unfit(f"Its {MANIFEST} does not describe its tables and entries as it must.")
    return found


def _is_well_formed(manifest: dict[str, Any]) -> bool:
    entries, tables = manifest.get("entries"), manifest.get("tables")
    missing = manifest.get("missing_files")
    if not isinstance(entries, dict) or not isinstance(tables, list) or not isinstance(missing, list):
        return False
    return (
        all(_is_entry(name, one) for name, one in entries.items())
        and all(_is_table(one) for one in tables)
        and len({one["name"] for one in tables}) == len(tables)
        and all(isinstance(one, str) and SHA256.fullmatch(one) for one in missing)
    )


def _is_entry(name: str, one: Any) -> bool:
    return (
        bool(ENTRY.fullmatch(name))
        and isinstance(one, dict)
        and _is_count(one.get("size"))
        and isinstance(one.get("sha256"), str)
    )


def _is_table(one: Any) -> bool:
    if not isinstance(one, dict) or not isinstance(one.get("name"), str):
        return False
    given = one.get("columns")
    return (
        one.get("file") == f"tables/{one['name']}.jsonl"
        and _is_count(one.get("rows"))
        and isinstance(one.get("fingerprint"), str)
        and isinstance(given, list)
        and all(
            isinstance(column, dict)
            and isinstance(column.get("name"), str)
            and isinstance(column.get("type"), str)
            for column in given
        )
    )


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _check_against(manifest: dict[str, Any], archive: zipfile.ZipFile) -> None:
    """The manifest names every entry, and nothing that is not there."""
    there = {entry.filename: entry.file_size for entry in archive.infolist() if entry.filename != MANIFEST}
    named = {name: one["size"] for name, one in manifest["entries"].items()}
    for name in sorted(there.keys() ^ named.keys()):
        raise Unfit(f"Manifest and archive do not agree: {name} is in one of them alone.")
    for name, size in there.items():
        if size != named[name]:
            raise Unfit(f"The archive was altered: {name} has {size} octets instead of {named[name]}.")
    for table in manifest["tables"]:
        if table["file"] not in there:
            raise Unfit(f"The archive lacks {table['file']}.")
