"""The import contracts of `pyproject.toml` hold, and each breaks when somebody breaks it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import ROOT

pytestmark = pytest.mark.once

A_SMALL_HOUSE = {
    "__init__": "",
    "config.__init__": "",
    "desk.__init__": "",
    "public.__init__": "",
    "organisations.__init__": "",
    "organisations.views": "import landbridge.organisations.actions",
    "organisations.actions": "import landbridge.organisations.models, landbridge.programmes.models",
    "organisations.models": "import django, landbridge.organisations.rules",
    "organisations.rules": "import landbridge.organisations.states, landbridge.foundation.problems",
    "organisations.states": "import landbridge.foundation.workflow",
    "programmes.__init__": "",
    "programmes.models": "import landbridge.foundation.clock",
    "foundation.__init__": "",
    "foundation.clock": "import django",
    "foundation.money": "",
    "foundation.problems": "",
    "foundation.reasons": "import landbridge.foundation.problems",
    "foundation.workflow": "import landbridge.foundation.problems",
    "algorithms.__init__": "",
}

BREAKS = [
    ("programmes.models", "import landbridge.organisations.models", "Words know only the words below them"),
    ("foundation.clock", "import landbridge.programmes.models", "Words know only the words below them"),
    ("desk.__init__", "import landbridge.public", "Words know only the words below them"),
    ("helpers.__init__", "", "Words know only the words below them"),
    ("organisations.actions", "import landbridge.organisations.views", "Within a word, a room knows only"),
    ("organisations.states", "import landbridge.organisations.rules", "Within a word, a room knows only"),
    ("organisations.rules", "import django", "import no Django"),
    ("organisations.states", "import landbridge.foundation.clock", "import no Django"),
    ("algorithms.__init__", "from django.db import models", "import no Django"),
    ("foundation.money", "import django", "import no Django"),
]


def build(folder: Path, modules: dict[str, str]) -> None:
    for name, text in modules.items():
        path = folder / "landbridge" / Path(*name.split(".")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n")
    shutil.copy(ROOT / "pyproject.toml", folder)


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    return subprocess.run(
        [sys.executable, *command, "--no-cache", "--no-logo"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_house_stands() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


def test_a_small_house_stands(tmp_path: Path) -> None:
    build(tmp_path, A_SMALL_HOUSE)
    done = lint(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("module", "line", "contract"), BREAKS)
def test_a_wrong_import_breaks_it(module: str, line: str, contract: str, tmp_path: Path) -> None:
    build(tmp_path, {**A_SMALL_HOUSE, module: f"{A_SMALL_HOUSE.get(module, '')}\n{line}"})
    done = lint(tmp_path)
    assert done.returncode == 1
    broken = [told for told in done.stdout.splitlines() if told.endswith("BROKEN")]
    assert len(broken) == 1, done.stdout
    assert contract in broken[0]
