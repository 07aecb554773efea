"""The regions with their desks, and the programmes with what was published of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from landbridge.calls.models import Call
from landbridge.foundation.permissions.guards import Request, public
from landbridge.foundation.ui.parts import Crumb
from landbridge.programmes.models import Programme, Region
from landbridge.public.queries import awards, figures, network
from landbridge.public.queries.calls import cards, with_offers
from landbridge.public.views.figures import charts_of
from landbridge.public.views.maps import drawn, flows_between, marks_of

MOST_CASES = 12


@public
@require_safe
def regions(request: Request) -> HttpResponse:
    """Every region of the network on the map and in a list."""
    found = network.regions()
    cells = figures.cells()
    context = {
        "map": drawn(
            _("The regions"), marks=marks_of(found), flows=flows_between(found, cells), beside=False
        ),
        "regions": [(region, network.languages_of(region)) for region in found],
    }
    return render(request, "public/regions.html", context)


@public
@require_safe
def region(request: Request, key: str) -> HttpResponse:
    """One region: its desk, its languages, who runs programmes for it, which calls are open to its companies."""
    shown = get_object_or_404(Region, key=key)
    cells = figures.cells()
    partners = network.partners_in(shown)
    running = {partner.programme_id for partner in partners}
    context = {
        "region": shown,
        "languages": network.languages_of(shown),
        "partners": partners,
        "facilities": network.open_facilities(shown),
        "open": [card for card in cards(request.now) if card.call.phase.programme_id in running],
        "sent": figures.total_of(cell for cell in cells if cell.origin_key == key),
        "received": figures.total_of(cell for cell in cells if cell.target_key == key),
        "breadcrumbs": [Crumb(_("Regions"), reverse("public:regions")), Crumb(shown.name)],
    }
    return render(request, "public/region.html", context)


@public
@require_safe
def programmes(request: Request) -> HttpResponse:
    """The programmes of today and of the past."""
    found = network.programmes()
    today = request.now.date()
    context = {
        "present": [one for one in found if one.ends_on and one.ends_on >= today],
        "past": [one for one in found if not one.ends_on or one.ends_on < today],
    }
    return render(request, "public/programmes.html", context)


@public
@require_safe
def programme(request: Request, key: str) -> HttpResponse:
    """One programme: phases, partners, what it published and what the records give, its cases."""
    shown = get_object_or_404(Programme, key=key)
    cells = figures.cells(programme_key=key)
    calls = Call.objects.published().filter(phase__programme=shown).select_related("phase__programme")
    rows = awards.listed({"programme": key})
    named = rows.filter(application__applicant__is_demonstration=False)[:MOST_CASES]
    phases = network.phases_of(shown)
    context = {
        "programme": shown,
        "is_over": bool(phases) and all(phase.ends_on < request.now.date() for phase in phases),
        "accent": shown.accent,
        "phases": phases,
        "targets": network.targets_of(shown),
        "quoted": network.quoted(shown, cells),
        "desks": network.desks_of(shown),
        "calls": with_offers(calls.order_by("-closes_at", "pk"), at=request.now),
        "granted": figures.total_of(cells),
        "ledger": figures.money(programme_key=key),
        "cases": [] if shown.is_demonstration else [awards.award(voucher) for voucher in named],
        "note": _note_on(key),
        "breadcrumbs": [Crumb(_("Programmes"), reverse("public:programmes")), Crumb(shown.name)],
        **charts_of(cells, key),
    }
    return render(request, "public/programme.html", context)


def _note_on(key: str) -> str:
    """The template that says what readers must know about these records, if there is one."""
    name = f"public/notes/_{key}.html"
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return ""
    return name
