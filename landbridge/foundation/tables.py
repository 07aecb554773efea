"""Every table of the database as lines of JSON, in an order in which they can be read back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

ROWS_AT_ONCE = 1000
# What comes and goes with every click, and says nothing of the network: who is signed in, who tried or asked lately.
PASSING = frozenset({"api.window", "people.attempt", "sessions.session", "usersessions.usersession"})
# Rows that `migrate` itself writes; those of an archive take their place.
FILLED_BY_MIGRATIONS = frozenset({"contenttypes.contenttype", "auth.permission"})


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """How many rows a table holds, and the hash of their content in the order of their keys."""

    table: str
    rows: int
    sha256: str


def all_models() -> list[type[models.Model]]:
    """Every stored model, those that others point at first."""
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    ordered: list[type[models.Model]] = []
    seen: set[type[models.Model]] = set()

    def visit(model: type[models.Model]) -> None:
        if model in seen:
            return
        seen.add(model)
        for field in model._meta.concrete_fields:
            target = field.remote_field.model if field.remote_field else None
            if isinstance(target, type) and target is not model:
                visit(target)
        if model in found:
            ordered.append(model)

    for model in sorted(found, key=lambda model: model._meta.label_lower):
        visit(model)
    return ordered


def rows(model: type[models.Model]) -> Iterator[str]:
    """Each row as one line of JSON, in the order of the keys; one at a time, however large the table."""
    for row in model._base_manager.order_by("pk").iterator(chunk_size=ROWS_AT_ONCE):
        yield line_of(row)


def line_of(row: models.Model) -> str:
    """One row as its line, without the end of the line."""
    plain = {field.attname: _plain(row, field) for field in row._meta.concrete_fields}
    return json.dumps(plain, sort_keys=True, ensure_ascii=False)


def read_row(model: type[models.Model], line: str) -> models.Model:
    """The row that `rows` wrote, not yet in the database. Raises ValueError or ValidationError for a broken line."""
    plain = json.loads(line)
    return model(
        **{field.attname: _value(field, plain[field.attname]) for field in model._meta.concrete_fields}
    )


def fingerprints() -> list[Fingerprint]:
    """The count and content hash of every table that lasts; equal in two databases that hold the same."""
    return [_fingerprint(model) for model in all_models() if model._meta.label_lower not in PASSING]


@contextmanager
def one_view() -> Iterator[None]:
    """A transaction that sees the database as it was when it began, and that no writer waits for."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    connection.ensure_connection()
    usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = usual  # type: ignore[attr-defined]


def applied_migrations() -> list[str]:
    """The migrations that this database has, such as `calls.0001_initial`."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def set_sequences_behind_the_highest_keys() -> None:
    """After rows were written with their own keys, let new rows follow them (PostgreSQL keeps counters apart)."""
    for statement in connection.ops.sequence_reset_sql(no_style(), all_models()):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _fingerprint(model: type[models.Model]) -> Fingerprint:
    digest, count = hashlib.sha256(), 0
    for line in rows(model):
        digest.update(line.encode() + b"\n")
        count += 1
    return Fingerprint(table=model._meta.db_table, rows=count, sha256=digest.hexdigest())


def _plain(row: models.Model, field: models.Field[Any, Any]) -> Any:
    value = getattr(row, field.attname)
    if value is None or isinstance(field, models.JSONField):
        return value
    return field.value_to_string(row)


def _value(field: models.Field[Any, Any], plain: Any) -> Any:
    if plain is None or isinstance(field, models.JSONField):
        return plain
    return field.to_python(plain)
