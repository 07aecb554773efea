"""Links in letters: whoever holds one answers for the side that it names, without an account."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.urls import reverse

from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.introductions.models import Introduction
from landbridge.introductions.states import Side

SALT = "introductions.answer"


@dataclass(frozen=True, slots=True)
class Invited:
    """Who was asked by a letter, and about which introduction."""

    introduction: Introduction
    side: Side
    email: str
    actor: Actor


def token_for(introduction: Introduction, side: Side, person: Recipient) -> str:
    """Signed, not secret to its reader: the introduction, the reader's own side and the reader's own address."""
    about = [introduction.pk, side.value, person.email.strip().lower(), person.name[:150]]
    return signing.Signer(salt=SALT).sign_object(about, compress=True)


def link_for(introduction: Introduction, side: Side, person: Recipient) -> str:
    """The whole address for a letter."""
    token = token_for(introduction, side, person)
    return urljoin(settings.LANDBRIDGE_ADDRESS, reverse("introductions:by_letter", args=[token]))


def invited_by(token: str) -> Invited | None:
    """Who holds this link; None where it is not ours, or the introduction is gone."""
    try:
        introduction_id, side, email, name = signing.Signer(salt=SALT).unsign_object(token)
        side = Side(side)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    introduction = (
        Introduction.objects.filter(pk=introduction_id, asked_at__isnull=False)
        .select_related("company__region", "provider__region", "region", "provider_region", "enquiry")
        .first()
    )
    if introduction is None:
        return None
    organisation = introduction.company if side is Side.COMPANY else introduction.provider
    actor = Actor(
        person_id=None,
        name=name or email,
        role=Role.SME if side is Side.COMPANY else Role.PROVIDER,
        organisation_id=organisation.pk,
        scope_name=organisation.name,
    )
    return Invited(introduction=introduction, side=side, email=email, actor=actor)
