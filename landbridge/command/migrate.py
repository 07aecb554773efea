"""`landbridge migrate`: bring the database up to date."""

from __future__ import annotations

import argparse
from pathlib import Path

from landbridge.command.answer import Answer

EXAMPLES = "  landbridge migrate"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Takes nothing of its own."""


def run(options: argparse.Namespace) -> Answer:  # noqa: ARG001 - every command is called alike
    """Apply what is missing; nothing when there is nothing."""
    applied = migrate()
    lines = [f"Applied {name}." for name in applied] or ["The database is up to date."]
    return Answer(lines=lines, data={"applied": applied})


def migrate() -> list[str]:
    """Apply all migrations, and name those that were applied.

    The duties that the product knows come with it; those that the office has edited stay as they are.
    """
    from landbridge.clocks import actions as clocks
    from landbridge.foundation import clock
    from landbridge.foundation.permissions.actor import SYSTEM

    applied = migrate_tables()
    clocks.bring_duties(by=SYSTEM, at=clock.now())
    return applied


def migrate_tables() -> list[str]:
    """Make the folder of an embedded database and its tables, without a row of the programme's."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    if connection.vendor == "sqlite" and ":memory:" not in str(connection.settings_dict["NAME"]):
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    call_command("migrate", verbosity=0, interactive=False)
    return [f"{migration.app_label} {migration.name}" for migration, _ in plan]
