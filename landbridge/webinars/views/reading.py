"""What everybody reads: coming webinars, those to hear again, a series, one webinar, its calendar entry."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from landbridge.foundation.calendar import calendar as calendar_of
from landbridge.foundation.exports import calendar_response
from landbridge.foundation.permissions.guards import Request, public
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.webinars import queries
from landbridge.webinars.models import Series, Webinar
from landbridge.webinars.views.shared import seen_by, webinar_page


@public
@require_safe
def webinars(request: Request) -> HttpResponse:
    """Coming ones first, then those that can be heard again."""
    page = page_of(request, queries.over(at=request.now), size=20)
    context = {
        "coming": queries.lines(queries.coming(at=request.now)[:50]) if page.number == 1 else [],
        "page": page,
        "over": queries.lines(page.object_list),
        "is_kept": request.actor.may(P.WEBINAR_EDIT),
    }
    return render(request, "webinars/webinars.html", context)


@public
@require_safe
def series(request: Request, slug: str) -> HttpResponse:
    """A series with all its webinars that are announced."""
    found = get_object_or_404(Series, slug=slug)
    rows = Webinar.objects.public().filter(series=found).select_related("series").order_by("starts_at", "pk")
    context = {
        "found": found,
        "lines": queries.lines(rows[:200]),
        "may_write": request.actor.may(P.WEBINAR_EDIT)
        and (request.actor.programme_id is None or request.actor.programme_id == found.programme_id),
        "breadcrumbs": [Crumb(_("Webinars"), reverse("webinars:webinars")), Crumb(found.title)],
    }
    return render(request, "webinars/series.html", context)


@public
@require_safe
def webinar(request: Request, slug: str) -> HttpResponse:
    """One webinar."""
    return webinar_page(request, slug)


@public
@require_safe
def calendar(request: Request, slug: str) -> HttpResponse:
    """The webinar for one's calendar."""
    found = seen_by(request.actor, slug)
    octets = calendar_of(queries.entries_of(found), name=found.title, at=request.now)
    return calendar_response(octets, filename=found.slug)
