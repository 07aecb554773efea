"""What the pages of one case share: whose it is, the trail, and the page itself."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.catalogue.rules.offers import LANGUAGES
from landbridge.coaching import queries
from landbridge.coaching.models import Case, Coach, Session
from landbridge.coaching.queries import Parts
from landbridge.coaching.rules import Conflict
from landbridge.coaching.states import OVER, WORKFLOW, WRITTEN, M, Offered, Party, S
from landbridge.coaching.steps import next_step, way
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.parts import Crumb


def seen_by(actor: Actor, pk: int) -> Case:
    """The case with its company and region; a stranger's is not found."""
    return get_object_or_404(Case.objects.visible_to(actor).select_related("company", "region"), pk=pk)


def session_seen_by(actor: Actor, coaching_session_pk: int) -> Session:
    """A session of a case that the actor sees."""
    rows = Session.objects.select_related("case__company", "case__region", "coach__person")
    return get_object_or_404(
        rows, pk=coaching_session_pk, case__in=Case.objects.visible_to(actor).values("pk")
    )


def own_coach(actor: Actor) -> Coach:
    """The actor's own row; 404 for whoever is no coach."""
    coach = queries.coach_of_person(actor.person_id)
    if coach is None:
        raise Http404
    return coach


def crumbs() -> list[Crumb]:
    """The trail to the list of cases."""
    return [Crumb(_("Coaching"), reverse("coaching:cases"))]


def crumbs_of(found: Case) -> list[Crumb]:
    """The trail to the case."""
    return [*crumbs(), Crumb(found.number, found.get_absolute_url())]


def names_of_languages(codes: Sequence[str]) -> str:
    """Languages by their names, in the reader's language."""
    return ", ".join(_(LANGUAGES.get(code, code)) for code in codes)


def case_page(request: Request, pk: int, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    """One case: where it stands, everything that belongs to it, and what its reader may do now."""
    found, actor = seen_by(request.actor, pk), request.actor
    parts = queries.parts_of(found, actor=actor)
    feed = queries.case_calendar_link(found) if parts.party is Party.COMPANY and found.begun_at else ""
    context = {
        "found": found,
        "parts": parts,
        "hours": parts.hours,
        "competences": list(found.competences.order_by("name")),
        "languages": names_of_languages(found.languages),
        "works_with": Conflict.WORKS_WITH.label,
        "zone": _zone(found, parts),
        "breadcrumbs": [*crumbs(), Crumb(found.number)],
        "problems": problems,
        "steps": way(found, parts),
        "next": next_step(found, actor=actor, parts=parts),
        "may": _may(found, actor, parts),
        "feed": feed,
        "sees_history": actor.may(P.AUDIT_SEE) or parts.party is not None,
    }
    return render(request, "coaching/case.html", context, status=409 if problems else 200)


def _zone(found: Case, parts: Parts) -> str:
    """The coach reads times on their own clock, everybody else on the company's."""
    return parts.coach.time_zone if parts.coach and parts.party is Party.COACH else queries.zone_of(found)


def _may(found: Case, actor: Actor, parts: Parts) -> dict[str, bool]:
    is_coach = parts.party is Party.COACH or actor.role is Role.SYSTEM
    accepted = parts.offer is not None and parts.offer.state == Offered.ACCEPTED
    return {
        "choose": found.state == S.ANALYSED and parts.offer is None and actor.may(P.COACHING_ASK),
        "propose": found.state == S.ANALYSED and actor.may(P.COACHING_WORK),
        "answer": found.state == S.ANALYSED and is_coach and not accepted,
        "hand_on": found.adviser_id is not None and found.state not in OVER and actor.may(P.COACHING_WORK),
        "rematch": WORKFLOW.allows(M.REMATCH, of=found, by=actor),
        "return_plan": WORKFLOW.allows(M.REPLAN, of=found, by=actor),
        "book": found.state == S.COACHING and actor.may(P.COACHING_ASK),
        "report": found.state == S.COACHING and is_coach,
        "return_report": WORKFLOW.allows(M.RETURN, of=found, by=actor),
        "send_back": WORKFLOW.allows(M.SEND_BACK, of=found, by=actor),
        "speak": found.state in WRITTEN and parts.party is not None and not parts.has_spoken,
        "read_report": found.state in WRITTEN,
        "withdraw": WORKFLOW.allows(M.WITHDRAW, of=found, by=actor),
        "end": WORKFLOW.allows(M.END, of=found, by=actor),
        "read_notes": actor.role in (Role.BROKER, Role.OFFICE, Role.AUDITOR, Role.SYSTEM),
    }
