"""An archive read into an empty installation makes the same network, and one that is not sound makes nothing."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from landbridge.clocks import actions as clocks
from landbridge.command import line
from landbridge.foundation import clock
from landbridge.foundation.archive import columns
from landbridge.foundation.archive.writing import tables_of_an_archive
from landbridge.foundation.audit.models import Entry
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.tables import all_models, fingerprints
from landbridge.organisations.models import Organisation
from tests.architecture.source import ROOT
from tests.architecture.world import make_world
from tests.factories.organisations import an_organisation

pytestmark = pytest.mark.django_db(transaction=True)
Change = Callable[[str, bytes], bytes | None]


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """Files of this test's own."""
    settings.LANDBRIDGE_FILES = str(tmp_path / "files")
    return tmp_path


def emptied() -> None:
    """The database as `migrate` leaves it."""
    call_command("flush", verbosity=0, interactive=False)


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def rewritten(path: Path, changed: Path, change: Change, *, truthful: bool = False) -> Path:
    """The archive with its entries changed; `truthful` has the manifest say so."""
    found = {name: new for name, old in contents(path) if (new := change(name, old)) is not None}
    if truthful:
        manifest = json.loads(found["manifest.json"])
        for name, content in found.items():
            if name != "manifest.json":
                manifest["entries"][name] = {
                    "size": len(content),
                    "sha256": hashlib.sha256(content).hexdigest(),
                }
        found["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return changed


def of(name: str, new: bytes | None) -> Change:
    """One entry with another content, or without it."""
    return lambda given, old: new if given == name else old


def of_manifest(change: Callable[[dict[str, Any]], object]) -> Change:
    """The manifest with something else in it."""

    def changed(name: str, old: bytes) -> bytes:
        if name != "manifest.json":
            return old
        manifest = json.loads(old)
        change(manifest)
        return json.dumps(manifest).encode()

    return changed


def written(folder: Path) -> Path:
    path = folder / "network.zip"
    assert line.main(["archive", "write", str(path)]) == 0
    return path


def test_what_is_read_is_what_was_written(folder, capsys):
    make_world(at=clock.now())
    before = fingerprints()
    path = written(folder)
    assert line.main(["archive", "write", str(path)]) == 1
    assert "exists already" in capsys.readouterr().err
    assert line.main(["archive", "check", str(path)]) == 0
    emptied()
    os.rename(settings.LANDBRIDGE_FILES, folder / "elsewhere")  # noqa: PTH104 - the folder as a whole
    assert line.main(["archive", "read", str(path), "--json"]) == 0
    assert fingerprints() == before
    kept = {row.sha256 for row in StoredFile.objects.order_by("pk")}
    assert kept
    assert all(StoredFile(sha256=one).path.read_bytes() for one in kept)
    capsys.readouterr()
    assert line.main(["verify"]) == 0, capsys.readouterr().out
    highest = Organisation.objects.order_by("-pk")[0].pk
    assert an_organisation().pk > highest
    assert line.main(["archive", "read", str(path)]) == 1
    assert "not empty" in capsys.readouterr().err


def test_an_installation_that_was_only_set_up_counts_as_empty(folder, capsys):
    clocks.bring_duties(by=SYSTEM, at=clock.now())
    an_organisation()
    path, before = written(folder), fingerprints()
    emptied()
    clocks.bring_duties(by=SYSTEM, at=clock.now())
    assert line.main(["archive", "read", str(path)]) == 0
    assert fingerprints() == before
    with pytest.raises(Exception, match="append-only"):
        Entry.objects.order_by("pk")[0].delete()


def test_the_same_network_makes_the_same_octets(folder, monkeypatch):
    at = clock.now()
    monkeypatch.setattr(clock, "now", lambda: at)
    an_organisation()
    first = written(folder)
    (folder / "first.zip").write_bytes(first.read_bytes())
    first.unlink()
    assert written(folder).read_bytes() == (folder / "first.zip").read_bytes()


def test_the_manifest_describes_every_table_and_column(folder):
    make_world(at=clock.now())
    manifest = json.loads(dict(contents(written(folder)))["manifest.json"])
    assert (manifest["format"], manifest["version"]) == ("landbridge-archive", 1)
    described = {table["name"]: table for table in manifest["tables"]}
    expected = {model._meta.label_lower for model in all_models()}
    assert described.keys() == expected - {
        "sessions.session",
        "usersessions.usersession",
        "people.attempt",
        "api.window",
    }
    assert sorted(manifest["left_out"]) == sorted(expected - described.keys())
    vouchers = {column["name"]: column for column in described["vouchers.voucher"]["columns"]}
    assert vouchers["amount_eur"]["type"] == "money"
    assert vouchers["application_id"]["refers_to"] == "applications.application"
    seen: set[str] = set()
    for table in manifest["tables"]:
        refers = {column.get("refers_to") for column in table["columns"]} - {None, table["name"]}
        assert refers <= seen, table["name"]
        seen.add(table["name"])


def test_rows_are_natural_and_open_formats_stand_beside_them(folder):
    make_world(at=clock.now())
    found = dict(contents(written(folder)))
    voucher = json.loads(found["tables/vouchers.voucher.jsonl"].splitlines()[0])
    assert voucher["amount_eur"]["currency"] == "EUR"
    assert voucher["amount_eur"]["amount"].count(".") == 1
    assert json.loads(found["tables/audit.entry.jsonl"].splitlines()[0])["at"].endswith("Z")
    directory = json.loads(found["open/directory.jsonld"])
    assert directory["@graph"]
    assert directory["@graph"][0]["@type"]
    assert found["open/vouchers.csv"].decode().splitlines()[0].startswith("number,programme,call,")
    assert len(found["open/vouchers.csv"].splitlines()) > 1


def test_every_column_has_a_type_of_the_format():
    for model in tables_of_an_archive():
        for field in model._meta.concrete_fields:
            assert columns.type_of(field).name, f"{model._meta.label}.{field.name}"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (of("manifest.json", None), "holds no manifest.json"),
        (of("manifest.json", b"["), "cannot be read"),
        (of("manifest.json", b"{}"), "not one of `landbridge archive write`"),
        (of_manifest(lambda one: one.update(version=99)), "version 99 of the format"),
        (of_manifest(lambda one: one.update(entries=[])), "does not describe its tables and entries"),
        (of_manifest(lambda one: one["tables"][0].update(rows=-1)), "does not describe"),
        (of_manifest(lambda one: one["tables"].append(one["tables"][0])), "does not describe"),
        (of("tables/organisations.organisation.jsonl", None), "is in one of them alone"),
        (of("tables/organisations.organisation.jsonl", b""), "has 0 octets instead of"),
        (of("README.txt", None), "is in one of them alone"),
    ],
)
def test_a_damaged_archive_is_not_read(folder, capsys, *, change, sentence):
    an_organisation()
    path = written(folder)
    emptied()
    empty = fingerprints()
    damaged = rewritten(path, folder / "damaged.zip", change)
    for act in ("check", "read"):
        assert line.main(["archive", act, str(damaged)]) == 1
        assert sentence in capsys.readouterr().err
    assert fingerprints() == empty


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("../../etc/passwd", "an entry that no archive has"),
        ("/etc/passwd", "an entry that no archive has"),
        ("files/../../evil", "an entry that no archive has"),
        ("files/" + "a" * 63, "an entry that no archive has"),
        ("tables/..jsonl", "an entry that no archive has"),
        ("open/.htaccess", "an entry that no archive has"),
        ("files/" + "a" * 64, "is in one of them alone"),
    ],
)
def test_an_entry_of_another_name_is_not_written_anywhere(folder, capsys, *, name, sentence):
    path = written(folder)
    emptied()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, b"evil")
    assert line.main(["archive", "read", str(path)]) == 1
    assert sentence in capsys.readouterr().err
    assert [one for one in folder.rglob("*") if one.is_file() and one.suffix != ".zip"] == []


