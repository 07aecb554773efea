"""A table to which rows are only added: guarded by its migration's step, and free again when the step is undone."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from landbridge.foundation.append_only import append_only, guarded_tables

pytestmark = pytest.mark.django_db


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def editor():
    execute("CREATE TABLE pebbles (id integer)")
    execute("INSERT INTO pebbles VALUES (1)")
    return SimpleNamespace(connection=connection, execute=execute)


def changes() -> list[str]:
    """The statements that the guard refuses."""
    truncate = ["TRUNCATE pebbles"] if connection.vendor == "postgresql" else []
    return ["UPDATE pebbles SET id = 2", "DELETE FROM pebbles", *truncate]


def test_a_guarded_table_only_grows(editor):
    append_only("pebbles").code(None, editor)
    execute("INSERT INTO pebbles VALUES (2)")
    for statement in changes():
        with pytest.raises(DatabaseError, match="pebbles is append-only"), transaction.atomic():
            execute(statement)
    assert "pebbles" in guarded_tables()


def test_the_step_can_be_undone(editor):
    step = append_only("pebbles")
    step.code(None, editor)
    step.reverse_code(None, editor)
    for statement in changes():
        execute(statement)
    assert "pebbles" not in guarded_tables()


def test_a_guard_that_sleeps_is_no_guard(editor):
    append_only("pebbles").code(None, editor)
    if connection.vendor == "postgresql":
        execute("ALTER TABLE pebbles DISABLE TRIGGER pebbles_refuses_truncate")
    else:
        execute("DROP TRIGGER pebbles_refuses_update")
    assert "pebbles" not in guarded_tables()
    assert {"audit_entry", "audit_seal", "budgets_entry"} <= guarded_tables()
