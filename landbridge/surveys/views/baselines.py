"""Where companies stand before they are supported; and what a person was asked."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.guards import Request, needs, signed_in
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.organisations.models import Organisation
from landbridge.surveys import actions, queries
from landbridge.surveys.forms import BaselineForm, CompanyFilters
from landbridge.surveys.models import Sheet


@needs(P.BASELINE_RECORD)
@require_GET
def companies(request: Request) -> HttpResponse:
    """Which companies have a baseline that counts, and which were supported without one."""
    filters = CompanyFilters(request.GET or None)
    page = page_of(request, queries.companies(request.actor, **filters.chosen))
    context = {"page": page, "filters": filters, "stands": queries.stands(list(page.object_list))}
    return render(request, "surveys/companies.html", context)


@needs(P.BASELINE_RECORD)
@require_GET
def baselines(request: Request, baseline_company_pk: int) -> HttpResponse:
    """All that a company put down of where it stands, and which of it counts."""
    found = _company(request, baseline_company_pk)
    began, rows = queries.baselines_of(found)
    counting = next((one for one, counts in rows if counts), None)
    context = {
        "found": found,
        "began": began,
        "rows": rows,
        "counting": counting,
        "breadcrumbs": [Crumb(_("Baselines"), reverse("surveys:companies")), Crumb(found.name)],
    }
    return render(request, "surveys/baselines.html", context)


@needs(P.BASELINE_RECORD)
def baseline_new(request: Request, baseline_company_pk: int) -> HttpResponse:
    """Put down where a company stands."""
    found = _company(request, baseline_company_pk)
    form = BaselineForm(posted(request), initial={"on": request.now.date()})
    back = reverse("surveys:baselines", args=[found.pk])
    return form_page(
        request,
        form,
        act=lambda: actions.record_baseline(
            organisation_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Where the company stands"),
        lead=_("Leave out what you do not know: nothing is better than a guess. Nothing is overwritten."),
        save=_("Record"),
        done=_("Recorded."),
        crumbs=[Crumb(_("Baselines"), reverse("surveys:companies")), Crumb(found.name, back)],
    )


@signed_in
@require_GET
def mine(request: Request) -> HttpResponse:
    """What a person was asked under the address of their account, with the link to answer."""
    page = page_of(request, queries.own_sheets(request.actor))
    lines = [
        (
            sheet,
            queries.worded(sheet.of, sheet.language).title,
            _link(sheet),
            queries.is_open(sheet, at=request.now),
        )
        for sheet in page.object_list
    ]
    return render(request, "surveys/mine.html", {"page": page, "lines": lines})


def _link(sheet: Sheet) -> str:
    return reverse("surveys:answer", args=[queries.token_for(sheet)])


def _company(request: Request, pk: int) -> Organisation:
    return get_object_or_404(Organisation.objects.visible_to(request.actor), pk=pk)
