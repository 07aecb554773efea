"""Making a key, using it, ending it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from landbridge.api import queries
from landbridge.api.models import Key
from landbridge.api.queries import keys as key_queries
from landbridge.api.rules import keys as rules
from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed, refuse_if

__all__ = ["make_key", "note_use", "queries", "revoke_key"]


@transaction.atomic
def make_key(
    *, name: str, scopes: Sequence[str], days: int, second_factor: bool, by: Actor, at: datetime
) -> tuple[Key, str]:
    """A key under the hat that is worn now; its text is given back once and kept nowhere."""
    if not by.may(P.KEY_HOLD) or by.person_id is None or by.scopes is not None:
        raise NotAllowed(P.KEY_HOLD)
    person = Person.objects.select_for_update().get(pk=by.person_id)
    facts = rules.Facts(
        role=by.role,
        scopes=tuple(scopes),
        days=days,
        keys=key_queries.living(person.pk, at=at),
        second_factor=second_factor,
    )
    refuse_if(rules.problems_with_key(facts))
    mark = secrets.token_hex(4)
    token = f"lb_{mark}_{secrets.token_urlsafe(32)}"
    key = Key.objects.create(
        person=person,
        membership_id=by.membership_id,
        name=name,
        prefix=f"lb_{mark}",
        sha256=rules.hash_of(token),
        scopes=sorted(set(scopes)),
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    record("key.made", key, by=by, at=at, scopes=key.scopes, expires_at=key.expires_at)
    context = {"name": key.name, "hat": by.scope_name or by.name, "expires_on": key.expires_at.date()}
    tell(
        "api/key_made",
        key,
        to=[Recipient(person.email, person.name, person.language)],
        at=at,
        context=context,
    )
    return key, token


@transaction.atomic
def revoke_key(*, key_id: int, by: Actor, at: datetime) -> Key:
    """From now on it opens nothing."""
    if not by.may(P.KEY_HOLD) or by.scopes is not None:
        raise NotAllowed(P.KEY_HOLD)
    key = Key.objects.visible_to(by).for_update().get(pk=key_id)
    if key.revoked_at is None:
        key.revoked_at = at
        key.save(update_fields=["revoked_at"])
        record("key.revoked", key, by=by, at=at)
    return key


def note_use(*, key_id: int, at: datetime) -> None:
    """When it was used last, to the minute: its owner sees which keys nobody needs any more."""
    Key.objects.filter(pk=key_id).update(used_at=at)
