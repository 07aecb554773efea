"""The documents of a frozen period: drawn outside any transaction, and kept once."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.text import slugify
from django.utils.translation import override

from landbridge.foundation.files.kinds import Kind
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.files.store import receive
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.indicators import actions
from landbridge.indicators.models import Period
from landbridge.indicators.report.content import report_of
from landbridge.indicators.report.printed import as_pdf
from landbridge.indicators.report.word import as_word


def kept_report(period: Period, *, kind: Kind, at: datetime) -> StoredFile:
    """The Word file or the PDF of a frozen period on file, or both drawn now in the house's language and kept.

    Whoever reads it later reads the same.
    """
    if period.word is None or period.pdf is None:
        with override(settings.LANGUAGE_CODE):
            report = report_of(period, language=settings.LANGUAGE_CODE, at=at)
            documents = {Kind.DOCX: as_word(report), Kind.PDF: as_pdf(report)}
        word, pdf = (
            receive(ContentFile(documents[one], name=file_name(period, one)), kinds=frozenset({one}))
            for one in (Kind.DOCX, Kind.PDF)
        )
        period = actions.keep_documents(period_id=period.pk, word=word, pdf=pdf, by=SYSTEM, at=at)
    kept = period.word if kind is Kind.DOCX else period.pdf
    assert kept is not None  # noqa: S101 - the action has just attached both
    return kept


def file_name(period: Period, kind: Kind) -> str:
    """What the download is called: "report-liege-2026-first-half.pdf"."""
    parts = [
        "report",
        slugify(str(period.partner)) if period.partner else "",
        slugify(period.name) or str(period.pk),
    ]
    return f"{'-'.join(part for part in parts if part)}.{kind.value.extensions[0]}"
