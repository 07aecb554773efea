"""Pages: one incentive with the calls that took it up, adding and editing it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Crumb
from landbridge.programmes import queries
from landbridge.programmes.actions import incentives as actions
from landbridge.programmes.forms import IncentiveForm
from landbridge.programmes.models import Incentive, Phase
from landbridge.programmes.views import crumbs


@needs(P.PROGRAMME_SEE)
@require_GET
def incentive(request: Request, pk: int) -> HttpResponse:
    """What a company can ask for, and in which calls."""
    incentive = get_object_or_404(
        Incentive.objects.visible_to(request.actor).select_related("phase__programme"), pk=pk
    )
    may_edit = Incentive.objects.edited_by(request.actor).filter(pk=pk).exists()
    context = {
        "incentive": incentive,
        "phase": incentive.phase,
        "programme": incentive.phase.programme,
        "accent": incentive.phase.programme.accent,
        "breadcrumbs": [*crumbs.of_phase(incentive.phase), Crumb(incentive.name)],
        "calls": queries.calls_using(incentive, with_drafts=may_edit),
        "may_edit": may_edit,
        "sees_history": request.actor.may(P.AUDIT_SEE),
    }
    return render(request, "programmes/incentive.html", context)


@needs(P.PROGRAMME_EDIT)
def new(request: Request, pk: int) -> HttpResponse:
    """Putting an incentive on offer in a phase."""
    phase = get_object_or_404(Phase.objects.edited_by(request.actor).select_related("programme"), pk=pk)
    form = IncentiveForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.add(phase_id=pk, facts=form.facts(), by=request.actor, at=request.now),
        to=phase.get_absolute_url(),
        title=_("Add an incentive"),
        save=_("Add the incentive"),
        back=phase.get_absolute_url(),
        crumbs=crumbs.of_phase(phase),
        programme=phase.programme,
    )


@needs(P.PROGRAMME_EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Changing the terms for calls still to be published."""
    editable = Incentive.objects.edited_by(request.actor).select_related("phase__programme")
    incentive = get_object_or_404(editable, pk=pk)
    form = IncentiveForm.about(incentive.facts(), posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.edit(
            incentive_id=pk, facts=form.facts(), seen=form.mark, by=request.actor, at=request.now
        ),
        title=_("Edit %(name)s") % {"name": incentive.name},
        save=_("Save"),
        back=incentive.get_absolute_url(),
        crumbs=crumbs.of_phase(incentive.phase),
        programme=incentive.phase.programme,
        lead=_(
            "Calls that were published keep the terms they were published with. What you change here reaches later calls."
        ),
    )
