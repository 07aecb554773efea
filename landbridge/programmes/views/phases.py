"""Pages: one phase, planning and editing it, the next one, its moves, its targets."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.parts import Crumb
from landbridge.programmes import queries
from landbridge.programmes.actions import phases as actions
from landbridge.programmes.actions import targets as target_actions
from landbridge.programmes.forms import PhaseForm, TargetForm
from landbridge.programmes.models import Phase, Programme, Target
from landbridge.programmes.steps import next_step_of, other_moves
from landbridge.programmes.views import crumbs


@needs(P.PROGRAMME_SEE)
@require_GET
def phase(request: Request, pk: int) -> HttpResponse:
    """One phase: its way, what it offers, what it set out to reach, what was published."""
    phase = get_object_or_404(Phase.objects.visible_to(request.actor).select_related("programme"), pk=pk)
    return _phase_page(request, phase)


@needs(P.PROGRAMME_EDIT)
def new(request: Request, pk: int) -> HttpResponse:
    """Planning a phase of a programme."""
    programme = get_object_or_404(Programme.objects.edited_by(request.actor), pk=pk)
    form = PhaseForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.add(programme_id=pk, facts=form.facts(), by=request.actor, at=request.now),
        title=_("Plan a phase"),
        save=_("Plan the phase"),
        back=programme.get_absolute_url(),
        crumbs=crumbs.of_programme(programme),
        programme=programme,
    )


@needs(P.PROGRAMME_EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Renaming a phase, or moving its days."""
    phase = get_object_or_404(Phase.objects.edited_by(request.actor).select_related("programme"), pk=pk)
    form = PhaseForm.about(phase.facts(), posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.edit(
            phase_id=pk, facts=form.facts(), seen=form.mark, by=request.actor, at=request.now
        ),
        title=_("Edit the phase"),
        save=_("Save"),
        back=phase.get_absolute_url(),
        crumbs=crumbs.of_phase(phase),
        programme=phase.programme,
    )


@needs(P.PROGRAMME_EDIT)
def following(request: Request, pk: int) -> HttpResponse:
    """Beginning the phase that follows this one."""
    phase = get_object_or_404(Phase.objects.edited_by(request.actor).select_related("programme"), pk=pk)
    form = PhaseForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.begin_next(phase_id=pk, facts=form.facts(), by=request.actor, at=request.now),
        title=_("Begin the next phase"),
        save=_("Begin the next phase"),
        back=phase.get_absolute_url(),
        crumbs=crumbs.of_phase(phase),
        programme=phase.programme,
        lead=_(
            "Incentives and targets of %(phase)s are copied; partners stay. Nothing of the earlier phase changes."
        )
        % {"phase": phase.name},
    )


class Move(Protocol):
    """An action that moves a phase."""

    def __call__(self, *, phase_id: int, by: Actor, at: datetime) -> Phase: ...


def _moved(request: Request, pk: int, move: Move) -> HttpResponse:
    phase = get_object_or_404(Phase.objects.edited_by(request.actor).select_related("programme"), pk=pk)
    return button_pressed(
        request,
        lambda: move(phase_id=pk, by=request.actor, at=request.now),
        refused=lambda problems: _phase_page(request, phase, problems=problems),
    )


@needs(P.PROGRAMME_EDIT)
@require_POST
def beginning(request: Request, pk: int) -> HttpResponse:
    """Starting the phase."""
    return _moved(request, pk, actions.start)


@needs(P.PROGRAMME_EDIT)
@require_POST
def hibernation(request: Request, pk: int) -> HttpResponse:
    """Letting the phase hibernate."""
    return _moved(request, pk, actions.hibernate)


@needs(P.PROGRAMME_EDIT)
@require_POST
def awakening(request: Request, pk: int) -> HttpResponse:
    """Waking the phase."""
    return _moved(request, pk, actions.wake)


@needs(P.PROGRAMME_EDIT)
@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """Closing the phase for good."""
    return _moved(request, pk, actions.close)


@needs(P.PROGRAMME_EDIT)
def new_target(request: Request, pk: int) -> HttpResponse:
    """Setting a target; one with the same short name is replaced."""
    phase = get_object_or_404(Phase.objects.edited_by(request.actor).select_related("programme"), pk=pk)
    form = TargetForm(posted(request), phase=phase)

    def set_target() -> Target:
        partner = form.cleaned_data["partner"]
        return target_actions.set_target(
            phase_id=pk,
            facts=form.facts(),
            partner_id=partner.pk if partner else None,
            by=request.actor,
            at=request.now,
        )

    return form_page(
        request,
        form,
        act=set_target,
        to=phase.get_absolute_url(),
        title=_("Set a target"),
        save=_("Set the target"),
        back=phase.get_absolute_url(),
        crumbs=crumbs.of_phase(phase),
        programme=phase.programme,
        lead=_("A target with the same short name is replaced; the record keeps what it was."),
    )


@needs(P.PROGRAMME_EDIT)
@require_POST
def target_removal(request: Request, pk: int) -> HttpResponse:
    """Giving a target up."""
    target = get_object_or_404(Target.objects.edited_by(request.actor), pk=pk)
    phase_page = reverse("programmes:phase", args=[target.phase_id])
    once(request, lambda: target_actions.remove(target_id=pk, by=request.actor, at=request.now))
    return redirect(phase_page)


def _phase_page(request: Request, phase: Phase, *, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    part = queries.phase_parts(Phase.objects.filter(pk=phase.pk))[0]
    may_edit = Phase.objects.edited_by(request.actor).filter(pk=phase.pk).exists()
    context = {
        "phase": phase,
        "programme": phase.programme,
        "accent": phase.programme.accent,
        "breadcrumbs": [*crumbs.of_programme(phase.programme), Crumb(phase.name)],
        "part": part,
        "step": next_step_of(part) if may_edit else None,
        "other_moves": other_moves(phase, request.actor) if may_edit else [],
        "may_edit": may_edit,
        "problems": problems,
        "sees_history": request.actor.may(P.AUDIT_SEE),
    }
    return render(request, "programmes/phase.html", context, status=409 if problems else 200)
