"""The one place where simulated rows are written: past the actions, since they are many and nobody is told of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from django.db import models

from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import SYSTEM

AnyRow = TypeVar("AnyRow", bound=models.Model)
PORTION = 1000


def put(rows: Iterable[AnyRow]) -> list[AnyRow]:
    """Write the rows of one table, in portions; they know their ids then."""
    found = list(rows)
    if found:
        type(found[0])._base_manager.bulk_create(found, batch_size=PORTION)
    return found


def attach(model: type[models.Model], pairs: Iterable[tuple[int, int]], *, name: str) -> None:
    """Write the pairs of a many-to-many relation of the model, by their ids."""
    relation = model._meta.get_field(name)
    through = relation.remote_field.through  # type: ignore[union-attr]
    own, other = relation.m2m_column_name(), relation.m2m_reverse_name()  # type: ignore[union-attr]
    put(through(**{own: one, other: two}) for one, two in pairs)


def note(subject: models.Model, *, at: datetime, **counts: int) -> None:
    """Say in the record what was simulated: one entry for all of it, as nobody made any row of it."""
    record("demonstration.simulated", subject, by=SYSTEM, at=at, **counts)
