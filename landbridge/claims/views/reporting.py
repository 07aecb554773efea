"""The report to the programme's authority: one row for each paid voucher, as a table to take away."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.claims import queries
from landbridge.claims.forms import PeriodForm
from landbridge.claims.models import Claim
from landbridge.foundation.exports import csv_response
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Crumb


@needs(P.BUDGET_SEE)
@require_GET
def paid_vouchers(request: Request) -> HttpResponse:
    """Choose the days that the report covers."""
    return _page(request, PeriodForm())


@needs(P.BUDGET_SEE)
@require_GET
def paid_vouchers_table(request: Request) -> HttpResponseBase:
    """The report itself (CSV); the page again where the days make no sense."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return _page(request, form)
    rows = queries.report_rows(
        Claim.objects.visible_to(request.actor),
        since=form.cleaned_data["since"],
        until=form.cleaned_data["until"],
    )
    response = csv_response("paid-vouchers", queries.REPORT, rows)
    response["Cache-Control"] = "private, no-store"
    return response


def _page(request: Request, form: PeriodForm) -> HttpResponse:
    context = {
        "form": form,
        "breadcrumbs": [Crumb(_("Claims"), reverse("claims:claims")), Crumb(_("Paid vouchers"))],
    }
    return render(request, "claims/paid_vouchers.html", context, status=form.http_status)
