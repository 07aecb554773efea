"""Where a request stands on its way, and the one step that comes next."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.access.models import Request
from landbridge.access.queries import Parts, side_of, zone_of
from landbridge.access.states import ENDED, S
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Next, Step, way_of
from landbridge.introductions.states import Side


def way(request: Request) -> list[Step]:
    """From handing in to closing, with the dates."""
    reached = [
        (_("Handed in"), request.submitted_at),
        (_("Eligible"), request.eligible_at),
        (_("Quoted"), request.quoted_at),
        (_("Agreed"), request.agreed_at),
        (_("Delivered"), request.delivered_at),
        (_("Closed"), request.ended_at if request.state == S.CLOSED else None),
    ]
    ended = request.state in ENDED and request.state != S.CLOSED
    return way_of(reached, ended=_(request.shown_state.label) if ended else "", at=request.ended_at)


def next_step(request: Request, *, actor: Actor, parts: Parts) -> Next | None:
    """Who has the ball; the button only for whoever holds it."""
    match request.state:
        case S.DRAFT:
            return _of_company(request, actor)
        case S.SUBMITTED:
            return _of_desk(request, actor)
        case S.QUOTED:
            return _of_quote(request, actor, parts)
        case S.DELIVERED:
            return _of_feedback(request, actor, parts)
        case _:
            return _of_facility(request, actor, parts)


def _to(name: str, request: Request) -> str:
    return reverse(f"access:{name}", args=[request.pk])


def _of_company(request: Request, actor: Actor) -> Next:
    may = actor.may(P.ACCESS_REQUEST)
    return Next(
        title=_("Hand in the request"),
        text=_("Your region's desk checks it first; then the facility says whether it can do the work."),
        who=request.company.name,
        action=_("Hand it in") if may else "",
        post=_to("submission", request) if may else "",
    )


def _of_desk(request: Request, actor: Actor) -> Next:
    region = request.company.region
    may = actor.may(P.ACCESS_CHECK) and actor.region_id == request.company.region_id
    return Next(
        title=_("Check the request"),
        text=_("Is it complete, and may this company use the network? Then the facility looks at it."),
        who=_("The desk of %(region)s") % {"region": region.name if region else "–"},
        action=_("Find it eligible") if may else "",
        post=_to("eligibility", request) if may else "",
    )


def _of_quote(request: Request, actor: Actor, parts: Parts) -> Next | None:
    quote, may = parts.quote, actor.may(P.ACCESS_REQUEST)
    if quote is None:
        return None
    args = [request.pk, quote.pk]
    return Next(
        title=_("Accept the quote"),
        text=_("Read it and choose your slots first, where there are some. You may also ask for a new one."),
        who=request.company.name,
        until=quote.holds_until,
        action=_("Accept the quote") if may else "",
        post=reverse("access:acceptance", args=args) if may else "",
    )


def _of_feedback(request: Request, actor: Actor, parts: Parts) -> Next:
    speaks = side_of(request, actor) is not None and not parts.own_feedback
    return Next(
        title=_("Say what you think of the work"),
        text=_("Neither side reads the other's words before both have spoken. Then the request closes."),
        who=_("%(company)s and %(provider)s")
        % {"company": request.company.name, "provider": request.provider.name},
        action=_("Give feedback") if speaks else "",
        href=_to("feedback", request) if speaks else "",
    )


def _of_facility(request: Request, actor: Actor, parts: Parts) -> Next | None:
    may = side_of(request, actor) is Side.PROVIDER
    who, zone = request.provider.name, zone_of(request)

    def asks(title: str, text: str, action: str, *, href: str = "", post: str = "") -> Next:
        return Next(
            title=title,
            text=text,
            who=who,
            zone=zone,
            action=action if may else "",
            href=href if may else "",
            post=post if may else "",
        )

    match request.state:
        case S.ELIGIBLE:
            text = _("As asked, with changes, or not; within ten working days.")
            return asks(_("Say whether it is feasible"), text, _("Answer"), href=_to("feasibility", request))
        case S.FEASIBLE if not parts.has_signed:
            text = _("Quotes are given under the common rules. Say where you deviate; everyone can read it.")
            sign = reverse("access:signature", args=[request.rule_set_id])
            return asks(_("Sign the common rules"), text, _("Read and sign"), href=sign)
        case S.FEASIBLE:
            text = _("What it costs, what is done for it, and until when that holds.")
            return asks(_("Send a quote"), text, _("Write the quote"), href=_to("quote", request))
        case S.ACCEPTED:
            text = _("Sign the contract with the company, then enter the days.")
            return asks(_("Agree"), text, _("Enter the agreement"), href=_to("agreement", request))
        case S.AGREED:
            text = _("From then on the company knows that you are at it.")
            return asks(_("Begin the work"), text, _("The work has begun"), post=_to("beginning", request))
        case S.IN_PROGRESS:
            text = _("Hand over the results; then both sides say what they think of it.")
            return asks(_("Deliver"), text, _("It is delivered"), post=_to("delivery", request))
    return None
