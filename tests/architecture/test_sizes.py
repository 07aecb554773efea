"""Files stay small: 400 lines, functions 50, templates 150."""

from __future__ import annotations

from statistics import median

import pytest

from tests.architecture.source import Module, modules, templates

FILE, FUNCTION, TEMPLATE = 400, 50, 150

pytestmark = pytest.mark.once


def too_long(found: list[Module]) -> list[str]:
    """What exceeds a limit, in words."""
    files = [f"{module.path} has {module.lines} lines" for module in found if module.lines > FILE]
    functions = [
        f"{module.path}: {name} has {lines} lines"
        for module in found
        for name, lines in module.functions()
        if lines > FUNCTION
    ]
    return files + functions


def test_files_and_functions_are_small():
    found = modules()
    lines = median(module.lines for module in found)
    functions = median(lines for module in found for _, lines in module.functions())
    print(f"median file: {lines} lines; median function: {functions} lines")
    assert too_long(found) == []


def test_templates_are_small():
    sizes = {path: text.count("\n") for path, text in templates()}
    print(f"median template: {median(sizes.values())} lines")
    assert {path: lines for path, lines in sizes.items() if lines > TEMPLATE} == {}


def test_a_long_file_and_a_long_function_are_found():
    long_function = "def work():\n" + "    x = 1\n" * FUNCTION
    assert too_long([Module("a.py", "x = 1\n" * (FILE + 1))]) == [f"a.py has {FILE + 1} lines"]
    assert too_long([Module("b.py", long_function)]) == [f"b.py: work has {FUNCTION + 1} lines"]
