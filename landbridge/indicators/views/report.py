"""The report of a period as a Word file or PDF: a draft until it is frozen, then the one that was kept."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from landbridge.foundation.files.attachment import attachment
from landbridge.foundation.files.kinds import Kind
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.indicators import report
from landbridge.indicators.models import Period
from landbridge.indicators.report.keeping import file_name


@needs(P.INDICATOR_SEE)
@require_GET
def period_word(request: Request, pk: int) -> HttpResponseBase:
    """As a Word file."""
    return _document(request, pk, Kind.DOCX)


@needs(P.INDICATOR_SEE)
@require_GET
def period_pdf(request: Request, pk: int) -> HttpResponseBase:
    """As a PDF."""
    return _document(request, pk, Kind.PDF)


def _document(request: Request, pk: int, kind: Kind) -> HttpResponseBase:
    rows = Period.objects.visible_to(request.actor).select_related(
        "phase__programme", "partner", "word", "pdf"
    )
    found = get_object_or_404(rows, pk=pk)
    if found.frozen_at is not None:
        return attachment(report.kept_report(found, kind=kind, at=request.now))
    drawn = report.report_of(found, language=get_language() or "en-gb", at=request.now)
    octets = report.as_word(drawn) if kind is Kind.DOCX else report.as_pdf(drawn)
    response = HttpResponse(octets, content_type=kind.value.content_type)
    response["Content-Disposition"] = f'attachment; filename="draft-{file_name(found, kind)}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
