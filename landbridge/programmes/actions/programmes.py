"""Creating and describing programmes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed, refuse_if
from landbridge.programmes.actions.columns import change, columns_of
from landbridge.programmes.models import Programme
from landbridge.programmes.rules.facts import ProgrammeFacts
from landbridge.programmes.rules.programmes import problems_with_programme


@transaction.atomic
def create(facts: ProgrammeFacts, *, by: Actor, at: datetime) -> Programme:
    """Set up a programme; only the network's office may, for a programme's office has just its own."""
    if not (by.may(P.PROGRAMME_EDIT) and by.sees_everything):
        raise NotAllowed(P.PROGRAMME_EDIT)
    taken = set(Programme.objects.values_list("key", flat=True))
    refuse_if(problems_with_programme(facts, taken=taken))

    programme = Programme.objects.create(**columns_of(facts))

    record("programme.created", programme, by=by, at=at)
    return programme


@transaction.atomic
def edit(*, programme_id: int, facts: ProgrammeFacts, by: Actor, at: datetime, seen: str = "") -> Programme:
    """Describe the programme anew; the record names what changed."""
    programme = Programme.objects.edited_by(by).for_update().get(pk=programme_id)
    taken = set(Programme.objects.exclude(pk=programme_id).values_list("key", flat=True))
    refuse_if(problems_with_programme(facts, taken=taken))

    changed = change(programme, before=programme.facts(), after=facts, seen=seen)

    if changed:
        record("programme.edited", programme, by=by, at=at, changed=changed)
    return programme
