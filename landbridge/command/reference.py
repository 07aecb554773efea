"""The reference documents that are generated from the code, so that they cannot disagree with it."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Callable, Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

from landbridge.foundation.permissions.checks import doors
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import NAME_OF, PERMISSIONS_OF, Role
from landbridge.foundation.workflow import Workflow

FOLDER = Path(settings.BASE_DIR) / "docs" / "reference"
PACKAGE = Path(settings.BASE_DIR) / "landbridge"
GENERATED = "<!-- Written by `landbridge docs`; change the code, not this file. -->"


def documents() -> dict[str, str]:
    """Every generated document by its name."""
    return {name: f"{GENERATED}\n{make().rstrip()}\n" for name, make in _MAKERS.items()}


def stale() -> list[str]:
    """The documents that do not say what the code says."""
    return [name for name, text in documents().items() if _on_disk(name) != text]


def write() -> None:
    """Write all documents."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def _on_disk(name: str) -> str:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _states() -> str:
    """Every lifecycle as a diagram and a table of moves."""
    parts = ["# States and moves\n"]
    for path, name, workflow in workflows():
        parts.append(f"## {path}: {name}\n\n```mermaid\nstateDiagram-v2")
        parts.append(f"    [*] --> {workflow.moves[0].sources[0]}")
        parts += [
            f"    {source} --> {move.target}: {move.name}" for move in workflow for source in move.sources
        ]
        parts.append("```\n\n| move | from | to | who may |\n|---|---|---|---|")
        parts += [
            f"| {move.name} | {', '.join(move.sources)} | {move.target} | `{move.permission}` |"
            for move in workflow
        ]
        parts.append("")
    return "\n".join(parts)


def _permissions() -> str:
    """Who may what, and who may open which address."""
    roles = [role for role in Role if role is not Role.SYSTEM]
    parts = ["# Permissions\n", f"| permission | {' | '.join(NAME_OF[role] for role in roles)} |"]
    parts.append(f"|---|{':-:|' * len(roles)}")
    parts += [
        f"| `{permission}` | {' | '.join('●' if permission in PERMISSIONS_OF[role] else '' for role in roles)} |"
        for permission in P
    ]
    parts.append("\n# Addresses\n\n| address | methods | guard |\n|---|---|---|")
    parts += [
        f"| `{door.pattern}` | {' '.join(door.methods)} | {door.guard.name if door.guard else '**none**'} |"
        for door in doors()
    ]
    return "\n".join(parts)


def _events() -> str:
    """Everything that is written into the record, and every letter that is sent."""
    parts = ["# Events and letters\n", "What `record` writes down, by the module that does.\n"]
    parts.append("| event | module |\n|---|---|")
    found = {(event, path) for path, event in _calls_of("record")}
    parts += [f"| `{event}` | {path} |" for event, path in sorted(found)]
    parts.append("\nThe letters, by their text.\n\n| letter | subject |\n|---|---|")
    for path in sorted(PACKAGE.glob("**/templates/letters/**/*.txt")):
        name = path.relative_to(path.parents[1]).with_suffix("")
        subject = path.read_text(encoding="utf-8").strip().splitlines()[0].replace("|", "\\|")
        parts.append(f"| `{name}` | {subject} |")
    return "\n".join(parts)


def _settings() -> str:
    """The environment variables, from the settings file itself."""
    tree = ast.parse((PACKAGE / "config" / "settings.py").read_text(encoding="utf-8"))
    parts = ["# Settings\n", "Environment variables; each has a default that suits one machine."]
    parts.append("[Operating](../operating.md) says which of them an installation wants.\n")
    parts.append("| variable | default |\n|---|---|")
    asked = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(asked, key=lambda node: (node.lineno, node.col_offset)):
        kind = getattr(call.func, "id", "")
        if kind in ("setting", "switch") and call.args and isinstance(call.args[0], ast.Constant):
            defaults = [*call.args[1:], *(keyword.value for keyword in call.keywords)]
            shown = _as_written(defaults[0]) if defaults else "off" if kind == "switch" else ""
            parts.append(f"| `LANDBRIDGE_{_as_written(call.args[0])}` | {f'`{shown}`' if shown else ''} |")
    return "\n".join(dict.fromkeys(parts))


def _as_written(default: ast.expr) -> str:
    """A plain value as one writes it into the environment, anything else as the settings compute it."""
    return str(default.value) if isinstance(default, ast.Constant) else ast.unparse(default)


def _tables() -> str:
    """Every table with its columns and the rules that the database itself keeps."""
    parts = ["# Tables\n"]
    for model in sorted(apps.get_models(), key=lambda model: model._meta.db_table):
        if not model.__module__.startswith("landbridge."):
            continue
        parts.append(f"## {model._meta.db_table}\n\n{(model.__doc__ or '').strip().splitlines()[0]}\n")
        parts.append("| column | kind | points to |\n|---|---|---|")
        for field in model._meta.concrete_fields:
            target = field.related_model._meta.db_table if field.is_relation and field.related_model else ""
            optional = ", may be empty" if field.null else ""
            parts.append(f"| {field.column} | {type(field).__name__}{optional} | {target} |")
        rules = [constraint.name.replace("_", " ") for constraint in model._meta.constraints]
        parts.append("\n" + "".join(f"- {rule}\n" for rule in rules))
    return "\n".join(parts)


def workflows() -> Iterator[tuple[str, str, Workflow]]:
    """Every workflow: its word, its name in `states.py`, itself."""
    for path in sorted(PACKAGE.glob("**/states.py")):
        module = importlib.import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
        for name, value in vars(module).items():
            if isinstance(value, Workflow):
                yield path.parent.name, name, value


def _calls_of(function: str) -> Iterator[tuple[str, str]]:
    """Each call of `function` whose first argument is a plain or formatted text: the module, and that text."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == function and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield str(path.relative_to(PACKAGE)), str(first.value)
                elif isinstance(first, ast.JoinedStr):
                    text = "".join(
                        str(part.value) if isinstance(part, ast.Constant) else "…" for part in first.values
                    )
                    yield str(path.relative_to(PACKAGE)), text


_MAKERS: dict[str, Callable[[], str]] = {
    "states.md": _states,
    "permissions.md": _permissions,
    "events.md": _events,
    "settings.md": _settings,
    "tables.md": _tables,
}
