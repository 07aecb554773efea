"""Pages of collaborations: the list, one of them, recording one, the table to take away, what desks have heard of."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.collaborations import actions, queries
from landbridge.collaborations.forms import CollaborationFilters, DescriptionForm, NoteForm
from landbridge.collaborations.models import Collaboration
from landbridge.collaborations.states import NAME_OF, Origin, S
from landbridge.collaborations.views.shared import collaboration_page, crumbs_of, list_crumbs, seen_by
from landbridge.foundation.exports import csv_response
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb


@needs(P.COLLABORATION_SEE)
@require_GET
def collaborations(request: Request) -> HttpResponse:
    """Who works with whom, the newest first."""
    filters = CollaborationFilters(request.GET)
    rows = queries.listed(Collaboration.objects.visible_to(request.actor), **filters.chosen)
    context = {
        "page": page_of(request, rows),
        "filters": filters,
        "records": request.actor.may(P.COLLABORATION_RECORD),
        "follows": request.actor.may(P.COLLABORATION_FOLLOW),
        "breadcrumbs": [Crumb(_("Collaborations"))],
    }
    return render(request, "collaborations/collaborations.html", context)


@needs(P.COLLABORATION_SEE)
@require_GET
def export(request: Request) -> HttpResponseBase:
    """The same rows as a table."""
    filters = CollaborationFilters(request.GET)
    rows = queries.listed(Collaboration.objects.visible_to(request.actor), **filters.chosen)
    header = [
        _("Number"), _("Title"), _("Company"), _("Its region"), _("Partner"), _("Partner's region"), _("Since"),
        _("Under what"), _("Came of"), _("State"), _("Ended on"), _("Renewals"),
    ]  # fmt: skip
    return csv_response("collaborations", header, _lines(rows.iterator(chunk_size=1000)))


@needs(P.COLLABORATION_SEE)
@require_GET
def collaboration(request: Request, pk: int) -> HttpResponse:
    """One collaboration: who, since when, under what, where it came from, how it goes on, what followed."""
    return collaboration_page(request, pk)


@needs(P.COLLABORATION_RECORD)
@require_GET
def heard_of(request: Request) -> HttpResponse:
    """Partnerships of coachings and meetings that may have become a collaboration; one click records each."""
    context = {
        "page": page_of(request, queries.heard_of(request.actor, at=request.now)),
        "breadcrumbs": [*list_crumbs(), Crumb(_("Heard of"))],
    }
    return render(request, "collaborations/heard_of.html", context)


@needs(P.COLLABORATION_RECORD)
@require_POST
def partnership(request: Request, partnership_pk: int) -> HttpResponse:
    """Record a partnership of a coaching."""
    get_object_or_404(queries.partnerships_seen_by(request.actor), pk=partnership_pk)
    return button_pressed(
        request,
        lambda: actions.record_partnership(partnership_id=partnership_pk, by=request.actor, at=request.now),
        done=_("Recorded."),
        back=reverse("collaborations:heard_of"),
    )


@needs(P.COLLABORATION_RECORD)
@require_POST
def met(request: Request, met_pk: int) -> HttpResponse:
    """Record two who met at an event."""
    get_object_or_404(queries.meetings_seen_by(request.actor), pk=met_pk)
    return button_pressed(
        request,
        lambda: actions.record_meeting(meeting_id=met_pk, by=request.actor, at=request.now),
        done=_("Recorded."),
        back=reverse("collaborations:heard_of"),
    )


@needs(P.COLLABORATION_RECORD)
def new(request: Request) -> HttpResponse:
    """A desk records one that it has heard of."""
    form = NoteForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.note(**form.cleaned_data, by=request.actor, at=request.now),
        title=_("Record a collaboration"),
        lead=_(
            "What comes of introductions, requests for access and vouchers is recorded by itself. Record here what "
            "you heard of otherwise."
        ),
        save=_("Record it"),
        done=_("Recorded."),
        crumbs=list_crumbs(),
    )


@needs(P.COLLABORATION_RECORD)
def text(request: Request, pk: int) -> HttpResponse:
    """Say more of what they do."""
    found = seen_by(request.actor, pk)
    initial = {name: getattr(found, name) for name in ("title", "text", "instrument")}
    form = DescriptionForm(posted(request), initial=initial)
    return form_page(
        request,
        form,
        act=lambda: actions.describe(
            collaboration_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Describe the collaboration"),
        save=_("Save"),
        done=_("Saved."),
        crumbs=crumbs_of(found),
    )


def _lines(rows: Iterator[Collaboration]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.number,
            row.title,
            row.company.name,
            row.company.region.name if row.company.region else "",
            row.provider.name,
            row.provider.region.name if row.provider.region else "",
            row.since,
            row.instrument,
            _(Origin(row.origin).label),
            _(NAME_OF[S(row.state)]),
            row.ended_on,
            row.renewals,
        ]
