"""The duties themselves, as data that the office edits."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from landbridge.clocks.models import Duty
from landbridge.clocks.rules import problems_with_duty
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed, refuse_if

KNOWN = Path(__file__).resolve().parent.parent / "duties.json"


@transaction.atomic
def bring_duties(*, by: Actor, at: datetime) -> list[Duty]:
    """Bring the duties that the product knows and the database does not; what the office edited stays."""
    rows: list[dict[str, Any]] = json.loads(KNOWN.read_text(encoding="utf-8"))["duties"]
    standing = set(Duty.objects.values_list("key", flat=True))
    brought = [Duty.objects.create(**row) for row in rows if row["key"] not in standing]
    for duty in brought:
        record("duty.brought", duty, by=by, at=at, working_days=duty.working_days)
    return brought


@transaction.atomic
def edit_duty(
    *,
    duty_id: int,
    working_days: int,
    remind_after: list[int],
    tells_supervisor: bool,
    tells_client_after: int | None,
    by: Actor,
    at: datetime,
) -> Duty:
    """Give a duty another length, other reminders or other readers. Clocks that run keep what they were started with."""
    duty = Duty.objects.for_update().get(pk=duty_id)
    if not by.may(P.CLOCK_EDIT):
        raise NotAllowed(P.CLOCK_EDIT)
    refuse_if(
        problems_with_duty(
            working_days=working_days, remind_after=remind_after, tells_client_after=tells_client_after
        )
    )

    was = duty.working_days
    duty.working_days, duty.remind_after = working_days, remind_after
    duty.tells_supervisor, duty.tells_client_after = tells_supervisor, tells_client_after
    duty.save(update_fields=["working_days", "remind_after", "tells_supervisor", "tells_client_after"])

    reminders = [str(after) for after in remind_after]
    record("duty.edited", duty, by=by, at=at, was=was, working_days=working_days, remind_after=reminders)
    return duty
