"""Writing the record: one row in the transaction of the change itself."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import models, transaction

from landbridge.foundation.audit.models import Entry
from landbridge.foundation.money import Money
from landbridge.foundation.permissions.actor import Actor

Detail = str | int | bool | date | Decimal | Money | None | list[str]


def record(event: str, subject: models.Model, *, by: Actor, at: datetime, **details: Detail) -> None:
    """Write down that `event` (`word.verb_in_the_past`) happened to `subject`.

    Raises TransactionManagementError outside a transaction: a record without its change would be a lie.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"{event} was recorded outside a transaction.")
    Entry.objects.create(
        at=at,
        event=event,
        subject_table=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_name=str(subject)[:200],
        person_id=by.person_id,
        person_name=by.name[:150],
        role=by.role or "",
        details={name: _plain(value) for name, value in details.items()},
    )


def _plain(value: Detail) -> str | int | bool | list[str] | None:
    if value is None or isinstance(value, (bool, int, str, list)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
