"""Incoming mail in lists."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from landbridge.foundation.inbox.models import Incoming, IncomingRows
from landbridge.foundation.inbox.verdicts import Verdict


def listed(rows: IncomingRows, *, verdict: str = "", text: str = "") -> IncomingRows:
    """The newest first: those that wait for a person, or all of one verdict."""
    rows = rows.filter(verdict=verdict) if verdict else rows.in_quarantine()
    if text:
        rows = rows.filter(
            Q(sender__icontains=text) | Q(sender_name__icontains=text) | Q(subject__icontains=text)
        )
    return rows.order_by("-pk")


def findings() -> Iterator[str]:
    """Mail that waits and whose raw text is gone: nobody could sort it any more."""
    for one in Incoming.objects.filter(verdict=Verdict.QUARANTINE, sorted_at__isnull=True).order_by("pk"):
        if not one.path.exists():
            yield f"The e-mail {one.pk} waits in quarantine, and its text is gone."
