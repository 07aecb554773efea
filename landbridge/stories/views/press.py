"""The press kit: figures of today, words and pictures to take over, a fact sheet, whom to ask."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from landbridge.foundation.documents import pdf
from landbridge.foundation.exports import csv_response
from landbridge.foundation.permissions.guards import Request, public
from landbridge.foundation.ui.parts import Crumb
from landbridge.programmes.models import Programme
from landbridge.stories import queries
from landbridge.stories.models import Picture
from landbridge.stories.states import S

MOST_PICTURES = 12


@public
@require_safe
def press(request: Request) -> HttpResponse:
    """Everything somebody who writes about the network needs, for all of it or one programme (`?programme=`)."""
    chosen = _chosen(request)
    pictures = Picture.objects.filter(story__state=S.PUBLISHED).select_related("story", "file")
    if chosen:
        pictures = pictures.filter(story__programme=chosen)
    stories = list(queries.public_stories(programme=chosen.key if chosen else "")[:3])
    context = {
        "chosen": chosen,
        "programmes": list(Programme.objects.order_by("name", "pk")),
        "figures": queries.figures(as_of=request.now.date(), programme=chosen),
        "today": request.now.date(),
        "query": f"?programme={chosen.key}" if chosen else "",
        "pictures": list(pictures.order_by("-story__published_at", "position", "pk")[:MOST_PICTURES]),
        "cards": queries.cards(stories, reads=get_language() or ""),
        "contact": _contact(chosen),
        "accent": chosen.accent if chosen else "",
        "breadcrumbs": [Crumb(_("Stories"), reverse("stories:stories")), Crumb(_("Press"))],
    }
    return render(request, "stories/press.html", context)


@public
@require_safe
def press_sheet(request: Request) -> HttpResponse:
    """The fact sheet as PDF."""
    chosen, today = _chosen(request), request.now.date()
    data: dict[str, Any] = queries.facts(
        queries.figures(as_of=today, programme=chosen),
        as_of=today,
        name=chosen.name if chosen else _("Landbridge"),
        funder=chosen.funder if chosen else "",
        contact=_contact(chosen),
    )
    document = pdf(
        "stories/facts.typ", data, title=_("Fact sheet"), language=get_language() or "en-gb", at=request.now
    )
    response = HttpResponse(document, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="landbridge-facts-{today.isoformat()}.pdf"'
    return response


@public
@require_safe
def press_figures(request: Request) -> HttpResponseBase:
    """The figures as a table."""
    today = request.now.date()
    rows = (
        [one.code, one.name, one.value, one.unit, today, one.definition]
        for one in queries.figures(as_of=today, programme=_chosen(request))
    )
    return csv_response("figures", ["code", "name", "value", "unit", "as_of", "definition"], rows)


def _chosen(request: Request) -> Programme | None:
    key = request.GET.get("programme", "")[:40]
    return Programme.objects.filter(key=key).first() if key and key.isprintable() else None


def _contact(chosen: Programme | None) -> str:
    own = chosen.contact_email if chosen else ""
    return own or settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
