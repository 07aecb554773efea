"""The source as the architecture tests read it: modules, functions, templates, and what they do."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "landbridge"


@dataclass(frozen=True)
class Module:
    """One Python file of the product."""

    path: str
    text: str

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    @property
    def tree(self) -> ast.Module:
        return _tree(self.text)

    def functions(self) -> Iterator[tuple[str, int]]:
        """Each function's name and its number of lines, the docstring left out: explaining costs nothing."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                documented = node.body[0] if ast.get_docstring(node, clean=False) is not None else None
                docstring = documented.end_lineno - documented.lineno + 1 if documented else 0
                yield node.name, node.end_lineno - node.lineno + 1 - docstring


@cache
def _tree(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def modules() -> list[Module]:
    """Every module of the product but generated migrations."""
    return [
        Module(path=str(path.relative_to(ROOT)), text=path.read_text("utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts
    ]


@cache
def templates() -> list[tuple[str, str]]:
    """Every template's path and text."""
    return [
        (str(path.relative_to(ROOT)), path.read_text("utf-8"))
        for path in sorted(PACKAGE.rglob("templates/**/*"))
        if path.is_file()
    ]
