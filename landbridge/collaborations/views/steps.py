"""Next steps: the list, one of them, planning one for a collaboration, changing, doing and dropping it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.collaborations import actions, queries, rules
from landbridge.collaborations.forms import DoneForm, StepFilters, StepForm
from landbridge.collaborations.models import NextStep
from landbridge.collaborations.states import STEP_WORKFLOW, StepMove
from landbridge.collaborations.views.shared import crumbs_of, list_crumbs, seen_by
from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb


@needs(P.COLLABORATION_SEE)
@require_GET
def next_steps(request: Request) -> HttpResponse:
    """What is to be done, by whom, until when."""
    filters = StepFilters(request.GET or None)
    rows = queries.steps_listed(
        NextStep.objects.visible_to(request.actor), actor=request.actor, **filters.chosen
    )
    context = {
        "page": page_of(request, rows),
        "filters": filters,
        "follows": request.actor.may(P.COLLABORATION_FOLLOW),
        "breadcrumbs": [*list_crumbs(), Crumb(_("Next steps"))],
    }
    return render(request, "collaborations/next_steps.html", context)


@needs(P.COLLABORATION_SEE)
@require_GET
def next_step(request: Request, step_pk: int) -> HttpResponse:
    """One next step: what, who, until when, what came of it."""
    found, actor = _seen_by(request.actor, step_pk), request.actor
    context = {
        "found": found,
        "about": queries.about_of(found),
        "may_end": STEP_WORKFLOW.allows(StepMove.FINISH, of=found, by=actor),
        "is_due": found.due_on <= request.now.date(),
        "breadcrumbs": [*_crumbs(), Crumb(str(found))],
        "sees_history": actor.may(P.AUDIT_SEE),
    }
    return render(request, "collaborations/next_step.html", context)


@needs(P.COLLABORATION_FOLLOW)
def step_new(request: Request, pk: int) -> HttpResponse:
    """Plan one for a collaboration."""
    found = seen_by(request.actor, pk)
    form = StepForm(posted(request), has_provider=True)
    return form_page(
        request,
        form,
        act=lambda: actions.plan_for(
            collaboration_id=found.pk, planned=form.planned, by=request.actor, at=request.now
        ),
        title=_("Plan the next step"),
        save=_("Plan it"),
        done=_("Planned. Whoever's turn it is has a letter, and another one on the day."),
        to=found.get_absolute_url(),
        crumbs=crumbs_of(found),
    )


@needs(P.COLLABORATION_FOLLOW)
def step_edit(request: Request, step_pk: int) -> HttpResponse:
    """Another day, owner or wording."""
    found = _seen_by(request.actor, step_pk)
    initial = {name: getattr(found, name) for name in ("text", "owner", "owner_name", "due_on")}
    form = StepForm(posted(request), initial=initial, has_provider=found.provider_id is not None)
    return form_page(
        request,
        form,
        act=lambda: actions.change_step(
            step_id=found.pk, planned=form.planned, by=request.actor, at=request.now
        ),
        title=_("Change the step"),
        save=_("Save"),
        done=_("Saved."),
        crumbs=_trail(found),
    )


@needs(P.COLLABORATION_FOLLOW)
def step_done(request: Request, step_pk: int) -> HttpResponse:
    """It is done."""
    found = _seen_by(request.actor, step_pk)
    form = DoneForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.finish_step(
            step_id=found.pk, outcome=form.cleaned_data["outcome"], by=request.actor, at=request.now
        ),
        title=_("It is done"),
        eyebrow=str(found),
        done=_("Well done."),
        crumbs=_trail(found),
    )


@needs(P.COLLABORATION_FOLLOW)
def step_drop(request: Request, step_pk: int) -> HttpResponse:
    """It is not done after all."""
    found = _seen_by(request.actor, step_pk)
    form = ReasonForm(
        posted(request), longest=rules.LONGEST_TEXT, read_by=_("Both sides and both desks read it.")
    )
    return form_page(
        request,
        form,
        act=lambda: actions.drop_step(
            step_id=found.pk, reason=form.cleaned_data["reason"], by=request.actor, at=request.now
        ),
        title=_("Drop the step"),
        eyebrow=str(found),
        done=_("Dropped."),
        crumbs=_trail(found),
        is_final=True,
    )


def _crumbs() -> list[Crumb]:
    return [*list_crumbs(), Crumb(_("Next steps"), reverse("collaborations:next_steps"))]


def _trail(found: NextStep) -> list[Crumb]:
    return [*_crumbs(), Crumb(str(found), found.get_absolute_url())]


def _seen_by(actor: Actor, pk: int) -> NextStep:
    rows = NextStep.objects.visible_to(actor).select_related(
        "company", "provider", "collaboration", "voucher", "introduction", "meeting", "coaching_case"
    )
    return get_object_or_404(rows, pk=pk)
