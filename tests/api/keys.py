"""Keys for tests, and a client that asks with one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

from landbridge.api.models import Key
from landbridge.api.rules import keys as rules
from landbridge.foundation.permissions.actor import Actor

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
NUMBERS = iter(range(10**7, 10**8))


def a_key(by: Actor, *, scopes: Sequence[str] | None = None, **changes: Any) -> str:
    """The text of a key of this person under this hat, with all scopes unless some are named."""
    mark = str(next(NUMBERS))
    token = f"lb_{mark}_{'k' * 43}"
    Key.objects.create(
        **{
            "person_id": by.person_id,
            "membership_id": by.membership_id,
            "name": "Test",
            "prefix": f"lb_{mark}",
            "sha256": rules.hash_of(token),
            "scopes": sorted(rules.open_scopes(by.role)) if scopes is None else list(scopes),
            "created_at": BEGAN,
            "expires_at": BEGAN + timedelta(days=3650),
            **changes,
        }
    )
    return token


def program(by: Actor, **options: Any) -> Client:
    """A client that sends a key of this person with every request."""
    return Client(headers={"authorization": f"Bearer {a_key(by, **options)}"})
