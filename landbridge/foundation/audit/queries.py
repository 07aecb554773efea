"""Reading the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from landbridge.foundation.audit.models import Entry


@dataclass(frozen=True, slots=True)
class Event:
    """One line of an object's history."""

    at: datetime
    event: str
    person_name: str
    role: str
    details: dict[str, Any]


def history_of(*subjects: models.Model, most: int = 100) -> list[Event]:
    """What happened to these objects, newest first, at most `most` lines."""
    about = models.Q(pk__in=())
    for subject in subjects:
        about |= models.Q(subject_table=subject._meta.label_lower, subject_id=subject.pk)
    rows = Entry.objects.filter(about).order_by("-pk")[:most]
    return [
        Event(at=row.at, event=row.event, person_name=row.person_name, role=row.role, details=row.details)
        for row in rows
    ]
