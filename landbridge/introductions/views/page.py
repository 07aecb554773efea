"""One introduction: the page of a side, and the page of a desk. Each is drawn from its view alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed, Problem
from landbridge.foundation.ui.parts import Crumb
from landbridge.introductions import queries
from landbridge.introductions.letters import previews
from landbridge.introductions.models import Introduction
from landbridge.introductions.queries import DeskView
from landbridge.introductions.states import WORKFLOW, M, Nda, S
from landbridge.introductions.steps import next_of_side, next_step, way, way_of_side


@needs(P.INTRODUCTION_SEE)
@require_GET
def introduction(request: Request, pk: int) -> HttpResponse:
    """Where it stands, and what this reader may know of it."""
    return page(request, pk)


def page(request: Request, pk: int, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The page of an introduction, also with what was refused (409)."""
    found = seen_by(request.actor, pk)
    status = 409 if problems else 200
    if queries.side_of(found, request.actor):
        context = _of_side(found, request.actor) | {"problems": problems}
        return render(request, "introductions/side.html", context, status=status)
    context = _of_desk(request, found) | {"problems": problems}
    return render(request, "introductions/desk.html", context, status=status)


def seen_by(actor: Actor, pk: int) -> Introduction:
    """The introduction with everything that its views read; 404 for whoever may not see it."""
    return get_object_or_404(queries.with_all(Introduction.objects.visible_to(actor)), pk=pk)


def led_by(actor: Actor, pk: int) -> Introduction:
    """An introduction that the actor's desk leads; other desks are told that it is not theirs (403)."""
    found = seen_by(actor, pk)
    if not queries.leads(found, actor):
        raise NotAllowed(P.INTRODUCTION_PROPOSE)
    return found


def crumbs_of(found: Introduction) -> list[Crumb]:
    """The trail to the page of an introduction."""
    return [
        Crumb(_("Introductions"), reverse("introductions:introductions")),
        Crumb(found.number, found.get_absolute_url()),
    ]


def _of_side(found: Introduction, actor: Actor) -> dict[str, Any]:
    """No row reaches the template of a side: what is not in the view cannot be shown by mistake."""
    view = queries.side_view(found, actor)
    consent = reverse("introductions:consent", args=[view.pk]) if actor.may(P.INTRODUCTION_ANSWER) else ""
    return {
        "view": view,
        "breadcrumbs": [
            Crumb(_("Introductions"), reverse("introductions:introductions")),
            Crumb(view.number),
        ],
        "steps": way_of_side(view),
        "next": next_of_side(view, consent=consent),
    }


def _of_desk(request: Request, found: Introduction) -> dict[str, Any]:
    view, actor = queries.desk_view(found, request.actor), request.actor
    is_prepared = found.state == S.PREPARED
    findings = queries.problems_of(found) if is_prepared else []
    return {
        "view": view,
        "introduction": found,
        "breadcrumbs": [*crumbs_of(found)[:1], Crumb(found.number)],
        "last_day": queries.last_day_of(found),
        "findings": findings,
        "hints": queries.hints_of(found) if is_prepared and view.leads else [],
        "previews": previews(found, at=request.now, language=get_language() or "en") if is_prepared else [],
        "steps": way(found),
        "next": next_step(found, view, has_problems=bool(findings)),
        "paper": getattr(found, "nda_paper", None),
        "may": _may(found, view, actor),
    }


def _may(found: Introduction, view: DeskView, actor: Actor) -> dict[str, bool]:
    """Which buttons the desk gets."""
    is_open = found.names_are_open and found.released_at is None and found.enquiry_id is not None
    return {
        "edit": view.leads and found.state == S.PREPARED,
        "withdraw": view.leads and WORKFLOW.allows(M.WITHDRAW, of=found, by=actor),
        "report_beside": view.leads
        and found.nda in (Nda.NEEDED, Nda.SENT)
        and WORKFLOW.allows(M.REPORT, of=found, by=actor),
        "require": view.leads and found.released_at is None and found.nda == Nda.NOT_NEEDED,
        "waive": view.leads and found.nda == Nda.NEEDED,
        "release": view.leads and is_open and found.nda in (Nda.NOT_NEEDED, Nda.SIGNED),
        "see_enquiry": view.knows_both and found.enquiry_id is not None and actor.may(P.ENQUIRY_SEE),
        "see_history": view.knows_both,
    }
