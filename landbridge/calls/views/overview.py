"""Pages: the list of calls, beginning one, and one call with its parts, its way and its next step."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.calls import actions, queries
from landbridge.calls.forms import NewCallForm
from landbridge.calls.models import Call
from landbridge.calls.rules import Part
from landbridge.calls.states import WORKFLOW, M, S
from landbridge.calls.steps import state_of, way
from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, Problem
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb

NAME_OF_PART = {
    Part.ABOUT: N_("What it is about"),
    Part.WINDOW: N_("Opening and closing"),
    Part.OFFERS: N_("What it offers"),
    Part.CRITERIA: N_("What counts"),
    Part.QUESTIONS: N_("The form"),
}


@needs(P.CALL_SEE)
@require_GET
def calls(request: Request) -> HttpResponse:
    """Every call one may see, the latest opening first."""
    rows = Call.objects.visible_to(request.actor).select_related("phase__programme")
    page = page_of(request, rows.order_by("-opens_at", "-pk"))
    for call in page:
        call.label = state_of(call, at=request.now)
    context = {
        "page": page,
        "may_prepare": request.actor.may(P.CALL_EDIT),
        "breadcrumbs": [Crumb(_("Calls"))],
    }
    return render(request, "calls/calls.html", context)


@needs(P.CALL_EDIT)
def new(request: Request) -> HttpResponse:
    """Beginning to prepare a call."""
    form = NewCallForm(posted(request), actor=request.actor, initial={"time_zone": "Europe/Brussels"})
    return form_page(
        request,
        form,
        act=lambda: _create(request, form),
        title=_("Prepare a call"),
        save=_("Begin"),
        lead=_(
            "Only the beginnings; everything else follows part by part, and can be changed until publication."
        ),
        crumbs=[Crumb(_("Calls"), reverse("calls:calls"))],
    )


@needs(P.CALL_SEE)
@require_GET
def call(request: Request, pk: int) -> HttpResponse:
    """One call: for the office the list of its parts, for others in the programme what it says."""
    shown = get_object_or_404(
        Call.objects.visible_to(request.actor).select_related("phase__programme"), pk=pk
    )
    return call_page(request, shown)


def call_page(
    request: Request, shown: Call, *, problems: tuple[Problem, ...] = (), status: int = 200
) -> HttpResponse:
    """The page of one call, with the problems of a refused move."""
    actor = request.actor
    is_own = Call.objects.edited_by(actor).filter(pk=shown.pk).exists()
    found = queries.pre_check(shown, at=request.now) if shown.state == S.DRAFT else {}
    context = {
        "call": shown,
        "terms": queries.terms(shown),
        "label": state_of(shown, at=request.now),
        "steps": way(shown, at=request.now),
        "parts": [
            {
                "name": _(NAME_OF_PART[part]),
                "href": reverse(f"calls:{part}", args=[shown.pk]),
                "problems": problems_of_part,
            }
            for part, problems_of_part in found.items()
        ],
        "complete": sum(not problems_of_part for problems_of_part in found.values()),
        "first_open": next((part for part, open_problems in found.items() if open_problems), ""),
        "extensions": queries.extensions_of(shown),
        "may_edit": is_own and actor.may(P.CALL_EDIT) and shown.state == S.DRAFT,
        "may_extend": is_own
        and WORKFLOW.allows(M.EXTEND, of=shown, by=actor)
        and request.now < shown.closes_at,
        "may_cancel": is_own and WORKFLOW.allows(M.CANCEL, of=shown, by=actor),
        "may_finish": is_own
        and WORKFLOW.allows(M.FINISH, of=shown, by=actor)
        and request.now >= shown.closes_at,
        "is_public": shown.published_at is not None,
        "problems": problems,
        "programme": shown.phase.programme,
        "accent": shown.phase.programme.accent,
        "breadcrumbs": [Crumb(_("Calls"), reverse("calls:calls")), Crumb(shown.title)],
    }
    return render(request, "calls/call.html", context, status=status)


def _create(request: Request, form: NewCallForm) -> Call:
    given = {name: form.cleaned_data[name] for name in ("phase", "title", "summary", "copy_of")}
    return actions.create(**given, window=form.window(), by=request.actor, at=request.now)
