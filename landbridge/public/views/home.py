"""The landing page: the map, the open calls, the way of a voucher, and the figures of this moment."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from landbridge.foundation.permissions.guards import Request, public
from landbridge.public.queries import figures, network
from landbridge.public.queries.calls import cards
from landbridge.public.views.maps import drawn, flows_between, marks_of

MOST_CALLS = 6


@public
@require_safe
def home(request: Request) -> HttpResponse:
    """What this is, for whom, what is open now."""
    regions = network.regions()
    cells = figures.cells()
    found = cards(request.now)
    context = {
        "map": drawn(
            _("The regions of the network"),
            marks=marks_of(regions),
            flows=flows_between(regions, cells),
            beside=False,
        ),
        "regions": len(regions),
        "countries": len({region.country for region in regions}),
        "open": [card for card in found if card.is_open][:MOST_CALLS],
        "coming": [card for card in found if not card.is_open][:MOST_CALLS],
        "granted": figures.total_of(cells),
        "abroad": sum(cell.count for cell in cells if cell.origin != cell.target and cell.target),
        "facilities": network.facilities(),
    }
    return render(request, "public/home.html", context)
