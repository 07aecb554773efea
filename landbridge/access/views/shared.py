"""What the pages of one request share: whose they are, the trail, and the page itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.access import queries, rules
from landbridge.access.models import Request as AccessRequest
from landbridge.access.states import HOLDING, WORKFLOW, M, S
from landbridge.access.steps import next_step, way
from landbridge.catalogue.rules.offers import ACCESS_MODES, AccessMode
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.parts import Crumb
from landbridge.introductions.states import Side


def seen_by(actor: Actor, pk: int) -> AccessRequest:
    """The request, with what its pages name; a stranger's is not found."""
    rows = AccessRequest.objects.visible_to(actor).select_related(
        "rule_set", "record", "company__region", "provider__region", "contract", "agreement"
    )
    return get_object_or_404(rows, pk=pk)


def crumbs_of(found: AccessRequest) -> list[Crumb]:
    """The trail to the request."""
    return [Crumb(_("Access"), reverse("access:requests")), Crumb(str(found), found.get_absolute_url())]


def request_page(request: Request, pk: int, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    """One request: where it stands, what was asked and answered, and what its reader may do now."""
    found, actor = seen_by(request.actor, pk), request.actor
    parts = queries.parts_of(found, actor=actor, at=request.now)
    ahead: list[Problem] = []
    if found.state == S.DRAFT and not problems:
        today = queries.today_for(found, at=request.now)
        ahead = list(rules.problems_with(queries.facts_of(found), today=today))
    mode = ACCESS_MODES[AccessMode(found.access_mode)] if found.access_mode in list(AccessMode) else ""
    context = {
        "found": found,
        "parts": parts,
        "mode": _(mode) if mode else "",
        "zone": queries.zone_of(found),
        "breadcrumbs": [Crumb(_("Access"), reverse("access:requests")), Crumb(str(found))],
        "problems": problems,
        "ahead": ahead,
        "steps": way(found),
        "next": None if ahead else next_step(found, actor=actor, parts=parts),
        "may": _may(found, actor),
        "side": queries.side_of(found, actor),
        "sees_history": actor.may(P.AUDIT_SEE) or queries.side_of(found, actor) is not None,
    }
    return render(request, "access/request.html", context, status=409 if problems else 200)


def _may(found: AccessRequest, actor: Actor) -> dict[str, Any]:
    own_desk = actor.sees_everything or actor.region_id == found.company.region_id
    side = queries.side_of(found, actor)
    return {
        "write": found.state == S.DRAFT and actor.may(P.ACCESS_REQUEST),
        "withdraw": WORKFLOW.allows(M.WITHDRAW, of=found, by=actor),
        "return": WORKFLOW.allows(M.RETURN, of=found, by=actor) and own_desk,
        "decline": WORKFLOW.allows(M.DECLINE, of=found, by=actor) and own_desk,
        "quote": found.state == S.QUOTED and actor.may(P.ACCESS_ANSWER),
        "offer_slots": side is Side.PROVIDER and found.state != S.CLOSED,
        "choose_slots": side is Side.COMPANY and found.state in HOLDING,
        "cancel": WORKFLOW.allows(M.CANCEL, of=found, by=actor),
        "close": WORKFLOW.allows(M.CLOSE, of=found, by=actor),
        "complain": side is not None and found.state != S.DRAFT,
        "speak": side is not None and found.state == S.CLOSED,
        "answer": actor.may(P.ACCESS_RULES),
        "apply": side is Side.COMPANY and found.state in (S.FEASIBLE, S.QUOTED, S.ACCEPTED),
    }
