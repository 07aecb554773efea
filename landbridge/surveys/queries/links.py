"""The link of a letter: whoever holds it answers for the side that was asked, without an account."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.urls import reverse

from landbridge.surveys import rules
from landbridge.surveys.models import Refusal, Sheet

SALT = "surveys.answer"


def token_for(sheet: Sheet) -> str:
    """Signed: which sheet, under which address; a changed address ends the link."""
    return signing.Signer(salt=SALT).sign_object([sheet.pk, rules.hash_of(sheet.email)[:16]], compress=True)


def sheet_of(token: str) -> Sheet | None:
    """The sheet that went out with this link; None where it is not ours."""
    try:
        pk, fingerprint = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = Sheet.objects.select_related("of__questionnaire", "programme", "rule")
    found = rows.filter(pk=pk, sent_at__isnull=False).first()
    return found if found and rules.hash_of(found.email)[:16] == fingerprint else None


def address_of(name: str, sheet: Sheet) -> str:
    """The whole address of one of the pages behind the link, for a letter."""
    return urljoin(settings.LANDBRIDGE_ADDRESS, reverse(f"surveys:{name}", args=[token_for(sheet)]))


def wants_peace(email: str) -> bool:
    """Whether this address never wants to be asked again."""
    return Refusal.objects.filter(address_hash=rules.hash_of(email)).exists()
