"""The stamp of the index: one small row for each change of a record."""

from __future__ import annotations

from datetime import datetime

from landbridge.catalogue.models import IndexChange, Record


def touched(record: Record, at: datetime) -> None:
    """Write down, in the transaction of the change, that the index must read this record again."""
    IndexChange.objects.create(record_id=record.pk, at=at)
