"""Lists of introductions, the offers of an enquiry that can be introduced, and how many a provider takes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.enquiries.models import Enquiry
from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.introductions import actions, queries
from landbridge.introductions.forms import IntroductionFilters, LimitForm
from landbridge.introductions.models import Introduction
from landbridge.organisations.models import Organisation


@needs(P.INTRODUCTION_SEE)
@require_GET
def introductions(request: Request) -> HttpResponse:
    """The introductions that this hat sees, each with what it may know of them."""
    filters = IntroductionFilters(request.GET)
    rows = queries.listed(Introduction.objects.visible_to(request.actor), **filters.chosen)
    page = page_of(request, rows)
    context = {
        "page": page,
        "lines": [queries.line_of(row, request.actor) for row in page.object_list],
        "filters": filters,
        "proposes": request.actor.may(P.INTRODUCTION_PROPOSE),
        "may_limit": request.actor.may(P.INTRODUCTION_ANSWER) and bool(request.actor.organisation_id),
        "may_write_texts": request.actor.may(P.INTRODUCTION_RULES),
    }
    return render(request, "introductions/introductions.html", context)


@needs(P.INTRODUCTION_SEE)
@require_GET
def of_enquiry(request: Request, enquiry_pk: int) -> HttpResponse:
    """The shortlist of an enquiry: for each offer, its introduction or the way to prepare one; for others the list."""
    enquiry = get_object_or_404(Enquiry.objects.visible_to(request.actor), pk=enquiry_pk)
    if not request.actor.may(P.INTRODUCTION_PROPOSE):
        return redirect(f"{reverse('introductions:introductions')}?enquiry={enquiry.pk}")
    context = {
        "enquiry": enquiry,
        "offers": queries.offers_of(enquiry),
        "leads": queries.leads_enquiry(enquiry, request.actor),
        "breadcrumbs": [
            Crumb(_("Introductions"), reverse("introductions:introductions")),
            Crumb(enquiry.number),
        ],
    }
    return render(request, "introductions/candidates.html", context)


@needs(P.INTRODUCTION_ANSWER)
def limit(request: Request) -> HttpResponse:
    """A provider says how many open introductions it takes at a time."""
    rows = Organisation.objects.visible_to(request.actor)
    organisation = get_object_or_404(rows, pk=request.actor.organisation_id or 0)
    form = LimitForm(posted(request), initial={"most_open": queries.limit_of(organisation.pk)})
    return form_page(
        request,
        form,
        act=lambda: actions.limit(
            organisation_id=organisation.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("How many introductions at a time"),
        lead=_(
            "Desks of other regions ask you only while you have a free place. Unanswered ones lapse after 14 days."
        ),
        save=_("Save"),
        done=_("Saved. It holds from the next question on."),
        to=reverse("introductions:introductions"),
        crumbs=[Crumb(_("Introductions"), reverse("introductions:introductions"))],
    )
