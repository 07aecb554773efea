"""Tables to which rows are only ever added: the database itself refuses to change or delete one."""

from __future__ import annotations

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_is_append_only() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '{table} is append-only';
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only();
CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_append_only();
"""
_SQLITE = """
CREATE TRIGGER {table}_refuses_{act} BEFORE {act} ON {table}
BEGIN
    SELECT RAISE(ABORT, '{table} is append-only');
END
"""


def append_only(table: str) -> RunPython:
    """The step of a migration after which no row of `table` can be changed, deleted or truncated away.

    SQLite drops the triggers with the table when a later migration rebuilds it: such a migration repeats this step.
    """

    def guard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(_POSTGRESQL.format(table=table))
        else:
            for act in ("update", "delete"):
                editor.execute(_SQLITE.format(table=table, act=act))

    def unguard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP FUNCTION {table}_is_append_only() CASCADE")
        else:
            for act in ("update", "delete"):
                editor.execute(f"DROP TRIGGER {table}_refuses_{act}")

    return RunPython(guard, unguard)


def guarded_tables() -> set[str]:
    """The tables whose guards are all in place and awake."""
    if connection.vendor == "postgresql":
        ask, needed = _GUARDS_ON_POSTGRESQL, {"change", "truncate"}
    else:
        ask, needed = "SELECT name FROM sqlite_master WHERE type = 'trigger'", {"update", "delete"}
    with connection.cursor() as cursor:
        cursor.execute(ask)
        names = {str(name) for (name,) in cursor.fetchall()}
    tables = {name.partition("_refuses_")[0] for name in names}
    return {table for table in tables if {f"{table}_refuses_{act}" for act in needed} <= names}


_GUARDS_ON_POSTGRESQL = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
