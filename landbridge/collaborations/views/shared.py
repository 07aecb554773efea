"""What the pages of collaborations share: which one, the trail, and the page itself."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.collaborations import queries
from landbridge.collaborations.models import Collaboration
from landbridge.collaborations.states import WORKFLOW, M, Origin, Stepped
from landbridge.collaborations.steps import next_step, way
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.parts import Crumb


def list_crumbs() -> list[Crumb]:
    """The trail to the list."""
    return [Crumb(_("Collaborations"), reverse("collaborations:collaborations"))]


def crumbs_of(found: Collaboration) -> list[Crumb]:
    """The trail to one of them."""
    return [*list_crumbs(), Crumb(found.number, found.get_absolute_url())]


def seen_by(actor: Actor, pk: int) -> Collaboration:
    """The collaboration, where somebody has a part in it; another's is not found."""
    rows = Collaboration.objects.visible_to(actor).select_related(*queries.SIDES, "partnership__report")
    return get_object_or_404(rows, pk=pk)


def collaboration_page(request: Request, pk: int, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    """One collaboration, with what is wrong where a button was refused."""
    found, actor = seen_by(request.actor, pk), request.actor
    follows = actor.may(P.COLLABORATION_FOLLOW)
    turns, steps = queries.turns_of(found), queries.steps_of(found, actor=actor)
    context = {
        "found": found,
        "problems": problems,
        "steps": way(found, turns),
        "next": next_step(found, steps, actor=actor, follows=follows),
        "turns": turns,
        "followed": queries.follow_ons_of(found, actor=actor),
        "next_steps": steps,
        "open_steps": [one for one in steps if one.state == Stepped.PLANNED],
        "origin": _(Origin(found.origin).label),
        "origins": queries.origins_of(found, actor=actor),
        "may": {
            "describe": actor.may(P.COLLABORATION_RECORD),
            "follow": follows,
            "tell": actor.may(P.STORY_EDIT),
            "take_back_all": follows and actor.organisation_id is None,
            "finish": WORKFLOW.allows(M.FINISH, of=found, by=actor),
            "renew": WORKFLOW.allows(M.RENEW, of=found, by=actor),
        },
        "breadcrumbs": [*list_crumbs(), Crumb(found.number)],
        "sees_history": actor.may(P.AUDIT_SEE),
    }
    return render(request, "collaborations/collaboration.html", context, status=409 if problems else 200)
