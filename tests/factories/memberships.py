"""People, their hats, and invitations to them, as situations."""

from __future__ import annotations

import hashlib
import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Invitation, Membership
from landbridge.memberships.queries import actor_under
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Partner, Programme, Region

BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_count = itertools.count(1)


def a_person(name: str = "", **changes: Any) -> Person:
    """Somebody with an account and no hat."""
    number = next(_count)
    name = name or f"Person {number}"
    email = f"{name.lower().replace(' ', '.')}.{number}@example.org"
    return Person.objects.create(**{"name": name, "email": email, "created_at": BEGAN} | changes)


def a_hat(
    role: Role,
    *,
    of: Person | None = None,
    organisation: Organisation | None = None,
    region: Region | None = None,
    partner: Partner | None = None,
    programme: Programme | None = None,
    **changes: Any,
) -> Membership:
    """A hat that is worn now; somebody is made for it unless `of` says who."""
    scope = {"organisation": organisation, "region": region, "partner": partner, "programme": programme}
    facts: dict[str, Any] = {"person": of or a_person(), "role": role, "began_at": BEGAN}
    return Membership.objects.create(**facts | scope | changes)


def an_actor(role: Role, **scope: Any) -> Actor:
    """Somebody new under one hat: `an_actor(Role.SME, organisation=company)`, `an_actor(Role.OFFICE)`."""
    hat = a_hat(role, **scope)
    return actor_under(hat, person=hat.person)


def an_invitation(*, email: str = "", token: str = "", **changes: Any) -> Invitation:
    """An open invitation, by default to the programme office of the whole network."""
    number = next(_count)
    token = token or f"token {number}"
    facts: dict[str, Any] = {
        "email": email or f"invited.{number}@example.org",
        "role": Role.OFFICE,
        "token_hash": hashlib.sha256(token.encode()).hexdigest(),
        "invited_by_name": "Somebody of the office",
        "invited_at": BEGAN,
        "expires_at": BEGAN + timedelta(days=14),
    }
    return Invitation.objects.create(**facts | changes)
