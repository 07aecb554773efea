"""OAuth 2 and OpenID Connect for programs of others: which scopes there are, and who acts under a token.

The protocol is django-allauth's (`allauth.idp.oidc`): authorization code with PKCE, refresh tokens, revocation.
"""

from __future__ import annotations

import dataclasses
from typing import Any
from urllib.parse import urlsplit

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from django.apps import apps
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _l

from landbridge.api.rules import keys as rules
from landbridge.api.rules import scopes
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.queries import actor_under, hats_of

WHO = frozenset({"openid", "email", "profile"})  # what OpenID Connect itself asks for


class ProgramAdapter(DefaultOIDCAdapter):  # type: ignore[misc]  # allauth has no types
    """Names scopes in the words of the consent page; the issuer is this installation's address."""

    scope_display = {
        "openid": _l("Know that it is you"),
        "email": _l("Know your e-mail address"),
        "profile": _l("Know your name"),
        **{scope: _l(name) for scope, name in scopes.NAME_OF.items()},
    }

    def get_issuer(self) -> str:
        return str(settings.LANDBRIDGE_ADDRESS).rstrip("/")

    def get_claims(self, purpose: Any, user: Any, client: Any, scopes: Any, **more: Any) -> dict[str, Any]:
        claims = {"sub": self.get_user_sub(client, user)}
        if "email" in scopes:
            claims |= {"email": user.email, "email_verified": True}
        if "profile" in scopes:
            claims["name"] = user.name
        return claims


def is_on() -> bool:
    """Whether the operator has switched it on, and given the key that signs identities."""
    return bool(settings.LANDBRIDGE_OAUTH and settings.IDP_OIDC_PRIVATE_KEY)


def acting_under(token: str, *, at: Any) -> tuple[str, Person, Actor] | None:
    """Under whose name the token counts its requests, its person, and the actor; None for an unknown or ended one.

    The role is the first of the person's that holds every scope granted; without such a role it holds what everybody
    has who signed in.
    """
    from allauth.idp.oidc.models import Token

    found = (
        Token.objects.filter(type=Token.Type.ACCESS_TOKEN, hash=ProgramAdapter().hash_token(token))
        .filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at))
        .select_related("user")
        .first()
    )
    person: Any = found.user if found else None
    if found is None or person is None or not person.is_active:
        return None
    granted = frozenset(found.get_scopes()) - WHO
    actor = Actor(person_id=person.pk, name=person.name)
    for hat in hats_of(person.pk):
        if granted <= rules.open_scopes(Role(hat.role)):
            actor = actor_under(hat, person=person)
            break
    return f"oauth:{found.client_id}:{person.pk}"[:64], person, dataclasses.replace(actor, scopes=granted)


def every_program() -> list[tuple[str, str, list[str]]]:
    """Number, name and scopes of each program of others, by name."""
    table: Any = apps.get_model("allauth_idp_oidc", "Client")
    return [(str(one.pk), one.name, one.get_scopes()) for one in table.objects.order_by("name", "pk")]


def origin_of(address: str) -> str:
    """The origin of a redirect address, for the browser's policy; empty for none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""
