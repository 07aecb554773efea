"""The pins: complete, hashed, in agreement with each other, and silent about anybody's machine or registry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import ROOT

pytestmark = pytest.mark.once
SETS = ("runtime", "scale", "test", "dev")
NOT_OURS = {".git", ".venv", "var", "__pycache__", "htmcov", "node_modules"}

# Written in two halves, so that this file does not find itself
REGISTRIES = re.compile(
    "|".join(
        [
            "pypi" + r"\.org",
            "python" + r"hosted",
            "registry" + r"\.npmjs",
            "/" + "simple/",
            "--index" + "-url",
        ]
    )
)
MACHINES = re.compile(
    r"(?<![\w.}>])/(?:"
    + "|".join(["op" + "t", "roo" + "t", "hom" + "e", "wor" + "k", "User" + "s"])
    + r")/[\w.]"
)


def lock_file(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")


def pins(name: str) -> dict[str, set[str]]:
    """Package to its pinned versions (more than one where systems differ)."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", lock_file(name), flags=re.MULTILINE):
        found.setdefault(package.lower().replace("_", "-"), set()).add(version)
    return found


def wanted(name: str) -> Iterator[str]:
    for line in (ROOT / "requirements" / f"{name}.in").read_text("utf-8").splitlines():
        if match := re.match(r"([A-Za-z][A-Za-z0-9._-]*)", line):
            yield match[1].lower().replace("_", "-")


def project_files() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT).parts
        hidden_caches = any(
            part in NOT_OURS or part.endswith("_cache") or part == ".hypothesis" for part in inside
        )
        if path.is_file() and not hidden_caches:
            yield path


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in project_files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
            for number, line in enumerate(text.splitlines(), start=1)
            if pattern.search(line)
        ]
    return found


def test_no_file_names_a_registry() -> None:
    assert lines_with(REGISTRIES) == []


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    assert lines_with(MACHINES) == []


@pytest.mark.parametrize(
    "text", ["https://pypi" + ".org/x", "see /ro" + "ot/x", "file:///op" + "t/wheels", '"/wor' + 'k/main"']
)
def test_the_search_would_find_them(text: str) -> None:
    assert REGISTRIES.search(text) or MACHINES.search(text)


@pytest.mark.parametrize("name", SETS)
def test_every_wanted_package_is_pinned_with_a_hash(name: str) -> None:
    pinned = pins(name)
    assert set(wanted(name)) <= set(pinned)
    entries = re.split(r"^(?=\S)", lock_file(name), flags=re.MULTILINE)
    assert [
        entry for entry in entries if "==" in entry.partition("\n")[0] and "--hash=sha256:" not in entry
    ] == []


@pytest.mark.parametrize("name", SETS)
def test_a_lock_file_holds_pins_and_nothing_else(name: str) -> None:
    odd = [
        line
        for line in lock_file(name).splitlines()
        if not re.match(r"[A-Za-z0-9._-]+==| +(--hash=sha256:|#)", line)
    ]
    assert [line for line in odd if not line.startswith("#") and line] == []


@pytest.mark.parametrize(("later", "earlier"), [(b, a) for i, b in enumerate(SETS) for a in SETS[:i]])
def test_a_later_set_agrees_with_an_earlier_one(later: str, earlier: str) -> None:
    first, second = pins(earlier), pins(later)
    assert {package for package in first.keys() & second.keys() if first[package] != second[package]} == set()
