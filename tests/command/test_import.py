"""A file of another directory, taken over from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from landbridge.catalogue.models import Import, Record, Source
from landbridge.catalogue.states import Read
from landbridge.command.line import main
from landbridge.foundation import clock
from tests.factories.importing import STARTED, an_institute, as_json

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(clock, "now", lambda: STARTED)
    settings.LANDBRIDGE_FILES = tmp_path / "files"


def a_file(folder: Path, count: int = 3, name: str = "list.json") -> str:
    path = folder / name
    path.write_bytes(as_json([an_institute(number) for number in range(count)]))
    return str(path)


def test_a_file_of_a_new_source_is_taken_over_at_once(tmp_path, capsys):
    call = ["import", a_file(tmp_path), "--source", "a-list", "--format", "json", "--yes"]
    assert main(call) == 0
    said = capsys.readouterr().out
    assert "3 new" in said
    assert "Taken over." in said
    assert Record.objects.filter(state="published").count() == 3
    assert main([*call, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["state"], found["counts"]) == ("done", {"same": 3})


def test_without_a_yes_it_is_shown_and_dropped(tmp_path, capsys):
    assert main(["import", a_file(tmp_path), "--source", "a-list", "--format", "json"]) == 0
    assert "Dropped; nothing was changed." in capsys.readouterr().out
    assert Import.objects.get().state == Read.DROPPED
    assert not Record.objects.exists()


def test_an_alarm_is_decided_in_the_browser(tmp_path, capsys):
    main(["import", a_file(tmp_path, 5), "--source", "a-list", "--format", "json", "--yes"])
    assert main(["import", a_file(tmp_path, 1), "--source", "a-list", "--yes"]) == 1
    found = Import.objects.latest("pk")
    assert found.state == Read.ALARM
    assert found.get_absolute_url() in capsys.readouterr().out
    assert main(["import", a_file(tmp_path, 5), "--source", "a-list", "--yes"]) == 1
    assert "waits for its decision" in capsys.readouterr().err


def test_a_source_of_a_region_keeps_to_it(cast, tmp_path):
    options = ["--source", "a-list", "--format", "json", "--region", cast.stuttgart.key, "--yes"]
    assert main(["import", a_file(tmp_path), *options]) == 0
    assert Source.objects.get().region == cast.stuttgart


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--source", "a-list"], "There is no source a-list."),
        (["--source", "a-list", "--format", "json", "--region", "nowhere"], "There is no region nowhere."),
        (["--source", "a-list", "--format", "table"], "cannot be read"),
    ],
)
def test_what_cannot_be_is_said(tmp_path, capsys, options, said):
    assert main(["import", a_file(tmp_path), *options, "--yes"]) == 1
    assert said in capsys.readouterr().err
    assert not Record.objects.exists()


def test_a_file_that_is_not_there_or_is_something_else_is_said(tmp_path, capsys):
    options = ["--source", "a-list", "--format", "json", "--yes"]
    assert main(["import", str(tmp_path / "none.json"), *options]) == 1
    assert "cannot be read" in capsys.readouterr().err
    assert main(["import", a_file(tmp_path, name="list.exe"), *options]) == 1
    assert main(["import", a_file(tmp_path), *options]) == 0
    assert main(["import", a_file(tmp_path), "--source", "a-list", "--format", "ror", "--yes"]) == 1
    assert "writes json" in capsys.readouterr().err
