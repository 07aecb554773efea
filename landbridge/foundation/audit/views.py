"""The record of everything that happened: the list with its filters, its table, and the state of the chain."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.foundation.audit import chain, reading
from landbridge.foundation.audit.forms import RecordFilters
from landbridge.foundation.exports import csv_response
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Crumb

PER_PAGE = 50
MOST_FINDINGS = 100


@needs(P.AUDIT_SEE)
@require_GET
def record(request: Request) -> HttpResponse:
    """The entries one may see, newest first, page by page along their numbers."""
    form = RecordFilters(request.GET)
    filters = form.chosen
    entries, page = reading.page_of(
        reading.seen_by(request.actor, filters),
        request.GET.get("before", ""),
        request.GET.get("after", ""),
        PER_PAGE,
    )
    context = {
        "form": form,
        "entries": entries,
        "page": page,
        "is_filtered": bool(filters),
        "seal": reading.last_seal(),
        "here": reverse("record:record"),
        "export": f"{reverse('record:export')}?{request.GET.urlencode()}",
        "breadcrumbs": [Crumb(_("Record"))],
    }
    return render(request, "audit/record.html", context)


@needs(P.AUDIT_SEE)
@require_GET
def export(request: Request) -> StreamingHttpResponse:
    """The same entries under the same filters as a table."""
    rows = reading.seen_by(request.actor, RecordFilters(request.GET).chosen).order_by("-pk")
    return csv_response("record", reading.COLUMNS, reading.as_table(rows))


@needs(P.AUDIT_SEE)
@require_GET
def verification(request: Request) -> HttpResponse:
    """Compute the whole chain again and compare; every difference is named."""
    context = {
        "findings": list(_some(chain.findings())),
        "seal": reading.last_seal(),
        "breadcrumbs": [Crumb(_("Record"), reverse("record:record")), Crumb(_("Verification"))],
    }
    return render(request, "audit/verification.html", context)


def _some(findings: Iterator[str]) -> Iterator[str]:
    return islice(findings, MOST_FINDINGS)
