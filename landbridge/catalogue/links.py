"""Signed addresses for people without an account: what a letter's links may do, and to which record."""

from __future__ import annotations

import hashlib
from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.urls import reverse

from landbridge.catalogue.models import Record

FRESHNESS, CONSENT = "catalogue.freshness", "catalogue.consent"
# A letter about freshness is answered within fifteen months, when the record is hidden at the latest; consent can be
# taken back at any time (Article 7(3) of Regulation (EU) 2016/679), so its link never ends.
DAYS_OF_FRESHNESS = 460


def token_of(record: Record, *, purpose: str) -> str:
    """A token for this record and its present contact: whoever is no longer the contact holds a dead link."""
    return signing.dumps([record.pk, _fingerprint(record)], salt=purpose)


def record_of(token: str, *, purpose: str) -> Record | None:
    """The record that the token speaks of; None for a forged, old or dead one."""
    try:
        max_age = DAYS_OF_FRESHNESS * 86_400 if purpose == FRESHNESS else None
        pk, fingerprint = signing.loads(token, salt=purpose, max_age=max_age)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    record = Record.objects.select_related("organisation", "region").filter(pk=pk).first()
    return record if record is not None and _fingerprint(record) == fingerprint else None


def link(name: str, *arguments: object) -> str:
    """The whole address of a page, for a letter."""
    return urljoin(settings.LANDBRIDGE_ADDRESS, reverse(name, args=arguments))


def _fingerprint(record: Record) -> str:
    return hashlib.sha256(record.contact_email.strip().lower().encode()).hexdigest()[:16]
