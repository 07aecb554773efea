"""What the documents say is there: words, links, commands, files and functions."""

from __future__ import annotations

import importlib
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

import run
from landbridge.command.line import COMMANDS, _parser
from landbridge.command.reference import workflows
from landbridge.foundation.permissions.roles import Role
from tests.architecture.source import PACKAGE, ROOT

pytestmark = pytest.mark.once

DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "requirements").glob("*.md")]
)
ON_PATHS = {path.relative_to(ROOT).as_posix(): path for path in DOCUMENTS}
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```", re.DOTALL)
DOTTED = re.compile(r"`([a-z_]+(?:\.[A-Za-z_]+)+)`")
PATH = re.compile(r"`((?:landbridge|tests|benchmarks|docs|requirements)/[^`*<>…\s]*)`")


def text_of(name: str) -> str:
    return ON_PATHS[name].read_text("utf-8")


def anchors_of(text: str) -> set[str]:
    """What a heading is called in an address, as the usual renderers make it."""
    headings = re.findall(r"^#+ (.+)$", CODE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(path: Path, text: str) -> Iterator[str]:
    for target in LINK.findall(CODE.sub("", text)):
        if re.match(r"[a-z]+:", target):
            continue
        address, _, anchor = target.partition("#")
        found = (path.parent / address).resolve() if address else path
        if not found.exists():
            yield f"{path.name}: {target} leads nowhere"
        elif anchor and anchor not in anchors_of(found.read_text("utf-8")):
            yield f"{path.name}: {target} names no heading"


@pytest.mark.parametrize("name", ON_PATHS)
def test_every_link_leads_somewhere(name):
    assert list(broken_links(ON_PATHS[name], text_of(name))) == []


def test_a_broken_link_is_found():
    here = ROOT / "README.md"
    assert list(broken_links(here, "[a](docs/nothing.md) [b](docs/adr/README.md#nothing)")) == [
        "README.md: docs/nothing.md leads nowhere",
        "README.md: docs/adr/README.md#nothing names no heading",
    ]


# ── The vocabulary ───────────────────────────────────────────────────────────────────────────────────────────────────
def words() -> list[str]:
    return sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


def models() -> list[str]:
    return sorted(
        {model.__name__ for model in apps.get_models() if model.__module__.startswith("landbridge.")}
    )


def states() -> list[str]:
    return sorted(
        {state for _, _, flow in workflows() for move in flow for state in (*move.sources, move.target)}
    )


@pytest.mark.parametrize("thing", [*words(), *models(), *states(), *(role.value for role in Role)])
def test_the_vocabulary_knows(thing):
    spoken = re.findall(r"`(?:[a-z_]+\.)*(\w+)`", text_of("docs/vocabulary.md"))
    assert thing in spoken


# ── Command lines ────────────────────────────────────────────────────────────────────────────────────────────────────
def command_lines(text: str) -> Iterator[list[str]]:
    """Each line that begins with one of our programs, in a block of code or between backticks."""
    blocks = "\n".join(re.findall(r"```(?:sh|console)?\n(.*?)```", text, re.DOTALL))
    candidates = [*blocks.splitlines(), *re.findall(r"`([^`\n]+)`", CODE.sub("", text))]
    for candidate in candidates:
        match = re.match(
            r"(?:\$ )?(?:\w+=\S+ +)*(?:\./|python3 )?((?:run\.py|landbridge) .*)", candidate.strip()
        )
        if match:
            line = re.split(r"\s(?:[|>&]|2>|\#)", match[1])[0]
            yield [part for part in shlex.split(line) if part != "…"]


def refused(line: list[str]) -> bool:
    """Whether our programs would not take this line; asking for help is fine."""
    try:
        accepts(line)
    except SystemExit as end:
        return bool(end.code)
    return False


def accepts(words_of_line: list[str]) -> None:
    """Raise SystemExit for a line that our programs would not take, and with 0 for one that asks for help."""
    program, *rest = words_of_line
    if program == "run.py":
        command, following = run.understood(rest)
        if command == "sh" and following[:1] == ["landbridge"]:
            accepts(following)
        return
    if rest and rest[0] in COMMANDS and len(rest) == 1 and rest[0] in {"seed", "backup", "restore"}:
        return  # named in running text, without what it works on
    _parser().parse_args(rest)


@pytest.mark.parametrize("name", [name for name in ON_PATHS if not name.startswith("docs/reference/")])
def test_every_command_line_is_understood(name):
    assert [" ".join(line) for line in command_lines(text_of(name)) if refused(line)] == []


def test_a_wrong_command_line_is_found():
    for wrong in ("`landbridge fly`", "```sh\nlandbridge serve --wings 2\n```", "`python3 run.py dance`"):
        [line] = command_lines(wrong)
        assert refused(line)


# ── Files and functions ──────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", [name for name in ON_PATHS if name != "CHANGELOG.md"])
def test_every_path_exists(name):
    assert [path for path in PATH.findall(text_of(name)) if not (ROOT / path).exists()] == []


def known(dotted: str) -> bool:
    """Whether `word.module.name` is a module of the product, or something in one."""
    parts = dotted.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found = importlib.import_module("landbridge." + ".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


@pytest.mark.parametrize("name", ["docs/tour.md", "docs/architecture.md", "CONTRIBUTING.md"])
def test_every_function_named_is_there(name):
    named = [dotted for dotted in DOTTED.findall(text_of(name)) if dotted.split(".")[0] in words()]
    assert [dotted for dotted in named if not known(dotted) and not dotted.endswith((".md", ".py"))] == []


def test_a_function_that_is_not_there_is_found():
    assert known("applications.actions.submit")
    assert not known("applications.actions.fly")
