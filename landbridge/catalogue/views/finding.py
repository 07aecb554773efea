"""The open pages of the catalogue: one search box over everything, the page of a record, records side by side."""

from __future__ import annotations

import hashlib
import re
from http import HTTPStatus
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from landbridge.catalogue.actions.finding import note_unmet
from landbridge.catalogue.models import Record, Shortlist
from landbridge.catalogue.open_data import json_ld
from landbridge.catalogue.queries import found as results
from landbridge.catalogue.queries.cards import cards
from landbridge.catalogue.queries.open_data import published
from landbridge.catalogue.queries.record_page import around, shown, side_by_side, successor_of
from landbridge.catalogue.search import Found, search
from landbridge.catalogue.search.finding import ON_A_PAGE
from landbridge.catalogue.states import S
from landbridge.foundation.permissions.guards import Request, public
from landbridge.foundation.ui import map as drawing
from landbridge.foundation.ui.addresses import address
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.programmes.models import Region

MOST_SIDE_BY_SIDE = 6
SHORTEST_UNMET = 3  # letters
UNMET_AGAIN = 3_600  # seconds in which the same text of the same visitor counts once
UNMET_OF_ONE = 20  # different texts of one visitor that count within that time
REMEMBERED = (
    86_400  # seconds for which a browser may lead to a successor unasked: a withdrawn record may be restored
)
_MACHINES = re.compile(r"bot|crawl|spider|slurp|curl|wget|python|monitor|preview|headless", re.IGNORECASE)


@public
@require_safe
def directory(request: Request) -> HttpResponse:
    """Everything that companies can ask for: words, facets with counts, and what was read differently."""
    ask = results.asked(request.GET)
    found = _found(ask)
    page = page_of(request, range(found.total), size=ON_A_PAGE)
    if page.number != ask.page:
        found = _found(ask, page=page.number)
    if not found.total:
        _count_unmet(request, ask)
    return render(request, "catalogue/directory.html", {"page": page, **_context(request, ask, found)})


@public
@require_safe
def record(request: Request, pk: int) -> HttpResponse:
    """One public record. One that is not public leads its keepers to their page, and others to its successor."""
    found = Record.objects.public().select_related("organisation", "region", "parent").filter(pk=pk).first()
    if found is None:
        return _not_public(request, pk)
    page = shown(found, today=request.now.date())
    context = {
        "shown": page,
        "record": found,
        "map": around(found),
        "ground": drawing.ground(),
        "borders": drawing.borders(),
        "today": request.now.date(),
        "ask": _enquiry(found.name, record=found.pk),
        "keeps": Record.objects.kept_by(request.actor).filter(pk=pk).exists(),
        "shortlists": _shortlists(request),
        "json_ld": [json_ld.in_page(json_ld.document(one)) for one in published([found])],
        "breadcrumbs": [
            Crumb(_("Find help"), reverse("catalogue:directory")),
            *_above(found),
            Crumb(found.name),
        ],
    }
    return render(request, "catalogue/record.html", context)


@public
@require_safe
def comparison(request: Request) -> HttpResponse:
    """Up to six public records side by side."""
    numbers = [
        int(one) for one in request.GET.getlist("id") if one.isascii() and one.isdigit() and len(one) < 16
    ]
    columns = side_by_side(list(dict.fromkeys(numbers))[:MOST_SIDE_BY_SIDE], today=request.now.date())
    context = {
        "columns": columns,
        "left_out": max(len(set(numbers)) - MOST_SIDE_BY_SIDE, 0),
        "breadcrumbs": [Crumb(_("Find help"), reverse("catalogue:directory")), Crumb(_("Side by side"))],
    }
    return render(request, "catalogue/comparison.html", context)


def _found(ask: results.Asked, *, page: int | None = None) -> Found:
    return search(ask.text, ask.filters, page or ask.page, literally=ask.literally, sort=ask.sort)


def _context(request: Request, ask: results.Asked, found: Found) -> dict[str, Any]:
    today = request.now.date()
    every = cards([*found.hits, *found.close], today=today)
    corrected, expanded, undone = results.undoing(found, ask)
    facets = results.facets(found, ask)
    return {
        "asked": ask,
        "found": found,
        "hits": [one for one in every if one.pk in set(found.hits)],
        "close": [one for one in every if one.pk in set(found.close)],
        "corrected": corrected,
        "expanded": expanded,
        "undone": undone,
        "facets": facets,
        "chosen": [value for facet in facets for value in facet.values if value.is_chosen],
        "sorts": _sorts(ask),
        "map_query": ask.query(sort=""),
        "ask_broker": _enquiry(ask.text),
        "shortlists": _shortlists(request),
    }


def _sorts(ask: results.Asked) -> list[tuple[str, str, bool]]:
    every = [("", _("Best fit")), ("name", _("Name"))]
    regions = Region.objects.active().order_by("name").values_list("key", "name")
    every += [(f"near-{key}", _("Nearest to %(region)s") % {"region": name}) for key, name in regions]
    return [(code, label, code == ask.sort) for code, label in every]


def _enquiry(question: str, *, record: int | None = None) -> str:
    """The form that asks the region's broker, with what is known filled in."""
    form = address("enquiries:new") or reverse("account_signup")
    known = {"question": question} if question else {}
    if record is not None:
        known["record"] = str(record)
    return f"{form}?{urlencode(known)}" if known else form


def _shortlists(request: Request) -> list[Shortlist] | None:
    """The shortlists of whoever has signed in, the newest first; None for everyone else."""
    if not request.actor.is_signed_in:
        return None
    return list(Shortlist.objects.visible_to(request.actor).order_by("-made_at", "-pk")[:20])


def _not_public(request: Request, pk: int) -> HttpResponse:
    """Its keepers are led on; what was withdrawn points to its successor; of anything else nothing is said."""
    if Record.objects.kept_by(request.actor).filter(pk=pk).exists():
        return redirect("catalogue:kept", pk)
    gone = Record.objects.filter(pk=pk, state=S.WITHDRAWN, published_at__isnull=False).first()
    if gone is None or gone.consented_at is None:
        raise Http404
    successor = successor_of(gone)
    if successor is not None:
        led = redirect(successor, permanent=True)
        led["Cache-Control"] = f"max-age={REMEMBERED}"
        return led
    context = {"breadcrumbs": [Crumb(_("Find help"), reverse("catalogue:directory"))]}
    return render(request, "catalogue/withdrawn.html", context, status=HTTPStatus.GONE)


def _above(found: Record) -> list[Crumb]:
    parent = found.parent
    return [Crumb(parent.name, parent.get_absolute_url())] if parent is not None and parent.is_public else []


def _count_unmet(request: Request, ask: results.Asked) -> None:
    """What people look for in vain is counted: no machines, no filters, nobody many times over."""
    agent = request.headers.get("User-Agent", "")
    if ask.is_filtered or ask.page > 1 or len(ask.text) < SHORTEST_UNMET:
        return
    if request.method != "GET" or not agent or _MACHINES.search(agent):
        return
    who = hashlib.sha256(f"{request.META.get('REMOTE_ADDR', '')}|{agent}".encode()).hexdigest()[:24]
    what = hashlib.sha256(ask.text.casefold().encode()).hexdigest()[:24]
    if not cache.add(f"unmet:{who}:{what}", 1, UNMET_AGAIN):
        return
    counted = cache.get(f"unmet:{who}", 0)
    if counted < UNMET_OF_ONE:
        cache.set(f"unmet:{who}", counted + 1, UNMET_AGAIN)
        note_unmet(text=ask.text, at=request.now)
