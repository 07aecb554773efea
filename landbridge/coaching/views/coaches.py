"""Coaches: their list, the page of one, becoming one, and who takes cases."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.coaching import actions, queries, rules
from landbridge.coaching.forms import CoachFilters, CoachForm
from landbridge.coaching.forms.coaches import COMPETENCES
from landbridge.coaching.models import Case, Coach
from landbridge.coaching.states import Offered
from landbridge.coaching.views.shared import crumbs, names_of_languages, own_coach
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb

COLUMNS = (
    "name", "headline", "about", "languages", "country", "time_zone", "meeting_link", "most_cases", "version",
)  # fmt: skip


@needs(P.COACHING_SEE)
@require_GET
def coaches(request: Request) -> HttpResponse:
    """The coaches whom this hat sees, by name."""
    actor, filters = request.actor, CoachFilters(request.GET)
    context = {
        "page": page_of(request, queries.coaches_listed(Coach.objects.visible_to(actor), **filters.chosen)),
        "filters": filters,
        "may_become": actor.may(P.COACHING_COACH) and queries.coach_of_person(actor.person_id) is None,
        "breadcrumbs": [*crumbs(), Crumb(_("Coaches"))],
    }
    return render(request, "coaching/coaches.html", context)


@needs(P.COACHING_SEE)
@require_GET
def coach(request: Request, pk: int) -> HttpResponse:
    """What a coach says of themselves; for desks, the cases they have."""
    found, actor = _seen_by(request.actor, pk), request.actor
    looks_after = queries.looks_after(found, actor)
    seen = Case.objects.visible_to(actor).filter(offers__coach=found, offers__state=Offered.ACCEPTED)
    context = {
        "found": found,
        "competences": sorted(found.competences.all(), key=lambda term: term.name),
        "languages": names_of_languages(found.languages),
        "cases": list(seen.select_related("company").order_by("-asked_at", "-pk")[:20]),
        "open_cases": queries.open_cases_of(found.pk),
        "free_hours": queries.hours_free([found], at=request.now)[found.pk],
        "is_own": found.person_id == actor.person_id,
        "looks_after": looks_after,
        "sees_history": actor.may(P.AUDIT_SEE) or looks_after,
        "breadcrumbs": [*_trail(), Crumb(found.name)],
    }
    return render(request, "coaching/coach.html", context)


@needs(P.COACHING_COACH)
def coach_new(request: Request) -> HttpResponse:
    """Offer to coach."""
    if queries.coach_of_person(request.actor.person_id):
        return redirect("coaching:coach_edit")
    form = CoachForm(posted(request), initial={"name": request.actor.name})
    return form_page(
        request,
        form,
        act=lambda: actions.become(described=form.described, by=request.actor, at=request.now),
        title=_("Become a coach"),
        lead=_(
            "Companies of the network look for people who have done it before. Say what you know; "
            "the desk of your region talks to you before the first case."
        ),
        save=_("Offer to coach"),
        done=_("Thank you. The desk looks at it; you can lay your free time meanwhile."),
        crumbs=crumbs(),
    )


@needs(P.COACHING_COACH)
def coach_edit(request: Request) -> HttpResponse:
    """Change what one's own page says."""
    found = own_coach(request.actor)
    initial: dict[str, Any] = {name: getattr(found, name) for name in COLUMNS}
    named = found.competences.order_by("name").values_list("pk", flat=True)
    initial |= dict(zip(COMPETENCES, (str(pk) for pk in named), strict=False))
    form = CoachForm(posted(request), initial=initial)
    return form_page(
        request,
        form,
        act=lambda: actions.describe(
            coach_id=found.pk,
            version=form.cleaned_data["version"] or 0,
            described=form.described,
            by=request.actor,
            at=request.now,
        ),
        title=_("Your page as a coach"),
        save=_("Save"),
        done=_("Saved."),
        crumbs=[*_trail(), Crumb(found.name, found.get_absolute_url())],
    )


@needs(P.COACHING_SEE)
@require_POST
def coach_activation(request: Request, pk: int) -> HttpResponse:
    """A desk or office lets a coach take cases."""
    found = _seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.activate(coach_id=found.pk, by=request.actor, at=request.now),
        done=_("%(name)s can be proposed from now on, and was told.") % {"name": found.name},
        back=found.get_absolute_url(),
    )


@needs(P.COACHING_SEE)
def coach_rest(request: Request, pk: int) -> HttpResponse:
    """A coach gets no new cases for now; the desk that looks after them says so, or an office."""
    found = _seen_by(request.actor, pk)
    if not queries.looks_after(found, request.actor):
        raise Http404
    form = ReasonForm(posted(request), longest=rules.LONGEST_REASON, read_by=_("The coach reads it."))
    return form_page(
        request,
        form,
        act=lambda: actions.rest(coach_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("No new cases for now"),
        lead=_("Cases that they have go on. You can let them take cases again at any time."),
        done=_("The coach was told."),
        crumbs=[*_trail(), Crumb(found.name, found.get_absolute_url())],
    )


def _seen_by(actor: Actor, pk: int) -> Coach:
    rows = Coach.objects.visible_to(actor).select_related("organisation__region", "person")
    return get_object_or_404(rows.prefetch_related("competences"), pk=pk)


def _trail() -> list[Crumb]:
    return [*crumbs(), Crumb(_("Coaches"), reverse("coaching:coaches"))]