def test_a_row_that_was_altered_is_found_even_when_the_hashes_are_made_anew(folder, capsys):
    an_organisation(name="Before")
    path = written(folder)
    emptied()
    empty = fingerprints()

    def altered(name: str, old: bytes) -> bytes:
        return old.replace(b"Before", b"Behind") if name.endswith("organisation.jsonl") else old

    damaged = rewritten(path, folder / "damaged.zip", altered)
    assert line.main(["archive", "read", str(damaged)]) == 1
    assert "The archive was altered" in capsys.readouterr().err
    damaged = rewritten(path, folder / "damaged.zip", altered, truthful=True)
    assert line.main(["archive", "read", str(damaged)]) == 1
    assert "its fingerprint differs" in capsys.readouterr().err
    assert fingerprints() == empty


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (b'"name": "Before"', b'"name": 7', "a text was expected"),
        (b'"name": "Before"', b'"name": null', "may not be empty"),
        (b'"name": "Before"', b'"name": "' + b"x" * 5000 + b'"', "is longer than"),
        (b'"name": "Before", ', b"", "its columns are not those of the manifest"),
        (b'"name": "Before"', b'"name": "\\u0000"', "a text was expected"),
        (b'{"id": ', b'{"id": 99999999999999999999', "a whole number was expected"),
        (b"\n", b"\n[1]\n", "its columns are not those"),
        (b"{", b"[" * 100_000, "cannot be read"),
    ],
)
def test_a_row_that_a_column_cannot_hold_is_named(folder, capsys, *, old, new, sentence):
    an_organisation(name="Before")
    path = written(folder)
    emptied()
    empty = fingerprints()

    def altered(name: str, content: bytes) -> bytes:
        return content.replace(old, new, 1) if name == "tables/organisations.organisation.jsonl" else content

    damaged = rewritten(path, folder / "damaged.zip", altered, truthful=True)
    assert line.main(["archive", "read", str(damaged)]) == 1
    assert sentence in capsys.readouterr().err
    assert fingerprints() == empty


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda one: one["tables"][0].update(name="moon.landing", file="tables/moon.landing.jsonl"),
            "lacks tables/moon",
        ),
        (lambda one: one["tables"][0]["columns"][0].update(name="moon"), "does not know the column moon"),
        (lambda one: one["tables"][0]["columns"][0].update(type="moment"), "does not know the column"),
        (lambda one: one["tables"][0]["columns"].pop(0), "lacks the column"),
    ],
)
def test_tables_and_columns_that_this_version_does_not_have_are_named(folder, capsys, *, change, sentence):
    path = written(folder)
    emptied()
    damaged = rewritten(path, folder / "damaged.zip", of_manifest(change))
    assert line.main(["archive", "read", str(damaged)]) == 1
    assert sentence in capsys.readouterr().err


