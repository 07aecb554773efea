"""Whose key is it, and who acts under it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from landbridge.api import rules
from landbridge.api.models import Key
from landbridge.api.rules import keys as key_rules
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import actor_under

__all__ = ["Held", "actor_of", "held_by", "key_of", "rules"]


@dataclass(frozen=True, slots=True)
class Held:
    """A key on its owner's list."""

    key: Key
    hat: str
    state: str
    scopes: list[str]


def key_of(token: str) -> Key | None:
    """The key of this text, whether it still opens anything or not."""
    if not key_rules.TOKEN.fullmatch(token):
        return None
    rows = Key.objects.select_related(
        "person", "membership__organisation", "membership__region", "membership__partner",
        "membership__programme",
    )  # fmt: skip
    return rows.filter(sha256=key_rules.hash_of(token)).first()


def actor_of(key: Key, *, at: datetime) -> Actor | None:
    """Who acts under the key; None once it has ended, or its person or hat has."""
    if key_rules.has_ended(expires_at=key.expires_at, revoked_at=key.revoked_at, at=at):
        return None
    if not key.person.is_active:
        return None
    scopes = frozenset(key.scopes)
    if key.membership is None:
        return Actor(person_id=key.person_id, name=key.person.name, scopes=scopes)
    if not Membership.objects.current().filter(pk=key.membership_id or 0).exists():
        return None
    return dataclasses.replace(actor_under(key.membership, person=key.person), scopes=scopes)


def held_by(actor: Actor) -> QuerySet[Key]:
    """One's keys, the newest first, with what their hats are called."""
    rows = Key.objects.visible_to(actor).select_related(
        "membership__organisation", "membership__region", "membership__partner", "membership__programme"
    )
    return rows.order_by("-created_at", "-pk")


def state_of(key: Key, *, at: datetime) -> str:
    """What has become of it: active, expired or revoked."""
    if key.revoked_at is not None:
        return "revoked"
    if key.expires_at <= at:
        return "expired"
    return "active"


def hat_of(key: Key) -> str:
    """The hat it acts under, as people call it."""
    return key.membership.hat_name if key.membership else _("Without a role")


def role_of(actor: Actor) -> Role | None:
    """The role of the hat that is worn now."""
    return actor.role


def living(person_id: int, *, at: datetime) -> int:
    """How many keys of a person still open something."""
    return Key.objects.filter(person_id=person_id, revoked_at__isnull=True, expires_at__gt=at).count()
