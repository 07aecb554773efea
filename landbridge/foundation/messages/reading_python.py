"""Which sentences a module of Python says."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from landbridge.foundation.messages.message import Found

ONE = frozenset({"_", "_l", "N_", "gettext", "gettext_lazy", "gettext_noop"})
COUNTED = frozenset({"ngettext", "ngettext_lazy"})
WITH_CONTEXT = frozenset({"pgettext", "pgettext_lazy"})
COUNTED_WITH_CONTEXT = frozenset({"npgettext", "npgettext_lazy"})


def messages_of(source: str, *, path: str) -> Iterator[Found]:
    """In the order of the source; labels of choices count, for they are translated where they are shown."""
    found: list[tuple[int, int, Found]] = []
    for node in ast.walk(ast.parse(source, filename=path)):
        if isinstance(node, ast.Call):
            found += [(node.lineno, node.col_offset, one) for one in _said(node, path=path)]
        elif isinstance(node, ast.ClassDef):
            found += [(line, 0, Found(label, "", "", path)) for line, label in _labels(node)]
    for _line, _column, one in sorted(found, key=lambda row: row[:2]):
        yield one


def _said(call: ast.Call, *, path: str) -> Iterator[Found]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    texts = [list(_constants(argument)) for argument in call.args[:3]]
    if name in ONE and texts:
        yield from (Found(text, "", "", path) for text in texts[0])
    elif name in COUNTED and len(texts) > 1:
        yield from (Found(one, many, "", path) for one, many in zip(texts[0], texts[1], strict=False))
    elif name in WITH_CONTEXT and len(texts) > 1:
        yield from (Found(text, "", context, path) for context in texts[0] for text in texts[1])
    elif name in COUNTED_WITH_CONTEXT and len(texts) > 2:
        yield from (Found(texts[1][0], texts[2][0], context, path) for context in texts[0])


def _constants(node: ast.expr) -> Iterator[str]:
    """The texts that an argument may be: itself, or either side of a choice."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and node.value:
            yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _constants(value)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        for left in _constants(node.left):
            for right in _constants(node.right):
                yield left + right


def _labels(node: ast.ClassDef) -> Iterator[tuple[int, str]]:
    """Plain labels of Django's choices, and states without names of their own, as `state_label` says them."""
    bases = {base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "") for base in node.bases}
    is_choices = bool(bases & {"TextChoices", "IntegerChoices"})
    has_label = any(isinstance(part, ast.FunctionDef) and part.name == "label" for part in node.body)
    if not is_choices and (has_label or "StrEnum" not in bases):
        return
    for part in node.body:
        if not isinstance(part, ast.Assign):
            continue
        value, name = part.value, getattr(part.targets[0], "id", "")
        if is_choices and isinstance(value, ast.Tuple) and isinstance(value.elts[-1], ast.Constant):
            yield part.lineno, str(value.elts[-1].value)
        elif is_choices and isinstance(value, ast.Constant) and not name.startswith("_"):
            yield part.lineno, name.replace("_", " ").title()