def test_a_table_of_another_program_is_named(folder, capsys):
    path = written(folder)
    emptied()

    def foreign(name: str, old: bytes) -> bytes:
        return old

    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("tables/moon.landing.jsonl", b"")
    manifest = json.loads(dict(contents(path))["manifest.json"])
    manifest["tables"].append(
        {
            "name": "moon.landing",
            "file": "tables/moon.landing.jsonl",
            "rows": 0,
            "fingerprint": "",
            "columns": [],
        }
    )
    manifest["entries"]["tables/moon.landing.jsonl"] = {"size": 0, "sha256": hashlib.sha256(b"").hexdigest()}
    changed = rewritten(path, folder / "moon.zip", of("manifest.json", json.dumps(manifest).encode()))
    assert line.main(["archive", "read", str(changed)]) == 1
    assert "does not know the table moon.landing" in capsys.readouterr().err


def test_a_bomb_is_not_opened(folder, capsys):
    path = written(folder)
    emptied()
    bomb = rewritten(
        path, folder / "bomb.zip", of("tables/audit.entry.jsonl", b"0" * 30_000_000), truthful=True
    )
    assert bomb.stat().st_size < 1_000_000
    assert line.main(["archive", "read", str(bomb)]) == 1
    assert "would unpack to far more than it weighs" in capsys.readouterr().err


def test_entries_over_each_other_and_twice_are_not_opened(folder, capsys):
    path = written(folder)
    emptied()
    with zipfile.ZipFile(path) as archive:
        first, second = archive.infolist()[:2]
    octets = bytearray(path.read_bytes())
    for info, other in ((second, first),):
        at = octets.rindex(info.filename.encode()) - 46  # its line in the directory
        octets[at + 42 : at + 46] = other.header_offset.to_bytes(4, "little")
    (folder / "over.zip").write_bytes(octets)
    assert line.main(["archive", "check", str(folder / "over.zip")]) == 1
    said = capsys.readouterr().err
    assert "lie over each other" in said or "damaged" in said
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("README.txt", b"again")
    assert line.main(["archive", "check", str(path)]) == 1
    assert "an entry twice" in capsys.readouterr().err


def test_half_an_archive_and_no_archive_say_so(folder, capsys):
    an_organisation()
    path = written(folder)
    whole = path.read_bytes()
    (folder / "half.zip").write_bytes(whole[: len(whole) // 2])
    (folder / "none.zip").write_text("hello")
    middle = len(whole) // 2
    (folder / "flipped.zip").write_bytes(whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :])
    emptied()
    empty = fingerprints()
    for name in ("half.zip", "none.zip", "flipped.zip", "missing.zip"):
        assert line.main(["archive", "read", str(folder / name)]) == 1
        assert "was not read; nothing was changed" in capsys.readouterr().err
        assert fingerprints() == empty


def test_a_file_that_is_missing_on_the_disk_is_named(folder, capsys):
    make_world(at=clock.now())
    lost = StoredFile.objects.order_by("pk")[0]
    lost.path.unlink()
    path = written(folder)
    assert f"{lost.sha256} is missing on the disk" in capsys.readouterr().out
    emptied()
    assert line.main(["archive", "read", str(path)]) == 0
    assert f"{lost.sha256} was missing already" in capsys.readouterr().out


def test_an_archive_of_the_embedded_database_moves_to_postgresql(folder, capsys):
    """From SQLite to the database of this run, with the cast of the demonstration."""
    if connection.vendor != "postgresql":
        return  # the way from SQLite to SQLite is tested above
    environment = {
        **os.environ,
        "LANDBRIDGE_DATABASE_URL": f"sqlite:///{folder}/small.sqlite3",
        "LANDBRIDGE_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "landbridge.config.settings",
    }

    def landbridge(*arguments: str) -> str:
        program = [sys.executable, "-m", "landbridge", *arguments]
        done = subprocess.run(program, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
        return done.stdout

    landbridge("migrate")
    landbridge("seed", "cast")
    landbridge("archive", "write", str(folder / "small.zip"))
    small = json.loads(landbridge("fingerprint", "--json"))
    assert line.main(["archive", "read", str(folder / "small.zip")]) == 0
    capsys.readouterr()
    line.main(["fingerprint", "--json"])
    assert json.loads(capsys.readouterr().out) == small
