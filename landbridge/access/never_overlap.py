"""The step of a migration after which the database itself refuses slots of one record that overlap."""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

# A range of one number stands for its equality, so that no extension of the database is needed.
_POSTGRESQL = """
ALTER TABLE access_slot ADD CONSTRAINT slots_of_a_record_never_overlap EXCLUDE USING gist (
    int8range(record_id, record_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&
)
"""
_SQLITE = """
CREATE TRIGGER slots_of_a_record_never_overlap_{act} BEFORE {act} ON access_slot
WHEN EXISTS (
    SELECT 1 FROM access_slot
    WHERE record_id = NEW.record_id AND id IS NOT NEW.id AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at
)
BEGIN
    SELECT RAISE(ABORT, 'slots_of_a_record_never_overlap');
END
"""


def never_overlap() -> RunPython:
    """Guard the table of slots; SQLite drops the triggers when a later migration rebuilds it, which repeats this."""

    def guard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(_POSTGRESQL)
        else:
            for act in ("insert", "update"):
                editor.execute(_SQLITE.format(act=act))

    def unguard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute("ALTER TABLE access_slot DROP CONSTRAINT slots_of_a_record_never_overlap")
        else:
            for act in ("insert", "update"):
                editor.execute(f"DROP TRIGGER slots_of_a_record_never_overlap_{act}")

    return RunPython(guard, unguard)
