"""The summary of an agreement as PDF: drawn outside any transaction, and kept once."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import override

from landbridge.access import actions, queries
from landbridge.access.models import Request
from landbridge.foundation.documents import pdf
from landbridge.foundation.files.kinds import Kind
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.files.store import receive
from landbridge.foundation.permissions.actor import SYSTEM


def kept_agreement(request: Request, *, at: datetime) -> StoredFile:
    """The summary on file, or one drawn now; whoever reads it later reads the same."""
    if request.agreement is not None:
        return request.agreement
    with override(settings.LANGUAGE_CODE):  # whoever reads it first does not decide its language
        document = pdf(
            "access/agreement.typ",
            queries.agreement_data(request),
            title=_("Agreement on access %(number)s") % {"number": request.number},
            at=request.agreed_at or at,
        )
    drawn = ContentFile(document, name=f"access-{request.number}.pdf")
    received = receive(drawn, kinds=frozenset({Kind.PDF}))
    kept = actions.keep_agreement(request_id=request.pk, agreement=received, by=SYSTEM, at=at)
    assert kept.agreement is not None  # noqa: S101 - the action has just attached one
    return kept.agreement
