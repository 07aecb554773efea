"""Counting how often somebody asks."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from landbridge.api.models import Window
from landbridge.api.rules import limits as rules


def count_asking(*, subject: str, at: datetime) -> int:
    """How often a key or an address has asked in this minute, this time included.

    One row for each of them, counted up by the database, so that the count holds for all processes together.
    """
    begins_at = rules.begins_at(at)
    mine = Window.objects.filter(subject=subject)
    counted = mine.filter(begins_at=begins_at).update(count=F("count") + 1)
    if not counted and not mine.exclude(begins_at=begins_at).update(begins_at=begins_at, count=1):
        _begin(subject, begins_at)
    return mine.values_list("count", flat=True).get()


def _begin(subject: str, begins_at: datetime) -> None:
    try:
        with transaction.atomic():
            Window.objects.create(subject=subject, begins_at=begins_at, count=1)
    except IntegrityError:  # another process began it at the same moment
        Window.objects.filter(subject=subject).update(count=F("count") + 1)


def forget_windows(*, at: datetime) -> None:
    """Take away the counts of those who have not asked for a day."""
    Window.objects.filter(begins_at__lt=at - timedelta(days=1)).delete()
