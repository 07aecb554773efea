"""The calls, and the page on which a company reads one and begins its application."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from landbridge.calls import queries
from landbridge.calls.models import Call, SelectionMode
from landbridge.calls.states import NAME_OF, S
from landbridge.foundation.permissions.actor import ANYONE
from landbridge.foundation.permissions.guards import Request, public
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb, Step
from landbridge.public.queries import network
from landbridge.public.queries.awards import granted
from landbridge.public.queries.calls import cards, with_offers

PAST_ON_A_PAGE = 10
HOW_IT_CHOOSES = {
    SelectionMode.PANEL: N_(
        "After the call has closed, every eligible application is scored against the criteria below. Those above the "
        "thresholds are ranked, and the best are awarded as far as the money of each region's partner reaches. "
        "Handing in early brings no advantage; you can correct until the closing time."
    ),
    SelectionMode.THRESHOLD: N_(
        "Every eligible application that reaches the thresholds below is awarded, in the order of receipt, until the "
        "money of the region's partner is used. Only complete applications count, and the receipt shows your time."
    ),
    SelectionMode.DRAW: N_(
        "After the call has closed, the eligible applications are put in a random order. The seed of the draw is "
        "published, so that anybody can repeat it; whoever is not drawn stands on a waiting list."
    ),
}


@public
@require_safe
def calls(request: Request) -> HttpResponse:
    """Open and coming calls, then the closed ones, page by page."""
    found = cards(request.now)
    page = page_of(request, queries.past_calls(request.now), size=PAST_ON_A_PAGE)
    context = {
        "open": [card for card in found if card.is_open],
        "coming": [card for card in found if not card.is_open],
        "page": page,
        "past": with_offers(page.object_list, at=request.now),
    }
    return render(request, "public/calls.html", context)


@public
@require_safe
def call(request: Request, pk: int) -> HttpResponse:
    """One call, as its terms were frozen. A draft is shown to its office on its own page."""
    found = Call.objects.visible_to(ANYONE).select_related("phase__programme").filter(pk=pk).first()
    if found is None:
        return _to_preparation(request, pk)
    terms = queries.terms(found)
    programme = found.phase.programme
    offers = {offer.name: offer for offer in queries.offers_of(found)}
    context = {
        "call": found,
        "terms": terms,
        "offers": [(offer, offers.get(offer.name)) for offer in terms.offers],
        "points": sum(one.points for one in terms.criteria),
        "threshold": sum(one.threshold for one in terms.criteria),
        "how_it_chooses": _(HOW_IT_CHOOSES[SelectionMode(terms.selection_mode)]),
        "state": _state(found, request),
        "is_open": found.is_open(request.now),
        "steps": _way(found, request),
        "extensions": queries.extensions_of(found),
        "desks": network.desks_of(programme),
        "awarded": granted().filter(application__call=found).count(),
        "begin": _how_to_begin(request),
        "programme": programme,
        "accent": programme.accent,
        "breadcrumbs": [Crumb(_("Calls"), reverse("public:calls")), Crumb(found.title)],
    }
    return render(request, "public/call.html", context)


def _to_preparation(request: Request, pk: int) -> HttpResponseRedirect:
    seen = request.actor.may(P.CALL_SEE) and Call.objects.visible_to(request.actor).filter(pk=pk).exists()
    if not seen:
        raise Http404
    return redirect("calls:call", pk)


def _how_to_begin(request: Request) -> str:
    """Which door leads this reader to an application: apply, sign_in, register or other_role."""
    if request.actor.may(P.APPLICATION_DRAFT) and request.actor.role is Role.SME:
        return "apply"
    if not request.actor.is_signed_in:
        return "sign_in"
    return "register" if request.actor.role is None else "other_role"


def _state(call: Call, request: Request) -> tuple[str, str]:
    if call.state != S.PUBLISHED:
        return _(NAME_OF[S(call.state)]), "bad" if call.state == S.CANCELLED else "quiet"
    if request.now < call.opens_at:
        return _("Opens soon"), "info"
    return (_("Open"), "good") if call.is_open(request.now) else (_("Closed"), "quiet")


def _way(call: Call, request: Request) -> list[Step]:
    if call.state == S.CANCELLED:
        return [
            Step(_("Published"), call.published_at, "done"),
            Step(_("Cancelled"), call.ended_at, "off", call.cancellation),
        ]
    began, over = request.now >= call.opens_at, request.now >= call.closes_at
    decided = call.state == S.DECIDED
    return [
        Step(_("Published"), call.published_at, "done" if began else "current"),
        Step(
            _("Open") if began else _("Opens"),
            call.opens_at,
            "done" if over else "current" if began else "coming",
        ),
        Step(
            _("Closed") if over else _("Closes"),
            call.closes_at,
            "done" if decided else "current" if over else "coming",
        ),
        Step(_("Decided"), call.ended_at, "done" if decided else "coming"),
    ]
