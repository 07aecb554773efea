"""The receipt of a submission: drawn outside any transaction, from the frozen copy alone, and kept once."""

from __future__ import annotations

from datetime import datetime

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from landbridge.applications import actions, queries
from landbridge.applications.models import Submission
from landbridge.foundation.documents import pdf
from landbridge.foundation.files.kinds import Kind
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.files.store import receive
from landbridge.foundation.permissions.actor import SYSTEM


def kept_receipt(submission: Submission, *, at: datetime) -> StoredFile:
    """The receipt on file, or one drawn now: the same submission gives the same document for ever."""
    if submission.receipt is not None:
        return submission.receipt
    data = queries.receipt_data(submission)
    title = _("Receipt for application %(number)s") % {"number": data["number"]}
    document = pdf("applications/receipt.typ", data, title=title, at=submission.at)
    drawn = ContentFile(document, name=f"receipt-{data['number']}.pdf")
    received = receive(drawn, kinds=frozenset({Kind.PDF}))
    kept = actions.keep_receipt(submission_id=submission.pk, receipt=received, by=SYSTEM, at=at)
    assert kept.receipt is not None  # noqa: S101 - the action has just attached one
    return kept.receipt
