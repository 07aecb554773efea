"""The link by which a speaker agrees to recording and slides, without an account."""

from __future__ import annotations

import hashlib
from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.urls import reverse

from landbridge.webinars.models import Speaker

SALT = "webinars.consent"


def token_for(speaker: Speaker) -> str:
    """Signed: which speaker, under which address; a changed address ends the link."""
    return signing.Signer(salt=SALT).sign_object([speaker.pk, _fingerprint(speaker)], compress=True)


def consent_link(speaker: Speaker) -> str:
    """The whole address for the letter."""
    return urljoin(settings.LANDBRIDGE_ADDRESS, reverse("webinars:consent", args=[token_for(speaker)]))


def speaker_of(token: str) -> Speaker | None:
    """Whose link this is; None where it is not ours any more."""
    try:
        pk, fingerprint = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = Speaker.objects.select_related("webinar").filter(pk=pk).first()
    return found if found and _fingerprint(found) == fingerprint else None


def _fingerprint(speaker: Speaker) -> str:
    return hashlib.sha256(speaker.email.lower().encode()).hexdigest()[:16]
