"""Pages of collaborations: the list, one of them, recording one, the table to take away."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.collaborations import actions, queries
from landbridge.collaborations.forms import CollaborationFilters, DescriptionForm, NoteForm
from landbridge.collaborations.models import Collaboration
from landbridge.collaborations.states import Origin
from landbridge.foundation.exports import csv_response
from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.actor import Actor
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
        _("Under what"), _("Came of"),
    ]  # fmt: skip
    return csv_response("collaborations", header, _lines(rows.iterator(chunk_size=1000)))


@needs(P.COLLABORATION_SEE)
@require_GET
def collaboration(request: Request, pk: int) -> HttpResponse:
    """One collaboration: who, since when, under what, and where it came from."""
    found = _seen_by(request.actor, pk)
    context = {
        "found": found,
        "origin": _(Origin(found.origin).label),
        "origins": queries.origins_of(found, actor=request.actor),
        "may_describe": request.actor.may(P.COLLABORATION_RECORD),
        "breadcrumbs": [*_crumbs(), Crumb(found.number)],
        "sees_history": request.actor.may(P.AUDIT_SEE),
    }
    return render(request, "collaborations/collaboration.html", context)


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
        crumbs=_crumbs(),
    )


@needs(P.COLLABORATION_RECORD)
def text(request: Request, pk: int) -> HttpResponse:
    """Say more of what they do."""
    found = _seen_by(request.actor, pk)
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
        crumbs=[*_crumbs(), Crumb(found.number, found.get_absolute_url())],
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
        ]


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Collaborations"), reverse("collaborations:collaborations"))]


def _seen_by(actor: Actor, pk: int) -> Collaboration:
    rows = Collaboration.objects.visible_to(actor).select_related(*queries.SIDES)
    return get_object_or_404(rows, pk=pk)
