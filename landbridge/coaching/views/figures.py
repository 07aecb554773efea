"""Figures of coaching, for desks, offices and auditors; and the cases as a table."""

from __future__ import annotations

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.coaching import queries
from landbridge.coaching.forms import FigureFilters
from landbridge.coaching.models import Case, CaseRows
from landbridge.coaching.states import PARTY_NAMES
from landbridge.coaching.views.shared import crumbs
from landbridge.foundation.exports import csv_response
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.ui.charts import Bar
from landbridge.foundation.ui.formatting import country as country_name
from landbridge.foundation.ui.parts import Crumb
from landbridge.programmes.models import Region


@needs(P.COACHING_SEE)
@require_GET
def figures(request: Request) -> HttpResponse:
    """How many cases, hours, days per step, what each side thought, which partnerships."""
    seen, filters = _seen(request)
    found = queries.figures(_chosen(seen, filters), actor=request.actor)
    context = {
        "found": found,
        "filters": filters,
        "states": [Bar(_(state.label), count) for state, count in found.states],
        "countries": [Bar(country_name(code), count) for code, count in found.partnerships],
        "statements": [
            (_(PARTY_NAMES[party]), [one for one in found.statements if one.party is party])
            for party in PARTY_NAMES
        ],
        "total": sum(count for _state, count in found.states),
        "breadcrumbs": [*crumbs(), Crumb(_("Figures"))],
    }
    return render(request, "coaching/figures.html", context)


@needs(P.COACHING_SEE)
@require_GET
def figures_table(request: Request) -> StreamingHttpResponse:
    """The cases as a table for a spreadsheet."""
    seen, filters = _seen(request)
    header = [
        _("Number"), _("Company"), _("Region"), _("Title"), _("State"), _("Adviser"), _("Coach"), _("Asked on"),
        _("Begun on"), _("Reported on"), _("Ended on"), _("Hours at most"), _("Hours planned"),
        _("Hours approved"), _("Partnerships"), _("Mark of the company"), _("Mark of the coach"),
        _("Mark of the Access Broker"),
    ]  # fmt: skip
    return csv_response("coaching", header, queries.table(_chosen(seen, filters), actor=request.actor))


def _seen(request: Request) -> tuple[CaseRows, FigureFilters]:
    """The cases that are counted; companies and coaches would read in them what the others said of theirs."""
    actor: Actor = request.actor
    if actor.role not in (Role.BROKER, Role.OFFICE, Role.AUDITOR):
        raise Http404
    seen = Case.objects.visible_to(actor)
    regions = Region.objects.filter(coaching_cases__in=seen).distinct().order_by("name")
    return seen, FigureFilters(request.GET, regions=regions)


def _chosen(seen: CaseRows, filters: FigureFilters) -> CaseRows:
    region = filters.chosen.get("region")
    return seen.filter(region_id=region) if region else seen
