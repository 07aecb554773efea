"""Lets the test runner empty append-only tables, and a test tamper with them; nothing outside the tests can."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections
from django.db.backends.base.operations import BaseDatabaseOperations


@contextmanager
def emptying_append_only_tables(operations: type[BaseDatabaseOperations]) -> Iterator[None]:
    """While this holds, Django's flush runs with the triggers out of the way, and puts them back."""
    flush = operations.execute_sql_flush

    def flush_without_triggers(self: BaseDatabaseOperations, statements: list[str]) -> Any:
        connection = self.connection
        if connection.vendor == "postgresql":
            with connections[connection.alias].cursor() as cursor:
                cursor.execute(
                    "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
                )
                tables = [table for (table,) in cursor.fetchall()]
            return flush(
                self,
                [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
                + statements
                + [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables],
            )
        with connections[connection.alias].cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        return flush(
            self,
            [f"DROP TRIGGER {name}" for name, _ in triggers]
            + statements
            + [definition for _, definition in triggers],
        )

    operations.execute_sql_flush = flush_without_triggers  # type: ignore[method-assign]
    try:
        yield
    finally:
        operations.execute_sql_flush = flush  # type: ignore[method-assign]


@contextmanager
def triggers_out_of_the_way(table: str) -> Iterator[None]:
    """What somebody with the database's own password could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else checks that are due would hold the table
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, definition in triggers:
            cursor.execute(definition)
