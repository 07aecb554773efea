"""One enquiry: its page for the company, the desks, the office and the auditor; and the list of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.enquiries import queries
from landbridge.enquiries.models import Enquiry
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
    rows = Enquiry.objects.visible_to(request.actor).select_related("company", "region").order_by("-pk")
    return render(request, "enquiries/enquiries.html", {"page": page_of(request, rows)})


@needs(P.ENQUIRY_SEE)
@require_GET
def enquiry(request: Request, pk: int) -> HttpResponse:
    """Where it stands, who has the ball, and everything this hat may know of it."""
    return page(request, pk)


def page(request: Request, pk: int, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The enquiry's page; with problems, the answer to a button that was refused (409)."""
    found = seen_by(request.actor, pk)
    status = 409 if problems else 200
    return render(request, "enquiries/enquiry.html", _context(request, found, problems), status=status)


def _context(request: Request, found: Enquiry, problems: Sequence[Problem]) -> dict[str, Any]:
    actor = request.actor
    return {
        "enquiry": found,
        "breadcrumbs": [Crumb(_("Enquiries"), reverse("enquiries:enquiries")), Crumb(found.number)],
        "problems": problems,
        "lead": queries.lead_of(found),
        "is_company": actor.role is Role.SME,
        "leads": queries.leads(found, actor=actor),
        "summaries": queries.summaries_of(found),
        "sees_history": actor.may(P.AUDIT_SEE) or actor.role in (Role.SME, Role.BROKER),
    }
