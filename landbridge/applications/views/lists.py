"""The list of applications and its export."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from landbridge.applications import queries
from landbridge.applications.forms import FilterForm
from landbridge.foundation.exports import csv_response
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P

PER_PAGE = 50


@needs(P.APPLICATION_SEE)
def applications(request: Request) -> HttpResponse:
    """Mine, my desk's or my programme's: what the actor may see, 50 on a page."""
    choices = queries.choices_for(request.actor)
    form = FilterForm(
        request.GET, calls=choices.calls, incentives=choices.incentives, regions=choices.regions
    )
    page = Paginator(queries.listed(request.actor, form.chosen), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "is_filtered": bool(form.chosen), "role": request.actor.role}
    return render(request, "applications/applications.html", context)


@needs(P.APPLICATION_SEE)
def export(request: Request) -> StreamingHttpResponse:
    """The same rows, under the same filters, as a table for a spreadsheet."""
    choices = queries.choices_for(request.actor)
    form = FilterForm(
        request.GET, calls=choices.calls, incentives=choices.incentives, regions=choices.regions
    )
    rows = queries.as_table(queries.listed(request.actor, form.chosen))
    return csv_response("applications", queries.COLUMNS, rows)
