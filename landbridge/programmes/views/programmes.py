"""Pages: the programmes, one programme, setting one up, describing it, quoting its figures."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.programmes import queries
from landbridge.programmes.actions import figures as figure_actions
from landbridge.programmes.actions import programmes as actions
from landbridge.programmes.forms import FigureForm, ProgrammeFilters, ProgrammeForm
from landbridge.programmes.models import Partner, Phase, Programme, PublishedFigure
from landbridge.programmes.steps import next_step_of
from landbridge.programmes.views import crumbs


@needs(P.PROGRAMME_SEE)
@require_GET
def programmes(request: Request) -> HttpResponse:
    """All programmes of the network, the latest first."""
    filters = ProgrammeFilters(request.GET)
    rows = queries.programme_list(request.actor, words=filters.chosen.get("q", ""))
    context = {
        "page": page_of(request, rows),
        "filters": filters,
        "may_create": request.actor.may(P.PROGRAMME_EDIT) and request.actor.sees_everything,
    }
    return render(request, "programmes/programmes.html", context)


@needs(P.PROGRAMME_SEE)
@require_GET
def programme(request: Request, pk: int) -> HttpResponse:
    """One programme: its phases with their ways and offers, its partners, its published figures."""
    programme = get_object_or_404(Programme.objects.visible_to(request.actor), pk=pk)
    parts = queries.phase_parts(Phase.objects.filter(programme=programme))
    context = {
        "programme": programme,
        "accent": programme.accent,
        "breadcrumbs": [*crumbs.of_programmes(), Crumb(programme.name)],
        "parts": parts,
        "step": next_step_of(parts[0]) if parts else None,
        "partners": Partner.objects.filter(programme=programme)
        .select_related("region")
        .order_by("-is_lead", "name"),
        "figures": PublishedFigure.objects.filter(programme=programme, phase=None).order_by("name"),
        "may_edit": Programme.objects.edited_by(request.actor).filter(pk=pk).exists(),
        "sees_history": request.actor.may(P.AUDIT_SEE),
    }
    return render(request, "programmes/programme.html", context)


@needs(P.PROGRAMME_EDIT)
def new(request: Request) -> HttpResponse:
    """Setting up a programme; the network's office alone may."""
    if not request.actor.sees_everything:
        raise PermissionDenied(P.PROGRAMME_EDIT)
    form = ProgrammeForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.create(form.facts(), by=request.actor, at=request.now),
        title=_("Set up a programme"),
        save=_("Set up the programme"),
        back=reverse("programmes:programmes"),
        crumbs=crumbs.of_programmes(),
        lead=_(
            "Next come its phases, its partners and what it offers. The public sees it once a call is published."
        ),
    )


@needs(P.PROGRAMME_EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Describing a programme anew."""
    programme = get_object_or_404(Programme.objects.edited_by(request.actor), pk=pk)
    form = ProgrammeForm.about(programme.facts(), posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.edit(
            programme_id=pk, facts=form.facts(), seen=form.mark, by=request.actor, at=request.now
        ),
        title=_("Describe the programme"),
        save=_("Save"),
        back=programme.get_absolute_url(),
        crumbs=crumbs.of_programme(programme),
        programme=programme,
    )


@needs(P.PROGRAMME_EDIT)
def new_figure(request: Request, pk: int) -> HttpResponse:
    """Quoting a result as the programme published it."""
    programme = get_object_or_404(Programme.objects.edited_by(request.actor), pk=pk)
    form = FigureForm(posted(request), programme_id=pk)

    def publish() -> PublishedFigure:
        phase = form.cleaned_data["phase"]
        return figure_actions.publish(
            programme_id=pk,
            phase_id=phase.pk if phase else None,
            facts=form.facts(),
            by=request.actor,
            at=request.now,
        )

    return form_page(
        request,
        form,
        act=publish,
        to=programme.get_absolute_url(),
        title=_("Quote a published figure"),
        save=_("Quote the figure"),
        back=programme.get_absolute_url(),
        crumbs=crumbs.of_programme(programme),
        programme=programme,
        lead=_("A quoted figure stands beside what is computed from the records; it never takes its place."),
    )
