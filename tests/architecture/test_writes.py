"""Rows change in `actions.py` alone; every other room reads."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import Module, modules

pytestmark = pytest.mark.once

WRITES = {
    "save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete",
    "acreate", "asave", "adelete", "abulk_create", "aupdate",
}  # fmt: skip
ON_ROWS = {"update", "add", "remove", "clear", "set"}  # also methods of plain containers
ROWS = {
    "objects", "_base_manager", "_default_manager", "filter", "exclude", "all", "visible_to", "for_update",
    "order_by", "current", "open",
}  # fmt: skip

# The kernels that write for everyone, each for its own table; and what reads a backup or an archive.
KERNELS = {
    "landbridge/foundation/audit/record.py",
    "landbridge/foundation/audit/chain.py",
    "landbridge/foundation/operations/once.py",
    "landbridge/foundation/jobs/backend.py",
    "landbridge/foundation/jobs/schedule.py",
    "landbridge/foundation/jobs/worker.py",
    "landbridge/foundation/outbox/tell.py",
    "landbridge/foundation/files/pictures.py",  # draws: no row of it
    "landbridge/foundation/files/store.py",
    "landbridge/foundation/search/fts5_engine.py",  # a cache that can be made anew
    "landbridge/foundation/search/pgvector.py",  # and so is this
    "landbridge/foundation/search/postgres_engine.py",  # and this
    "landbridge/foundation/people/adapter.py",  # where allauth asks us to keep its own rows
    "landbridge/foundation/archive/reading.py",
    "landbridge/demonstration/years/writing.py",  # simulated rows: many, and nobody is told of them
    "landbridge/indicators/report/word.py",  # a document: no row of it
    "landbridge/command/restore.py",
}


def is_actions(path: str) -> bool:
    return path.endswith("/actions.py") or "/actions/" in path


def writes(module: Module) -> Iterator[str]:
    """Each call in the module that changes rows."""
    actions = set(_modules_of_actions(module))
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if isinstance(node.func.value, ast.Name) and node.func.value.id in actions:
                continue  # `actions.create(…)`: that is what actions are for
            if name in WRITES or (name in ON_ROWS and ROWS & _names(node.func.value)):
                yield f"{module.path}:{node.lineno} calls {name}"
            elif name == "execute" and "cursor" in _names(node.func.value) and _is_writing_sql(node):
                yield f"{module.path}:{node.lineno} writes by SQL"


def _modules_of_actions(module: Module) -> Iterator[str]:
    """The names under which the module knows modules of actions."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                of_actions = alias.name == "actions" or node.module.endswith(".actions")
                if of_actions and alias.name.islower():
                    yield alias.asname or alias.name


def _names(node: ast.expr) -> set[str]:
    return {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)} | {
        part.id for part in ast.walk(node) if isinstance(part, ast.Name)
    }


def _is_writing_sql(call: ast.Call) -> bool:
    words = " ".join(
        str(part.value)
        for argument in call.args
        for part in ast.walk(argument)
        if isinstance(part, ast.Constant)
    ).upper()
    return any(word in words.split() for word in ("INSERT", "UPDATE", "DELETE", "TRUNCATE"))


def test_rows_change_in_actions_alone():
    found = [
        write
        for module in modules()
        if not is_actions(module.path) and module.path not in KERNELS
        for write in writes(module)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "application.save()",
        "Application.objects.create(title='x')",
        "Application.objects.filter(pk=1).update(state='paid')",
        "application.returns.create(reason='x')",
        "application.delete()",
        "cursor.execute('DELETE FROM applications_application')",
    ],
)
def test_a_write_in_a_view_is_found(line):
    assert list(writes(Module("landbridge/applications/views.py", line)))


@pytest.mark.parametrize(
    "line", ["context.update(x=1)", "seen.add(1)", "cursor.execute('SELECT 1')", "form.errors.clear()"]
)
def test_a_plain_container_is_not_a_write(line):
    assert not list(writes(Module("landbridge/applications/views.py", line)))


def test_calling_an_action_is_not_a_write():
    called = (
        "from landbridge.programmes.actions import phases\nfrom landbridge.calls import actions as calls\n"
    )
    lines = "phases.create(by=by)\ncalls.save(by=by)\nphase.save()"
    assert [write.partition(":")[2] for write in writes(Module("landbridge/a/views.py", called + lines))] == [
        "5 calls save"
    ]
