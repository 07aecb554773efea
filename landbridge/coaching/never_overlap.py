"""The step of a migration after which the database itself refuses that a coach is free, or booked, twice at a moment."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps


@dataclass(frozen=True, slots=True)
class _Guard:
    """A table whose stretches of one coach share no moment; `only` leaves rows out that no longer count."""

    name: str
    table: str
    only: str = "TRUE"
    only_new: str = "TRUE"


_GUARDS = (
    _Guard("free_times_of_a_coach_never_overlap", "coaching_freetime"),
    _Guard(
        "sessions_of_a_coach_never_overlap",
        "coaching_session",
        only="state <> 'cancelled'",
        only_new="NEW.state <> 'cancelled'",
    ),
)
# A range of one number stands for its equality, so that no extension of the database is needed.
_POSTGRESQL = """
ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist (
    int8range(coach_id, coach_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&
) WHERE ({only})
"""
_SQLITE = """
CREATE TRIGGER {name}_{act} BEFORE {act} ON {table}
WHEN {only_new} AND EXISTS (
    SELECT 1 FROM {table}
    WHERE coach_id = NEW.coach_id AND id IS NOT NEW.id AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at
    AND {only}
)
BEGIN
    SELECT RAISE(ABORT, '{name}');
END
"""


def never_overlap() -> RunPython:
    """Guard both tables; SQLite drops the triggers when a later migration rebuilds one, which repeats this."""

    def guard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for one in _GUARDS:
            given = {"name": one.name, "table": one.table, "only": one.only, "only_new": one.only_new}
            if editor.connection.vendor == "postgresql":
                editor.execute(_POSTGRESQL.format(**given))
            else:
                for act in ("insert", "update"):
                    editor.execute(_SQLITE.format(act=act, **given))

    def unguard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for one in _GUARDS:
            if editor.connection.vendor == "postgresql":
                editor.execute(f"ALTER TABLE {one.table} DROP CONSTRAINT {one.name}")
            else:
                for act in ("insert", "update"):
                    editor.execute(f"DROP TRIGGER {one.name}_{act}")

    return RunPython(guard, unguard)
