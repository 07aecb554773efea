"""What a key may be: how long it lives, what it may do, and what its text looks like."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import NEEDS_SECOND_FACTOR, OF_EVERYBODY, PERMISSIONS_OF, Role
from landbridge.foundation.problems import N_, Problem

LONGEST_NAME = 80
LONGEST_DAYS = 365
MOST_KEYS = 20
# What whoever has signed in does with their own things: searches, shortlists, invitations, roles. No permission stands
# for it, since no role is without it; a key gets it by this name alone.
OWN = "own:keep"
TOKEN = re.compile(r"lb_[0-9a-z]{8}_[0-9A-Za-z_-]{43}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is asked for, and what stands already."""

    role: Role | None
    scopes: tuple[str, ...]
    days: int
    keys: int
    second_factor: bool


def open_scopes(role: Role | None) -> frozenset[str]:
    """What a key under this hat may be given: the permissions of its holder, and their own things."""
    held = PERMISSIONS_OF[role] if role else frozenset()
    return frozenset(str(one) for one in held | OF_EVERYBODY if one is not P.KEY_HOLD) | {OWN}


def problems_with_key(facts: Facts) -> Iterator[Problem]:
    """A key needs a scope, ends within a year, and is made by somebody who has shown a second factor where they need one."""
    if not facts.scopes:
        yield Problem(
            code="no_scope",
            message=N_("A key that may do nothing is of no use."),
            cure=N_("Choose at least one thing that it may do."),
            field="scopes",
        )
    if set(facts.scopes) - open_scopes(facts.role):
        yield Problem(
            code="not_yours",
            message=N_("A key can do no more than you can."),
            cure=N_("Choose from the list."),
            field="scopes",
        )
    if not 0 < facts.days <= LONGEST_DAYS:
        yield Problem(
            code="too_long",
            message=N_("A key lives for a year at most."),
            cure=N_("Choose a shorter time; you can make the next key before this one ends."),
            field="days",
        )
    if facts.keys >= MOST_KEYS:
        yield Problem(
            code="too_many",
            message=N_("You hold %(most)s keys already."),
            cure=N_("Revoke one that no program uses any more."),
            params={"most": MOST_KEYS},
        )
    if facts.role in NEEDS_SECOND_FACTOR and not facts.second_factor:
        yield Problem(
            code="second_factor",
            message=N_("Keys of this role are made after a second factor was shown."),
            cure=N_("Sign in again with your second factor."),
        )


def hash_of(token: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(token.encode()).hexdigest()


def has_ended(*, expires_at: datetime, revoked_at: datetime | None, at: datetime) -> bool:
    """Whether a key opens nothing any more."""
    return revoked_at is not None or expires_at <= at


def is_used_lately(used_at: datetime | None, *, at: datetime) -> bool:
    """Whether its last use is written down well enough: once a minute."""
    return used_at is not None and at - used_at < timedelta(minutes=1)
