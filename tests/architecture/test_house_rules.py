"""Smaller habits that keep the house: one clock, no signals, no hidden order, modules that say what they are for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import Module, modules

pytestmark = pytest.mark.once

CLOCKS = {
    ("timezone", "now"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
}
MAY_READ_THE_CLOCK = {"landbridge/foundation/clock.py"}
BANNED_NAMES = {"utils", "helpers", "common", "services", "managers", "base"}
DJANGO_S_OWN_NAMES = {"landbridge/foundation/sqlite/base.py"}


def clock_reads(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and (getattr(node.value, "id", ""), node.attr) in CLOCKS:
            yield f"{module.path}:{node.lineno} reads the clock"


def hidden_order(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef) and node.name == "Meta":
            for part in node.body:
                if isinstance(part, ast.Assign) and any(
                    isinstance(target, ast.Name) and target.id == "ordering" for target in part.targets
                ):
                    yield f"{module.path}:{part.lineno} orders rows where nobody sees it"


def signals(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module and "signals" in node.module:
            yield f"{module.path}:{node.lineno} imports signals"


def without_a_word(module: Module) -> Iterator[str]:
    if module.text.strip() and not ast.get_docstring(module.tree):
        yield f"{module.path} does not say what it is for"


HABITS = {
    "clock": clock_reads,
    "order": hidden_order,
    "signals": signals,
    "docstring": without_a_word,
}


@pytest.mark.parametrize("habit", HABITS)
def test_every_module_keeps_the_habit(habit):
    found = [
        finding
        for module in modules()
        if not (habit == "clock" and module.path in MAY_READ_THE_CLOCK)
        for finding in HABITS[habit](module)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("habit", "text"),
    [
        ("clock", "x = timezone.now()"),
        ("order", "class A:\n    class Meta:\n        ordering = ['pk']"),
        ("signals", "from django.db.models.signals import post_save"),
        ("docstring", "x = 1"),
    ],
)
def test_a_broken_habit_is_found(habit, text):
    assert list(HABITS[habit](Module("landbridge/applications/views.py", text)))


def test_no_module_has_a_name_that_says_nothing():
    found = [
        module.path
        for module in modules()
        if BANNED_NAMES & set(re.split(r"[/.]", module.path)) and module.path not in DJANGO_S_OWN_NAMES
    ]
    assert found == []


def test_every_foreign_key_points_to_a_word_below():
    """What import contracts cannot see: a foreign key given by name ("applications.Application")."""
    found = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in ("ForeignKey", "OneToOneField", "ManyToManyField")
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and node.args[0].value != "self"
    ]
    assert found == []
