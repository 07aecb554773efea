"""The step of a migration after which the database itself refuses to change or delete a frozen period."""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

TABLE = "indicators_period"
NAME = "a_frozen_period_stays_as_it_is"
# Its documents are made after it was frozen, once each.
KEPT = (
    "id", "phase_id", "partner_id", "name", "begins_on", "ends_on", "narrative", "version", "frozen_at",
    "frozen_by_name", "sha256", "signature",
)  # fmt: skip
ONCE = ("word_id", "pdf_id")

_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '{name}';
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER {name}_update BEFORE UPDATE ON {table} FOR EACH ROW
    WHEN (OLD.frozen_at IS NOT NULL AND ({changed})) EXECUTE FUNCTION {name}();
CREATE TRIGGER {name}_delete BEFORE DELETE ON {table} FOR EACH ROW
    WHEN (OLD.frozen_at IS NOT NULL) EXECUTE FUNCTION {name}();
"""
_SQLITE = """
CREATE TRIGGER {name}_{act} BEFORE {act} ON {table}
WHEN OLD.frozen_at IS NOT NULL AND ({changed})
BEGIN
    SELECT RAISE(ABORT, '{name}');
END
"""


def frozen_for_good() -> RunPython:
    """Guard the table; SQLite drops the triggers when a later migration rebuilds it, which repeats this."""

    def guard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(_POSTGRESQL.format(name=NAME, table=TABLE, changed=_changed("IS DISTINCT FROM")))
            return
        for act, changed in (("update", _changed("IS NOT")), ("delete", "TRUE")):
            editor.execute(_SQLITE.format(name=NAME, table=TABLE, act=act, changed=changed))

    def unguard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP FUNCTION {NAME}() CASCADE")
            return
        for act in ("update", "delete"):
            editor.execute(f"DROP TRIGGER {NAME}_{act}")

    return RunPython(guard, unguard)


def _changed(differs: str) -> str:
    kept = [f"OLD.{column} {differs} NEW.{column}" for column in KEPT]
    once = [f"(OLD.{column} IS NOT NULL AND OLD.{column} {differs} NEW.{column})" for column in ONCE]
    return " OR ".join([*kept, *once])
