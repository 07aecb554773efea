"""Letting in programs of others: who may ask people to act for them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction

from landbridge.api import oauth
from landbridge.api.rules.scopes import NAME_OF
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_, refuse


@transaction.atomic
def add_program(
    *, name: str, redirects: Sequence[str], scopes: Sequence[str], is_public: bool, by: Actor, at: datetime
) -> tuple[str, str]:
    """Its number and its secret, which is said once; a program that cannot keep one has none."""
    if not name or len(name) > 100 or not redirects:
        refuse("incomplete", N_("A program has a name, and an address to which people are led back."))
    if any(not oauth.origin_of(one) or "*" in one for one in redirects):
        refuse(
            "no_address",
            N_("An address to which people are led back begins with https:// and holds no star."),
        )
    if unknown := sorted(set(scopes) - set(NAME_OF) - oauth.WHO):
        refuse("no_scope", N_("There is no scope named %(name)s."), name=unknown[0])
    table: Any = apps.get_model("allauth_idp_oidc", "Client")
    program, secret = table(pk=_new_number(), name=name), "" if is_public else secrets.token_urlsafe(32)
    program.type = table.Type.PUBLIC if is_public else table.Type.CONFIDENTIAL
    program.set_redirect_uris(list(redirects))
    program.set_scopes([*scopes, *sorted(oauth.WHO)])
    program.set_grant_types(["authorization_code", "refresh_token"])
    program.set_secret(secret or secrets.token_urlsafe(32))
    program.save()
    record("program.added", program, by=by, at=at, name=name, scopes=sorted(scopes))
    return str(program.pk), secret


@transaction.atomic
def end_program(*, client_id: str, by: Actor, at: datetime) -> None:
    """It is let in no more, and all its tokens end."""
    table: Any = apps.get_model("allauth_idp_oidc", "Client")
    program = table.objects.select_for_update().filter(pk=client_id[:100]).first()
    if program is None:
        refuse("unknown", N_("There is no program of this number."))
    record("program.ended", program, by=by, at=at, name=program.name)
    program.delete()


def _new_number() -> str:
    """Digits alone, since the record keeps numbers of what it tells of."""
    return str(10**14 + secrets.randbelow(9 * 10**14))
