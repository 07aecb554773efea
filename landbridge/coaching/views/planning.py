"""The plan: written by the coach, accepted or returned by the company."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.coaching import actions, rules
from landbridge.coaching.forms import PlanForm
from landbridge.coaching.models import Plan
from landbridge.coaching.views.shared import case_page, crumbs_of, seen_by
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.forms import ReasonForm


@needs(P.COACHING_COACH)
def plan(request: Request, pk: int) -> HttpResponse:
    """Write the next version, beginning with what the one before says."""
    found = seen_by(request.actor, pk)
    former = Plan.objects.filter(case=found).order_by("-version").first()
    form = PlanForm(posted(request), initial=_said(former) if former else {})
    lead = _("Up to %(hours)s hours together. The company accepts it, or returns it with a reason.") % {
        "hours": found.hours_at_most
    }
    if former and former.returned_because:
        lead = _("The company asks: %(reason)s") % {"reason": former.returned_because}
    return form_page(
        request,
        form,
        act=lambda: actions.plan(
            case_id=found.pk,
            summary=form.cleaned_data["summary"],
            goals=form.goals,
            by=request.actor,
            at=request.now,
        ),
        title=_("The coaching plan"),
        lead=lead,
        save=_("Hand it to the company"),
        done=_("The company was asked to accept it."),
        crumbs=crumbs_of(found),
        template="coaching/long_form.html",
        more=_("More objectives"),
    )


@needs(P.COACHING_ASK)
@require_POST
def plan_acceptance(request: Request, pk: int, coaching_plan_pk: int) -> HttpResponse:
    """The company accepts the version that it read."""
    found = seen_by(request.actor, pk)
    read = get_object_or_404(Plan, pk=coaching_plan_pk, case=found)
    return button_pressed(
        request,
        lambda: actions.accept_plan(case_id=found.pk, plan_id=read.pk, by=request.actor, at=request.now),
        done=_("Accepted. Book your first session."),
        refused=lambda problems: case_page(request, pk, problems=problems),
    )


@needs(P.COACHING_ASK)
def plan_return(request: Request, pk: int) -> HttpResponse:
    """The company returns the plan."""
    found = seen_by(request.actor, pk)
    form = ReasonForm(
        posted(request),
        longest=rules.LONGEST_REASON,
        label=_("What should change?"),
        read_by=_("Your coach reads it, and your adviser."),
    )
    return form_page(
        request,
        form,
        act=lambda: actions.return_plan(
            case_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Return the plan"),
        done=_("Returned. The coach was told."),
        crumbs=crumbs_of(found),
    )


def _said(former: Plan) -> dict[str, Any]:
    initial: dict[str, Any] = {"summary": former.summary}
    for place, goal in enumerate(former.objectives.order_by("number"), start=1):
        initial |= {f"title_{place}": goal.title, f"task_{place}": goal.task, f"hours_{place}": goal.hours}
    return initial
