"""What a person's own pages show about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from landbridge.foundation.people.models import Consent, Person

PROOFS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class Session:
    """One browser in which a person is signed in."""

    pk: int
    began_at: datetime
    browser: str
    address: str
    is_this_one: bool


def sessions_of(person: Person, *, session_key: str | None) -> list[Session]:
    """The person's living sessions, the newest first; `session_key` is the one that asks."""
    living = UserSession.objects.purge_and_list(person)
    return [
        Session(
            pk=row.pk,
            began_at=row.created_at,
            browser=browser_in(row.user_agent),
            address=row.ip,
            is_this_one=row.session_key == session_key,
        )
        for row in sorted(living, key=lambda row: row.created_at, reverse=True)
    ]


def consents_of(person: Person) -> dict[str, Consent | None]:
    """For each purpose the consent that holds, or None."""
    holding = {row.purpose: row for row in Consent.objects.filter(person=person, withdrawn_at=None)}
    return {purpose: holding.get(purpose) for purpose in Consent.Purpose.values}


def has_second_factor(person: Person) -> bool:
    """Whether a code from an app or a passkey is set up."""
    return Authenticator.objects.filter(user_id=person.pk, type__in=PROOFS).exists()


def number_of_proofs(person: Person) -> int:
    """How many apps and passkeys are set up: the last one may not always be taken away."""
    return Authenticator.objects.filter(user_id=person.pk, type__in=PROOFS).count()


def gave_second_factor(request: HttpRequest) -> bool:
    """Whether this session has shown a code from an app, a recovery code or a passkey."""
    if not request.user.is_authenticated:
        return False
    return any(proof.get("method") == "mfa" for proof in get_authentication_records(request, request.user))


def browser_in(user_agent: str) -> str:
    """A browser's name as people say it, or an empty text."""
    for mark, name in (
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ):
        if mark in user_agent:
            return name
    return ""
