"""A private address for one's own calendar: made, made anew, ended."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from landbridge.api.models import CalendarAddress
from landbridge.foundation.audit.record import record
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed


@transaction.atomic
def make_address(*, by: Actor, at: datetime) -> CalendarAddress:
    """A new address; the one before leads nowhere from now on."""
    person = _oneself(by)
    CalendarAddress.objects.filter(person=person).delete()
    address = CalendarAddress.objects.create(person=person, key=secrets.token_urlsafe(32), created_at=at)
    record("calendar.address_changed", person, by=by, at=at)
    return address


@transaction.atomic
def end_address(*, by: Actor, at: datetime) -> Person:
    """No address any more."""
    person = _oneself(by)
    if CalendarAddress.objects.filter(person=person).delete()[0]:
        record("calendar.address_ended", person, by=by, at=at)
    return person


def _oneself(by: Actor) -> Person:
    """Whoever has signed in, not a program of theirs: an address opens more than a key that may read one thing."""
    if by.person_id is None or by.scopes is not None:
        raise NotAllowed(P.KEY_HOLD)
    return Person.objects.select_for_update().get(pk=by.person_id)
