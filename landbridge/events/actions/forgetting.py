"""What is kept no longer than it is of use: what people need, once the event is over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from landbridge.events.actions._registered import _require
from landbridge.events.models import Event, Registration
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P


@transaction.atomic
def forget_needs(*, event_id: int, by: Actor, at: datetime) -> Event:
    """Take out what people needed (food, accessibility): it says things about their health, and the event is over."""
    _require(P.REGISTRATION_DECIDE, by=by)
    event = Event.objects.kept_by(by).for_update().get(pk=event_id)
    rows = Registration.objects.filter(event=event).filter(~Q(needs="") | Q(needs_step_free=True))
    forgotten = rows.update(needs="", needs_step_free=False)
    if forgotten:
        record("event.needs_forgotten", event, by=by, at=at, people=forgotten)
    return event
