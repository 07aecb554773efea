"""A backup read into an empty database makes the same database, and a broken one makes nothing."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
import threading

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from landbridge.command import line
from landbridge.foundation import clock, tables
from landbridge.foundation.files.store import receive
from landbridge.foundation.people.models import Person
from landbridge.foundation.tables import fingerprints
from landbridge.organisations.models import Organisation
from tests.architecture.source import ROOT
from tests.architecture.world import PDF, make_world
from tests.factories.organisations import an_organisation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(tmp_path, settings):
    """Files of this test's own."""
    settings.LANDBRIDGE_FILES = str(tmp_path / "files")
    return tmp_path


def emptied() -> None:
    """The database as `migrate` leaves it."""
    call_command("flush", verbosity=0, interactive=False)


def rewritten(archive, changed, *, name: str, content: bytes | None) -> None:
    """The archive with one member replaced, or left out."""
    with tarfile.open(archive) as old, tarfile.open(changed, "w:gz") as new:
        for entry in old:
            if entry.name.endswith(name):
                if content is None:
                    continue
                entry.size = len(content)
                new.addfile(entry, io.BytesIO(content))
            else:
                new.addfile(entry, old.extractfile(entry) if entry.isfile() else None)


def test_what_is_restored_is_what_was_backed_up(folder, capsys):
    make_world(at=clock.now())
    archive = folder / "all.tar.gz"
    before = fingerprints()
    assert line.main(["backup", str(archive)]) == 0
    assert line.main(["backup", str(archive)]) == 1
    assert "exists already" in capsys.readouterr().err
    emptied()
    kept = settings.LANDBRIDGE_FILES
    os.rename(kept, folder / "elsewhere")  # noqa: PTH104 - the folder as a whole
    assert line.main(["restore", str(archive), "--json"]) == 0
    assert sum(json.loads(capsys.readouterr().out)["tables"].values()) == sum(one.rows for one in before)
    assert fingerprints() == before
    assert line.main(["verify"]) == 0, capsys.readouterr().out
    highest = Organisation.objects.order_by("-pk")[0].pk
    assert an_organisation().pk > highest
    assert line.main(["restore", str(archive)]) == 1
    assert "not empty" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("manifest.json", None, "holds no manifest.json"),
        ("manifest.json", b'{"format": 99}', "a format that this version does not read"),
        ("manifest.json", b'{"format": 1, "migrations": [], "tables": {}}', "another version of Landbridge"),
        ("manifest.json", b"[", "could not be read; nothing was restored"),
        ("organisations.organisation.jsonl", b"", "0 of 1 rows"),
        ("organisations.organisation.jsonl", b"{}\n", "could not be read; nothing was restored"),
        ("organisations.organisation.jsonl", b"\xff\n", "could not be read; nothing was restored"),
        ("organisations.organisation.jsonl", None, "holds no tables/organisations.organisation.jsonl"),
    ],
)
def test_a_damaged_archive_restores_nothing(folder, capsys, *, name, content, sentence):
    Person.objects.create(name="Anna", email="anna@example.org")
    an_organisation()
    line.main(["backup", str(folder / "all.tar.gz")])
    emptied()
    empty = fingerprints()
    rewritten(folder / "all.tar.gz", folder / "damaged.tar.gz", name=name, content=content)
    capsys.readouterr()
    assert line.main(["restore", str(folder / "damaged.tar.gz")]) == 1
    assert sentence in capsys.readouterr().err
    assert fingerprints() == empty


def test_a_file_that_was_altered_in_the_archive_restores_nothing(folder, capsys):
    stored = receive(SimpleUploadedFile("a.pdf", PDF, content_type="application/pdf"))
    line.main(["backup", str(folder / "all.tar.gz")])
    emptied()
    rewritten(folder / "all.tar.gz", folder / "damaged.tar.gz", name=stored.sha256, content=b"something else")
    settings.LANDBRIDGE_FILES = str(folder / "fresh")
    assert line.main(["restore", str(folder / "damaged.tar.gz")]) == 1
    assert "is not what its name says" in capsys.readouterr().err
    assert [path for path in (folder / "fresh").rglob("*") if path.is_file()] == []


