"""The list of cases, the page of one, and asking for coaching."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.coaching import actions, queries, rules
from landbridge.coaching.forms import AskForm, CaseFilters
from landbridge.coaching.models import Case
from landbridge.coaching.views.shared import case_page, crumbs, crumbs_of, seen_by
from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.listing import page_of
from landbridge.programmes.models import Region


@needs(P.COACHING_SEE)
@require_GET
def cases(request: Request) -> HttpResponse:
    """The cases that this hat sees, the newest first."""
    actor, seen = request.actor, Case.objects.visible_to(request.actor)
    regions = Region.objects.filter(coaching_cases__in=seen).distinct().order_by("name")
    filters = CaseFilters(request.GET, regions=regions)
    context = {
        "page": page_of(request, queries.listed(seen, **filters.chosen)),
        "filters": filters,
        "asks": actor.may(P.COACHING_ASK),
        "coaches": actor.may(P.COACHING_COACH),
        "own": queries.coach_of_person(actor.person_id) if actor.may(P.COACHING_COACH) else None,
        "sees_figures": actor.role in (Role.BROKER, Role.OFFICE, Role.AUDITOR),
    }
    return render(request, "coaching/cases.html", context)


@needs(P.COACHING_SEE)
@require_GET
def case(request: Request, pk: int) -> HttpResponse:
    """Where it stands, and what comes next."""
    return case_page(request, pk)


@needs(P.COACHING_ASK)
def new(request: Request) -> HttpResponse:
    """A company asks for coaching; two texts suffice."""
    form = AskForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.ask(
            title=form.cleaned_data["title"],
            wish=form.cleaned_data["wish"],
            competence_ids=form.competence_ids,
            languages=form.cleaned_data["languages"],
            by=request.actor,
            at=request.now,
        ),
        title=_("Ask for coaching"),
        lead=_(
            "Up to 24 hours with a coach of your choice, paid by the network. It takes two minutes to ask; "
            "an adviser of your region calls you within a week or two."
        ),
        save=_("Ask for coaching"),
        done=_("Sent. An adviser is named within five working days."),
        crumbs=crumbs(),
    )


@needs(P.COACHING_ASK)
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """The company no longer wants it."""
    found = seen_by(request.actor, pk)
    form = ReasonForm(
        posted(request), longest=rules.LONGEST_REASON, read_by=_("Your adviser reads it, and the coach.")
    )
    return form_page(
        request,
        form,
        act=lambda: actions.withdraw(case_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("Withdraw the case"),
        lead=_("This cannot be undone; you can ask again later."),
        done=_("Withdrawn."),
        crumbs=crumbs_of(found),
        is_final=True,
    )
