"""The list of requests, and the page of one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from landbridge.access import queries
from landbridge.access.forms import RequestFilters
from landbridge.access.models import Request as AccessRequest
from landbridge.access.views.shared import request_page
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.listing import page_of


@needs(P.ACCESS_SEE)
@require_GET
def requests(request: Request) -> HttpResponse:
    """The requests that this hat sees, the newest first."""
    filters = RequestFilters(request.GET)
    rows = queries.listed(AccessRequest.objects.visible_to(request.actor), **filters.chosen)
    context = {
        "page": page_of(request, rows),
        "filters": filters,
        "asks": request.actor.may(P.ACCESS_REQUEST),
    }
    return render(request, "access/requests.html", context)


@needs(P.ACCESS_SEE)
@require_GET
def request_(request: Request, pk: int) -> HttpResponse:
    """Where it stands, and what comes next."""
    return request_page(request, pk)
