"""The one clock. Everything else is given its time as `at=`."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, in UTC, to the microsecond."""
    return timezone.now()
