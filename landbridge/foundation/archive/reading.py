"""Reading an archive into an empty installation: all or nothing, and equal to what was written, by its fingerprint."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, models, transaction

from landbridge.foundation import tables
from landbridge.foundation.append_only import append_only
from landbridge.foundation.archive import columns
from landbridge.foundation.archive.checking import Unfit, check_hashes, fitting_tables, opened
from landbridge.foundation.archive.writing import PIECE
from landbridge.foundation.files.models import path_of
from landbridge.foundation.inbox.models import path_of as path_of_mail

LONGEST_LINE = 64 * 1024 * 1024
# What `landbridge migrate` itself writes besides tables: the duties that the product knows, and that it brought them.
BROUGHT = "duty.brought"
SET_UP = {"clocks.duty", "audit.entry"}


@dataclass(frozen=True, slots=True)
class Read:
    """How much was read."""

    rows: dict[str, int]
    files: int
    missing: list[str]


def read(path: Path) -> Read:
    """Check the archive to the last octet, then take in its rows and files. The tables exist and are empty.

    Raises Unfit with a sentence; then not a row was changed.
    """
    with opened(path) as (archive, manifest):
        check_hashes(archive, manifest)
        models_of = fitting_tables(manifest)
        _check_room(manifest)
        try:
            with transaction.atomic():
                _make_room()
                rows = {
                    label: _table(archive, model, _described(manifest, label))
                    for label, model in models_of.items()
                }
                tables.set_sequences_behind_the_highest_keys()
                _check_fingerprints(manifest, models_of)
                files = _files(archive, manifest)
        except (DatabaseError, ValidationError) as error:
            raise Unfit(f"The database refused what is in it: {error}.") from error
    return Read(rows=rows, files=files, missing=manifest["missing_files"])


def _described(manifest: dict[str, Any], label: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in manifest["tables"] if one["name"] == label)
    return found


def _check_room(manifest: dict[str, Any]) -> None:
    folder = Path(settings.LANDBRIDGE_FILES)
    folder.mkdir(parents=True, exist_ok=True)
    needed = sum(
        one["size"] for name, one in manifest["entries"].items() if name.startswith(("files/", "mail/"))
    )
    if needed > shutil.disk_usage(folder).free:
        raise Unfit(f"Its files need {needed:,} octets, and {folder} has not so much room.")


def _make_room() -> None:
    """Take away what setting up has written. Raises Unfit when anything else is there."""
    for model in tables.all_models():
        label = model._meta.label_lower
        if label in tables.FILLED_BY_MIGRATIONS:
            model._base_manager.all().delete()
        elif label not in SET_UP and model._base_manager.exists():
            raise Unfit(f"The installation is not empty: it holds rows of {label}. Give an empty database.")
    entries = apps.get_model("audit", "Entry")._base_manager
    if entries.exclude(event=BROUGHT).exists():
        raise Unfit("The installation is not empty: its record tells of things that happened in it.")
    guard, editor = append_only(entries.model._meta.db_table), _Editor()
    if entries.exists():
        guard.reverse_code(None, editor)  # type: ignore[arg-type,misc]
        entries.all().delete()
        guard.code(None, editor)  # type: ignore[arg-type]
    apps.get_model("clocks", "Duty")._base_manager.all().delete()


class _Editor:
    """What a step of a migration needs to run its statements here and now."""

    connection = connection

    def execute(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _table(archive: zipfile.ZipFile, model: type[models.Model], described: dict[str, Any]) -> int:
    given = {column["name"] for column in described["columns"]}
    fields = [one for one in model._meta.concrete_fields if one.attname in given]
    count = 0
    with archive.open(described["file"]) as entry:
        rows = (_row(model, fields, line, number) for number, line in enumerate(_lines(entry), start=1))
        while batch := list(islice(rows, tables.ROWS_AT_ONCE)):
            model._base_manager.bulk_create(batch)
            count += len(batch)
    if count != described["rows"]:
        raise Unfit(f"The archive is damaged: {described['name']} has {count} of {described['rows']} rows.")
    return count


def _lines(entry: Any) -> Iterator[bytes]:
    while line := entry.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise Unfit("The archive holds a row that is too long to be one.")
        yield line


def _row(model: type[models.Model], fields: list[Any], line: bytes, number: int) -> models.Model:
    try:
        plain = json.loads(line)
        if not isinstance(plain, dict) or set(plain) != {one.attname for one in fields}:
            raise ValueError("its columns are not those of the manifest")  # noqa: TRY301 - said below with its line
        return model(**{one.attname: columns.read(one, plain[one.attname]) for one in fields})
    except (ValueError, OverflowError, RecursionError) as error:
        raise Unfit(f"Row {number} of {model._meta.label_lower} cannot be read: {error}.") from error


def _check_fingerprints(manifest: dict[str, Any], models_of: dict[str, type[models.Model]]) -> None:
    """What stands in the database now is what stood in the other: by table, where both have the same columns."""
    found = {one.table: one.sha256 for one in tables.fingerprints()}
    for label, model in models_of.items():
        described = _described(manifest, label)
        same_columns = {column["name"] for column in described["columns"]} == {
            one.attname for one in model._meta.concrete_fields
        }
        if same_columns and found[model._meta.db_table] != described["fingerprint"]:
            raise Unfit(f"What was read of {label} is not what was written: its fingerprint differs.")


def _files(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> int:
    """The stored files and raw e-mails, each under the hash of its content: no name of the archive becomes a path."""
    names = [name for name in manifest["entries"] if name.startswith(("files/", "mail/"))]
    for name in names:
        folder, _, sha256 = name.partition("/")
        place = path_of(sha256) if folder == "files" else path_of_mail(sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_name(f".{place.name}.unfinished")
        digest = hashlib.sha256()
        with archive.open(name) as entry, unfinished.open("wb") as file:
            while piece := entry.read(PIECE):
                digest.update(piece)
                file.write(piece)
        if digest.hexdigest() != place.name:
            unfinished.unlink()
            raise Unfit(f"The archive was altered: {name} is not what the manifest says.")
        unfinished.chmod(0o640)
        unfinished.replace(place)
    return sum(name.startswith("files/") for name in names)
