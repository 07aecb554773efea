"""What the pages of webinars share: which one, the trail, and the page itself."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.parts import Crumb
from landbridge.programmes.rules.regions import LANGUAGES
from landbridge.webinars import queries, rules
from landbridge.webinars.models import SignUp, Webinar
from landbridge.webinars.states import WORKFLOW, M, S
from landbridge.webinars.steps import next_step, way


def seen_by(actor: Actor, slug: str) -> Webinar:
    """The webinar as everybody may read it; a draft of others is not found."""
    return get_object_or_404(Webinar.objects.visible_to(actor).select_related("series", "slides"), slug=slug)


def kept_by(actor: Actor, slug: str) -> Webinar:
    """A webinar that somebody organises; another's is not found."""
    return get_object_or_404(Webinar.objects.kept_by(actor).select_related("series", "slides"), slug=slug)


def own_sign_up(request: Request, slug: str) -> SignUp:
    """One's own sign-up for it."""
    return get_object_or_404(
        SignUp.objects.select_related("webinar", "certificate"),
        webinar=seen_by(request.actor, slug),
        person_id=request.actor.person_id or 0,
    )


def crumbs_of(found: Webinar) -> list[Crumb]:
    """The trail to the webinar."""
    return [Crumb(_("Webinars"), reverse("webinars:webinars")), Crumb(found.title, found.get_absolute_url())]


def webinar_page(request: Request, slug: str, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    """One webinar: what it is about, when, how to listen; for its organisers what is still open."""
    found, actor = seen_by(request.actor, slug), request.actor
    parts = queries.parts_of(found, actor=actor, at=request.now)
    ahead: list[Problem] = []
    if parts.is_kept and found.state == S.DRAFT and not problems:
        ahead = list(rules.problems_with_announcing(queries.announced_facts(found), at=request.now))
    context = {
        "found": found,
        "parts": parts,
        "zone": found.time_zone,
        "spoken": _(LANGUAGES.get(found.language, found.language)),
        "lasts": int((found.ends_at - found.starts_at).total_seconds() // 60),
        "places_left": None if found.capacity is None else max(0, found.capacity - parts.taken),
        "breadcrumbs": [Crumb(_("Webinars"), reverse("webinars:webinars")), Crumb(found.title)],
        "problems": problems,
        "ahead": ahead,
        "steps": way(found) if parts.is_kept else None,
        "next": None if ahead else next_step(found, parts=parts),
        "figures": queries.figures_of(found) if parts.is_kept and found.state != S.DRAFT else None,
        "may": {
            "cancel": parts.is_kept and WORKFLOW.allows(M.CANCEL, of=found, by=actor),
            "write": parts.is_kept and found.state in (S.DRAFT, S.PUBLISHED),
            "after": parts.is_kept and found.state == S.HELD,
            "tell": parts.is_kept and found.state in (S.PUBLISHED, S.HELD),
        },
        "sees_history": parts.is_kept or actor.may(P.AUDIT_SEE),
    }
    return render(request, "webinars/webinar.html", context, status=409 if problems else 200)
