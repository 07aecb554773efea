"""The dashboards: progress, money, time, regions, answers and what waits; and what everybody may see of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from landbridge.foundation.exports import csv_response
from landbridge.foundation.permissions.actor import ANYONE, Actor
from landbridge.foundation.permissions.guards import Request, needs, public
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Crumb
from landbridge.indicators import drawings
from landbridge.indicators.drawings import Drawn
from landbridge.indicators.forms.dashboards import LookFilters
from landbridge.indicators.queries import dashboards
from landbridge.indicators.queries.dashboards import Look
from landbridge.indicators.queries.scopes import day_of

PARTS = ("progress", "money", "time", "regions", "answers", "waiting")
PAGE_OF = {"progress": "indicators:dashboard", **{part: f"indicators:dashboard_{part}" for part in PARTS[1:]}}
# What everybody may see.
OPEN_PARTS = ("progress", "money", "regions", "answers")
OPEN_PAGE_OF = {
    "progress": "indicators:results",
    **{part: f"indicators:results_{part}" for part in OPEN_PARTS[1:]},
}


@needs(P.INDICATOR_SEE)
@require_GET
def dashboard(request: Request) -> HttpResponse:
    """Where the programme stands: its figures, and its targets."""
    look, filters = _look(request, request.actor)
    found = dashboards.progress(look.scope)
    more: dict[str, Any] = {"tiles": drawings.tiles_of(dashboards.headline(look.scope)), "progress": found}
    return _page(request, "progress", look, filters, drawn=drawings.of_progress(found), **more)


@needs(P.INDICATOR_SEE)
@require_GET
def dashboard_money(request: Request) -> HttpResponse:
    """Absorption and its forecast."""
    return _of_part(request, "money")


@needs(P.INDICATOR_SEE)
@require_GET
def dashboard_time(request: Request) -> HttpResponse:
    """From question to introduction to money, by quarter."""
    return _of_part(request, "time")


@needs(P.INDICATOR_SEE)
@require_GET
def dashboard_regions(request: Request) -> HttpResponse:
    """What went from region to region."""
    return _of_part(request, "regions")


@needs(P.INDICATOR_SEE)
@require_GET
def dashboard_answers(request: Request) -> HttpResponse:
    """What people said, and how many of them."""
    return _of_part(request, "answers")


@needs(P.INDICATOR_SEE)
@require_GET
def dashboard_waiting(request: Request) -> HttpResponse:
    """What is open and how old, and what was looked for in vain."""
    return _of_part(request, "waiting")


@needs(P.INDICATOR_SEE)
@require_GET
def dashboard_table(request: Request) -> HttpResponseBase:
    """The figures of one chart as a table: `?figures=money.absorption`, with the filters of its page."""
    return _table(request, request.actor, PARTS)


@public
@require_safe
def results(request: Request) -> HttpResponse:
    """What came of it, for everybody: figures and progress."""
    look, filters = _look(request, ANYONE)
    found = dashboards.progress(look.scope, is_public=True)
    more: dict[str, Any] = {"tiles": drawings.tiles_of(dashboards.headline(look.scope)), "progress": found}
    return _page(request, "progress", look, filters, drawn=drawings.of_progress(found), is_open=True, **more)


@public
@require_safe
def results_money(request: Request) -> HttpResponse:
    """What was committed and paid, for everybody."""
    return _of_part(request, "money", is_open=True)


@public
@require_safe
def results_regions(request: Request) -> HttpResponse:
    """What went from region to region, for everybody."""
    return _of_part(request, "regions", is_open=True)


@public
@require_safe
def results_answers(request: Request) -> HttpResponse:
    """What people said, for everybody."""
    return _of_part(request, "answers", is_open=True)


@public
@require_safe
def results_table(request: Request) -> HttpResponseBase:
    """The figures of one chart of the public page as a table."""
    return _table(request, ANYONE, OPEN_PARTS)


# ── Shared ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def _of_part(request: Request, part: str, *, is_open: bool = False) -> HttpResponse:
    actor = ANYONE if is_open else request.actor
    look, filters = _look(request, actor, with_ways=part == "regions")
    return _page(request, part, look, filters, drawn=_drawn(part, look, actor, filters), is_open=is_open)


def _page(
    request: Request,
    part: str,
    look: Look,
    filters: LookFilters,
    *,
    drawn: Sequence[Drawn],
    is_open: bool = False,
    **more: Any,
) -> HttpResponse:
    query = _query(request)
    page_of = OPEN_PAGE_OF if is_open else PAGE_OF
    names = _names()
    tabs = [
        {"label": names[key], "href": reverse(page) + query, "current": key == part, "count": None}
        for key, page in page_of.items()
    ]
    context = {
        **_context(request, look, filters),
        "part": part,
        "drawn": drawn,
        "tabs": tabs,
        "table": "indicators:results_table" if is_open else "indicators:dashboard_table",
        "here": reverse(page_of[part]),
        **more,
    }
    return render(request, "indicators/results.html" if is_open else "indicators/dashboard.html", context)


def _context(request: Request, look: Look, filters: LookFilters) -> dict[str, Any]:
    return {
        "look": look,
        "where": " · ".join(look.names),
        "as_of": look.scope.as_of,
        "filters": filters,
        "is_invented": look.programme is not None and look.programme.is_demonstration,
        "accent": look.programme.accent if look.programme else "",
        "rest": _query(request, lead="&"),
        "breadcrumbs": [Crumb(_("Results"))],
    }


def _table(request: Request, actor: Actor, parts: Sequence[str]) -> HttpResponseBase:
    part, _dot, key = request.GET.get("figures", "").partition(".")
    if part not in parts:
        raise Http404
    look, filters = _look(request, actor, with_ways=True)
    if part == "progress":
        found: list[Drawn] = drawings.of_progress(dashboards.progress(look.scope, is_public=actor is ANYONE))
    else:
        found = _drawn(part, look, actor, filters)
    one = next((one for one in found if one.key == key), None)
    if one is None:
        raise Http404
    sheet = one.shape.sheet()
    return csv_response(f"{part}-{key}-{look.scope.as_of}", list(sheet.header), sheet.raw())


def _drawn(part: str, look: Look, actor: Actor, filters: LookFilters) -> list[Drawn]:
    if part == "regions":
        return drawings.of_flows(look, actor, way=filters.chosen.get("way", ""))
    makers: dict[str, drawings.Part] = {
        "money": drawings.of_money, "time": drawings.of_time,
        "answers": drawings.of_answers, "waiting": drawings.of_waiting,
    }  # fmt: skip
    return makers[part](look, actor)


def _look(request: Request, actor: Actor, *, with_ways: bool = False) -> tuple[Look, LookFilters]:
    """What was chosen, as far as the actor may; a day to come is today."""
    today = day_of(request.now)
    programmes = list(dashboards.programmes_for(actor))
    asked = _number(request, "programme")
    programme = next((one for one in programmes if one.pk == asked), None)
    programme = programme or (programmes[0] if len(programmes) == 1 else None)
    programme_id = programme.pk if programme else None
    filters = LookFilters(
        request.GET or None,
        programmes=programmes,
        phases=dashboards.phases_of(programme_id),
        partners=dashboards.partners_for(actor, programme_id=programme_id),
        with_ways=with_ways,
    )
    chosen = filters.chosen
    as_of: date = min(chosen.get("as_of") or today, today)
    look = dashboards.chosen_look(
        actor, as_of=as_of, programme=programme, phase_id=chosen.get("phase"), partner_id=chosen.get("partner")
    )  # fmt: skip
    return look, filters


def _number(request: Request, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 10 else None


def _query(request: Request, *, lead: str = "?") -> str:
    """The filters as chosen, for links to the other parts and to tables."""
    kept = request.GET.copy()
    for name in ("figures", "page"):
        kept.pop(name, None)
    return f"{lead}{kept.urlencode()}" if kept else ""


def _names() -> dict[str, str]:
    return {
        "progress": _("Progress"),
        "money": _("Money"),
        "time": _("Time"),
        "regions": _("Between regions"),
        "answers": _("What people said"),
        "waiting": _("What waits"),
    }