def test_half_an_archive_and_no_archive_say_so(folder, capsys):
    an_organisation()
    line.main(["backup", str(folder / "all.tar.gz")])
    whole = (folder / "all.tar.gz").read_bytes()
    (folder / "half.tar.gz").write_bytes(whole[: len(whole) // 2])
    (folder / "none.tar.gz").write_text("hello")
    emptied()
    empty = fingerprints()
    for name in ("half.tar.gz", "none.tar.gz", "missing.tar.gz"):
        assert line.main(["restore", str(folder / name)]) == 1
        assert "could not be read" in capsys.readouterr().err
        assert fingerprints() == empty


def test_a_name_that_leads_out_of_the_folder_is_not_followed(folder):
    line.main(["backup", str(folder / "all.tar.gz")])
    with tarfile.open(folder / "all.tar.gz") as old, tarfile.open(folder / "evil.tar.gz", "w:gz") as new:
        for entry in old:
            new.addfile(entry, old.extractfile(entry) if entry.isfile() else None)
        for name in (f"files/../../{'a' * 64}", f"/{'b' * 64}", f"files/..{'c' * 64}"):
            entry = tarfile.TarInfo(name)
            entry.size = 4
            new.addfile(entry, io.BytesIO(b"evil"))
    emptied()
    assert line.main(["restore", str(folder / "evil.tar.gz")]) == 0
    assert [path.name for path in folder.rglob("*") if path.name[:3] in ("aaa", "bbb", "..c")] == []


def test_a_backup_where_nothing_can_be_written_says_so(folder, capsys):
    assert line.main(["backup", str(folder / "no" / "such" / "folder.tar.gz")]) == 1
    assert "could not be written" in capsys.readouterr().err


def test_on_the_embedded_database_no_writer_waits_for_a_backup(folder):
    """A deferred transaction reads one moment from the write-ahead log and never asks for the lock of writers."""
    if connection.vendor != "sqlite":
        return  # the next test sees it happen
    with CaptureQueriesContext(connection) as queries:
        line.main(["backup", str(folder / "all.tar.gz")])
    begun = [query["sql"] for query in queries if query["sql"].startswith("BEGIN")]
    assert begun[0] == "BEGIN DEFERRED"
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        pass
    assert queries[0]["sql"] == "BEGIN IMMEDIATE"


def test_a_backup_sees_one_moment_while_others_write(folder, monkeypatch):
    """A writer comes in while the backup is under way; neither waits, and the archive holds all of it or nothing."""
    if connection.vendor != "postgresql":
        return  # the tests' embedded database lives in memory, where readers and writers share one lock
    an_organisation(name="Before")
    wrote = threading.Event()

    def write() -> None:
        an_organisation(name="Meanwhile")
        connection.close()
        wrote.set()

    def rows_with_a_writer(model):
        if model is Organisation and not wrote.is_set():
            threading.Thread(target=write).start()
            assert wrote.wait(timeout=10), "the writer waits for the backup"
        yield from usual(model)

    usual = tables.rows
    monkeypatch.setattr(tables, "rows", rows_with_a_writer)
    assert line.main(["backup", str(folder / "all.tar.gz")]) == 0
    with tarfile.open(folder / "all.tar.gz") as tar:
        rows = tar.extractfile("tables/organisations.organisation.jsonl").read().decode()
    assert "Before" in rows
    assert "Meanwhile" not in rows


def test_an_archive_of_the_embedded_database_moves_to_postgresql(folder, capsys):
    """From SQLite to the database of this run: what a partner does who begins small."""
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
    landbridge("backup", str(folder / "small.tar.gz"))
    small = json.loads(landbridge("fingerprint", "--json"))
    assert line.main(["restore", str(folder / "small.tar.gz")]) == 0
    capsys.readouterr()
    line.main(["fingerprint", "--json"])
    assert json.loads(capsys.readouterr().out) == small
