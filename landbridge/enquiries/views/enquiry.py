"""One enquiry: its page for the company, the desks, the office and the auditor; and the list of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.catalogue.rules.offers import LANGUAGES
from landbridge.enquiries import actions, queries
from landbridge.enquiries.forms import EnquiryFilters, MessageForm
from landbridge.enquiries.models import Enquiry
from landbridge.enquiries.rules import READINESS, WAYS, WEIGHTS
from landbridge.enquiries.states import WORKFLOW, M, S
from landbridge.enquiries.steps import Seen, next_step, way
from landbridge.enquiries.views.parts import desk_parts
from landbridge.enquiries.views.shared import seen_by
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb


@needs(P.ENQUIRY_SEE)
@require_GET
def enquiries(request: Request) -> HttpResponse:
    """The enquiries that this hat sees, the newest first."""
    actor = request.actor
    regions = [] if actor.role is Role.SME else queries.leading_regions()
    filters = EnquiryFilters(request.GET, regions=regions)
    rows = queries.listed(Enquiry.objects.visible_to(actor), **filters.chosen)
    page_here = page_of(request, rows)
    context = {
        "page": page_here,
        "filters": filters,
        "unread": queries.unread_for(actor, [row.pk for row in page_here.object_list]),
        "may_ask": actor.may(P.ENQUIRY_ASK),
        "is_company": actor.role is Role.SME,
    }
    return render(request, "enquiries/enquiries.html", context)


@needs(P.ENQUIRY_SEE)
@require_GET
def enquiry(request: Request, pk: int) -> HttpResponse:
    """Where it stands, who has the ball, and everything this hat may know of it."""
    return page(request, pk)


def page(request: Request, pk: int, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The enquiry's page; with problems, the answer to a button that was refused (409)."""
    found = seen_by(request.actor, pk)
    context = _context(request, found, problems)
    if any(said.is_new for said in context["messages_said"]):
        actions.mark_read(enquiry_id=found.pk, by=request.actor, at=request.now)
    return render(request, "enquiries/enquiry.html", context, status=409 if problems else 200)


def _context(request: Request, found: Enquiry, problems: Sequence[Problem]) -> dict[str, Any]:
    actor = request.actor
    desks, summaries = desk_parts(request, found), queries.summaries_of(found)
    lead, newest = desks["lead"], summaries[0] if summaries else None
    is_company, leads = actor.role is Role.SME, queries.leads_under(lead, actor=actor)
    said = queries.messages_of(found, actor=actor)
    seen = Seen(
        found,
        lead,
        newest,
        is_company,
        leads,
        desks["due_at"],
        is_company or queries.company_can_sign_in(found),
    )
    reads_notes = actor.role is Role.BROKER or actor.may(P.ENQUIRY_SUPERVISE)
    return {
        "enquiry": found,
        "breadcrumbs": [Crumb(_("Enquiries"), reverse("enquiries:enquiries")), Crumb(found.number)],
        "problems": problems,
        "steps": way(found, reached=queries.reached(found)),
        "next": next_step(seen),
        "is_company": is_company,
        "leads": leads,
        "wants": [(want, _(WEIGHTS[want.weight])) for want in queries.wants_of(found)],
        "facts": _facts(found),
        "summaries": summaries,
        "newest": newest,
        "decides": is_company and actor.may(P.ENQUIRY_APPROVE) and found.state not in (S.CLOSED, S.DECLINED),
        "messages_said": said,
        "message_form": _message_form(said, is_company=is_company),
        "writes": is_company or leads or actor.role is Role.BROKER,
        "reads_notes": reads_notes,
        "notes": queries.notes_of(found, actor=actor) if reads_notes else [],
        "may": _buttons(found, request, leads=leads),
        "sees_history": actor.may(P.AUDIT_SEE) or actor.role in (Role.SME, Role.BROKER),
        **desks,
    }


def _facts(found: Enquiry) -> dict[str, Any]:
    """The context of the question in words."""
    return {
        "readiness_now": _(READINESS[found.readiness_now]) if found.readiness_now else "",
        "readiness_wanted": _(READINESS[found.readiness_wanted]) if found.readiness_wanted else "",
        "ways": [_(name) for way, name in WAYS.items() if way in found.access_modes],
        "languages": [_(LANGUAGES[code]) for code in found.languages if code in LANGUAGES],
    }


def _message_form(said: Sequence[Any], *, is_company: bool) -> MessageForm:
    """The form below the messages: it answers the newest one of the other side."""
    others = [one.message.pk for one in said if one.message.from_desk == is_company]
    return MessageForm(initial={"answers": others[-1] if others else None})


def _buttons(found: Enquiry, request: Request, *, leads: bool) -> dict[str, bool]:
    """Which moves stand beside the page, besides the next step."""
    moves = {move: leads and WORKFLOW.allows(move, of=found, by=request.actor) for move in M}
    is_open = found.state not in (S.CLOSED, S.DECLINED)
    return {
        "revise": is_open and request.actor.may(P.ENQUIRY_ASK),
        "write_summary": is_open and leads and request.actor.may(P.ENQUIRY_WORK),
        "analyse": moves[M.ANALYSE],
        "search_again": moves[M.SEARCH] and found.state != S.READY,
        "hold": moves[M.HOLD],
        "close": moves[M.CLOSE],
        "decline": moves[M.DECLINE],
        "reopen": moves[M.REOPEN],
    }
