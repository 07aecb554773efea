"""Closed, and what next? What ended without a next step, and the form that plans one."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.collaborations import actions, queries, rules
from landbridge.collaborations.forms import ClosingFilters, StepForm
from landbridge.collaborations.states import CLOSED_NAMES, Closed
from landbridge.collaborations.views.shared import list_crumbs
from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb


@needs(P.COLLABORATION_FOLLOW)
@require_GET
def closings(request: Request) -> HttpResponse:
    """What closed in the last half year and has no next step yet, the newest first."""
    filters = ClosingFilters(request.GET or None)
    lines = queries.closings(request.actor, at=request.now, **filters.chosen)
    context = {
        "page": page_of(request, lines),
        "filters": filters,
        "breadcrumbs": [*list_crumbs(), Crumb(_("Closed, and what next?"))],
    }
    return render(request, "collaborations/closings.html", context)


@needs(P.COLLABORATION_FOLLOW)
def after_voucher(request: Request, closed_voucher_pk: int) -> HttpResponse:
    """What comes after a voucher."""
    return _plan(request, Closed.VOUCHER, closed_voucher_pk)


@needs(P.COLLABORATION_FOLLOW)
def after_introduction(request: Request, closed_introduction_pk: int) -> HttpResponse:
    """What comes after an introduction."""
    return _plan(request, Closed.INTRODUCTION, closed_introduction_pk)


@needs(P.COLLABORATION_FOLLOW)
def after_meeting(request: Request, closed_meeting_pk: int) -> HttpResponse:
    """What comes after a meeting."""
    return _plan(request, Closed.MEETING, closed_meeting_pk)


@needs(P.COLLABORATION_FOLLOW)
def after_coaching(request: Request, closed_coaching_pk: int) -> HttpResponse:
    """What comes after a coaching."""
    return _plan(request, Closed.COACHING, closed_coaching_pk)


@needs(P.COLLABORATION_FOLLOW)
def nothing_more(request: Request, closed_kind: str, closed_pk: int) -> HttpResponse:
    """Nothing follows, and why."""
    if closed_kind not in list(Closed):
        raise Http404
    closing = _closing(request, Closed(closed_kind), closed_pk)
    form = ReasonForm(
        posted(request), longest=rules.LONGEST_TEXT, read_by=_("Both sides and both desks read it.")
    )
    return form_page(
        request,
        form,
        act=lambda: actions.plan_nothing(
            kind=closing.kind,
            closed_id=closing.row.pk,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=request.now,
        ),
        title=_("Nothing more is planned"),
        eyebrow=closing.title,
        to=reverse("collaborations:closings"),
        done=_("It stands on record."),
        crumbs=_crumbs(),
    )


def _plan(request: Request, kind: Closed, pk: int) -> HttpResponse:
    closing = _closing(request, kind, pk)
    initial = {"text": closing.text, "owner": closing.owner or "", "due_on": closing.due_on}
    form = StepForm(posted(request), initial=initial, has_provider=closing.provider is not None)
    return form_page(
        request,
        form,
        act=lambda: actions.plan_after(
            kind=kind, closed_id=pk, planned=form.planned, by=request.actor, at=request.now
        ),
        title=_("What comes next?"),
        save=_("Plan it"),
        done=_("Planned. Whoever's turn it is has a letter, and another one on the day."),
        to=reverse("collaborations:closings"),
        crumbs=_crumbs(),
        template="collaborations/plan.html",
        closing=closing,
        kind_label=_(CLOSED_NAMES[kind]),
        nothing=reverse("collaborations:nothing_more", args=[kind, pk]),
    )


def _crumbs() -> list[Crumb]:
    return [*list_crumbs(), Crumb(_("Closed, and what next?"), reverse("collaborations:closings"))]


def _closing(request: Request, kind: Closed, pk: int) -> queries.Closing:
    try:
        return queries.closed_one(kind, pk, actor=request.actor)
    except ObjectDoesNotExist:
        raise Http404 from None
