"""The map of the catalogue: what a search finds, where it stands, and the same as a list."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from landbridge.catalogue.queries import found as results
from landbridge.catalogue.queries.cards import cards
from landbridge.catalogue.queries.map import DEEPEST, Window, seen, whole, window
from landbridge.catalogue.search import search
from landbridge.catalogue.search.finding import found_numbers
from landbridge.foundation.permissions.guards import Request, public
from landbridge.foundation.ui import map as drawing
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb

IN_THE_LIST = 20
SIDES = (("left", -1, 0), ("right", 1, 0), ("up", 0, -1), ("down", 0, 1))


@public
@require_safe
def catalogue_map(request: Request) -> HttpResponse:
    """Clusters that lead nearer, records that lead to their pages, the filters of the list, and the list itself."""
    ask, view = results.asked(request.GET), window(request.GET)
    numbers = found_numbers(ask.text, ask.filters, literally=ask.literally)
    sight = seen(numbers, view)
    page = page_of(request, sight.numbers, size=IN_THE_LIST)
    counted = search(ask.text, ask.filters, 1, literally=ask.literally, size=1)

    def to(other: Window) -> str:
        return "?" + ask.query(sort="", **other.place)

    facets = results.facets(counted, ask, **view.place)
    context = {
        "asked": ask,
        "sight": sight,
        "view": view,
        "deepest": DEEPEST,
        "clusters": [
            (one, one.href or to(one.into), one.record or one.into.zoom > view.zoom) for one in sight.clusters
        ],
        "total": len(numbers),
        "page": page,
        "hits": cards(list(page.object_list), today=request.now.date()),
        "facets": facets,
        "chosen": [value for facet in facets for value in facet.values if value.is_chosen],
        "ground": drawing.ground(),
        "borders": drawing.borders(),
        "nearer": to(view.moved(zoom=1)),
        "farther": to(view.moved(zoom=-1)) if view.zoom else "",
        "sides": {name: to(view.moved(x=x, y=y)) for name, x, y in SIDES} if view.zoom else {},
        "all_of_it": to(whole()),
        "list_query": ask.query(),
        "breadcrumbs": [Crumb(_("Find help"), reverse("catalogue:directory")), Crumb(_("Map"))],
    }
    return render(request, "catalogue/map.html", context)
