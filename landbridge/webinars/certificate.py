"""The certificate of attendance as PDF: drawn outside any transaction, and kept once."""

from __future__ import annotations

from datetime import datetime

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import override

from landbridge.foundation.documents import pdf
from landbridge.foundation.files.kinds import Kind
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.files.store import receive
from landbridge.foundation.messages.spoken import spoken
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.webinars import actions, queries
from landbridge.webinars.models import SignUp


def kept_certificate(sign_up: SignUp, *, at: datetime) -> StoredFile:
    """The certificate on file, or one drawn now in the webinar's language; whoever reads it later reads the same."""
    if sign_up.certificate is not None:
        return sign_up.certificate
    language = spoken(sign_up.webinar.language)
    with override(language):
        document = pdf(
            "webinars/certificate.typ",
            queries.certificate_data(sign_up),
            title=_("Certificate of attendance"),
            language=language,
            at=sign_up.webinar.ends_at,
        )
    name = f"certificate-{sign_up.webinar_id}-{sign_up.pk}.pdf"
    received = receive(ContentFile(document, name=name), kinds=frozenset({Kind.PDF}))
    kept = actions.keep_certificate(sign_up_id=sign_up.pk, certificate=received, by=SYSTEM, at=at)
    assert kept.certificate is not None  # noqa: S101 - the action has just attached one
    return kept.certificate
