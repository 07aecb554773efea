"""`landbridge verify`: every invariant, the ledger, the files and the audit chain; exit 1 and a name for what is off."""

from __future__ import annotations

import argparse
import importlib
import io
from collections.abc import Iterator

from landbridge.command.answer import Answer

EXAMPLES = """  landbridge verify
  landbridge verify --json"""

# Each is a function without arguments that yields sentences about what is off.
CHECKS = {
    "database": "landbridge.command.verify.database_findings",
    "audit": "landbridge.foundation.audit.chain.findings",
    "files": "landbridge.foundation.files.queries.findings",
    "mail": "landbridge.foundation.inbox.queries.findings",
    "clocks": "landbridge.clocks.queries.findings",
    "enquiries": "landbridge.enquiries.queries.findings",
    "introductions": "landbridge.introductions.queries.findings",
    "profiles": "landbridge.profiles.queries.findings",
    "ledger": "landbridge.budgets.queries.findings",
    "catalogue": "landbridge.catalogue.queries.findings.findings",
    "calls": "landbridge.calls.queries.findings",
    "applications": "landbridge.applications.queries.findings",
    "imports": "landbridge.catalogue.queries.importing.findings",
    "vouchers": "landbridge.vouchers.queries.findings",
    "claims": "landbridge.claims.queries.findings",
    "access": "landbridge.access.queries.findings",
    "webinars": "landbridge.webinars.queries.findings.findings",
    "coaching": "landbridge.coaching.queries.findings",
    "meetings": "landbridge.meetings.queries.findings.findings",
    "collaborations": "landbridge.collaborations.queries.findings",
    "events": "landbridge.events.queries.findings.findings",
    "stories": "landbridge.stories.queries.findings",
    "pitches": "landbridge.pitches.queries.findings.findings",
    "indicators": "landbridge.indicators.queries.findings.findings",
    "surveys": "landbridge.surveys.queries.findings.findings",
}

# Each has its step `append_only(…)` in a migration.
APPEND_ONLY = ("audit_entry", "audit_seal", "budgets_entry", "collaborations_turn", "indicators_reading")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Takes nothing of its own."""


def run(options: argparse.Namespace) -> Answer:  # noqa: ARG001 - every command is called alike
    """Run every check to its end."""
    found = {name: list(_function(path)()) for name, path in CHECKS.items()}
    lines = []
    for name, findings in found.items():
        lines.append(f"{name}: {'nothing to find' if not findings else f'{len(findings)} findings'}")
        lines.extend(f"  {finding}" for finding in findings)
    wrong = any(found.values())
    return Answer(lines=lines, data={"findings": found, "all_well": not wrong}, code=int(wrong))


def database_findings() -> Iterator[str]:
    """Migrations that are missing, rows that point at nothing, and tables that have lost their guard against change."""
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    from landbridge.foundation import append_only

    executor = MigrationExecutor(connection)
    for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield f"The migration {migration.app_label} {migration.name} was not applied."
    try:
        connection.check_constraints()
    except DatabaseError as error:
        yield f"A row points at nothing: {error}"
    guarded = append_only.guarded_tables()
    for table in APPEND_ONLY:
        if table not in guarded:
            yield f"The database no longer refuses to change or delete rows of {table}."
    try:
        call_command("check", stdout=io.StringIO(), stderr=io.StringIO())
    except SystemCheckError as error:
        yield f"The system check fails: {error}"


def _function(path: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - looked up by name
    module, _, name = path.rpartition(".")
    return getattr(importlib.import_module(module), name)
