"""The list of applications and its export."""

from __future__ import annotations

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from landbridge.applications import queries
from landbridge.applications.forms import ApplicationFilters
from landbridge.foundation.exports import csv_response
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.listing import page_of


@needs(P.APPLICATION_SEE)
@require_GET
def applications(request: Request) -> HttpResponse:
    """Mine, my desk's or my programme's: what the actor may see, 50 on a page."""
    filters = _filters(request)
    page = page_of(request, queries.listed(request.actor, filters.chosen))
    context = {"page": page, "filters": filters, "role": request.actor.role}
    return render(request, "applications/applications.html", context)


@needs(P.APPLICATION_SEE)
@require_GET
def export(request: Request) -> StreamingHttpResponse:
    """The same rows, under the same filters, as a table for a spreadsheet."""
    rows = queries.as_table(queries.listed(request.actor, _filters(request).chosen))
    return csv_response("applications", queries.COLUMNS, rows)


def _filters(request: Request) -> ApplicationFilters:
    choices = queries.choices_for(request.actor)
    return ApplicationFilters(
        request.GET, calls=choices.calls, incentives=choices.incentives, regions=choices.regions
    )
