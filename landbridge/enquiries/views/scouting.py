"""Scouts: which desks may read a summary, what a scout reads, and the offers it proposes."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.algorithms.working_days import end_of
from landbridge.clocks import queries as clock_queries
from landbridge.enquiries import actions, queries
from landbridge.enquiries.forms.desk import SightForm
from landbridge.enquiries.models import Sight
from landbridge.enquiries.views.shared import crumbs_of, seen_by
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb


@needs(P.ENQUIRY_WORK)
@require_GET
def scouting(request: Request) -> HttpResponse:
    """The summaries that other desks show this one: no company, no confidential text."""
    context = {
        "page": page_of(request, queries.scouted_by(request.actor, at=request.now)),
        "breadcrumbs": [Crumb(_("Enquiries"), reverse("enquiries:enquiries")), Crumb(_("Scouting"))],
    }
    return render(request, "enquiries/scouting/scouting.html", context)


@needs(P.ENQUIRY_WORK)
@require_GET
def sight(request: Request, pk: int) -> HttpResponse:
    """One summary, and the offers of this region that may fit."""
    return _sight_page(request, pk)


@needs(P.ENQUIRY_WORK)
@require_POST
def proposal(request: Request, pk: int, record_pk: int) -> HttpResponse:
    """Put an offer of this region on the shortlist of the desk that leads."""
    found = _sight_seen_by(request, pk)
    if not queries.own_offers(found.region_id).filter(pk=record_pk).exists():
        raise Http404
    return button_pressed(
        request,
        lambda: actions.propose(
            sight_id=found.pk, record_id=record_pk, remark="", by=request.actor, at=request.now
        ),
        done=_("Proposed. The desk that leads was told."),
        to=found.get_absolute_url(),
        refused=lambda problems: _sight_page(request, pk, problems=problems),
    )


@needs(P.ENQUIRY_WORK)
@require_POST
def sight_end(request: Request, pk: int) -> HttpResponse:
    """This desk has nothing to add; or the desk that leads no longer shows the summary."""
    found = get_object_or_404(Sight.objects.visible_to(request.actor).select_related("enquiry"), pk=pk)
    is_own = found.region_id == request.actor.region_id
    return button_pressed(
        request,
        lambda: actions.end_sight(sight_id=found.pk, by=request.actor, at=request.now),
        done=_("The summary is no longer shown."),
        to=reverse("enquiries:scouting") if is_own else found.enquiry.get_absolute_url(),
    )


@needs(P.ENQUIRY_WORK)
def scouts(request: Request, pk: int) -> HttpResponse:
    """Let other desks read the approved summary until a day, and ask them for partners."""
    found = seen_by(request.actor, pk)
    lead = queries.lead_of(found)
    today = clock_queries.today_at(lead.region, at=request.now)
    form = SightForm(posted(request), desks=queries.other_desks(found), today=today)
    return form_page(
        request,
        form,
        act=lambda: actions.grant_sight(
            enquiry_id=found.pk,
            region_ids=form.cleaned_data["region_ids"],
            until=end_of(form.cleaned_data["until"], time_zone=lead.region.time_zone),
            by=request.actor,
            at=request.now,
        ),
        title=_("Ask other desks to scout"),
        save=_("Show them the summary"),
        lead=_("They read the summary below and nothing else: no name, no confidential text."),
        done=_("The desks were told."),
        eyebrow=f"{found.number} · {found.title}",
        crumbs=crumbs_of(found),
        template="enquiries/desk/with_summary.html",
        summary=queries.approved_summary(found),
    )


def _sight_page(request: Request, pk: int, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    found = _sight_seen_by(request, pk)
    context = {
        "sight": found,
        "summary": found.summary,
        "asking": queries.lead_of(found.enquiry).region,
        "offers": queries.offers_for_scout(found),
        "problems": problems,
        "breadcrumbs": [
            Crumb(_("Enquiries"), reverse("enquiries:enquiries")),
            Crumb(_("Scouting"), reverse("enquiries:scouting")),
            Crumb(found.enquiry.number),
        ],
    }
    return render(request, "enquiries/scouting/sight.html", context, status=409 if problems else 200)


def _sight_seen_by(request: Request, pk: int) -> Sight:
    """A scout's own, while it lasts; 404 after."""
    rows = queries.scouted_by(request.actor, at=request.now).select_related("summary", "region", "enquiry")
    return get_object_or_404(rows, pk=pk)
