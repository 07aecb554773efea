"""Pages: one line with its statement, the same for other programs, and bringing money in or taking it out."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.budgets import actions, queries
from landbridge.budgets.forms import MovementForm
from landbridge.budgets.models import Entry, Line, Transfer
from landbridge.budgets.states import S
from landbridge.budgets.views.overview import crumbs_of
from landbridge.foundation.exports import csv_response
from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui import formatting
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb


@needs(P.BUDGET_SEE)
@require_GET
def line(request: Request, pk: int) -> HttpResponse:
    """What one line holds, and every movement that led there, newest first."""
    shown = _line(request, pk)
    statement = queries.statement(shown)
    now = statement[-1].after if statement else queries.Balances()
    moving = Transfer.objects.visible_to(request.actor).filter(giver__phase=shown.phase, state=S.PROPOSED)
    context = {
        "line": shown,
        "name": queries.name_of(shown),
        "programme": shown.phase.programme,
        "accent": shown.phase.programme.accent,
        "breadcrumbs": [*crumbs_of(shown.phase), Crumb(queries.name_of(shown))],
        "now": now,
        "page": page_of(request, statement[::-1]),
        "transfers": moving.filter(giver=shown) | moving.filter(receiver=shown),
        "may_allocate": request.actor.may(P.BUDGET_ALLOCATE),
        "may_move": request.actor.may(P.BUDGET_MOVE),
    }
    return render(request, "budgets/line.html", context)


@needs(P.BUDGET_SEE)
@require_GET
def statement(request: Request, pk: int) -> HttpResponseBase:
    """The statement as CSV, oldest first."""
    shown = _line(request, pk)
    header = [
        *(_("Number"), _("Date"), _("Movement"), _("Amount"), _("Reason"), _("For"), _("By")),
        *(_("Free"), _("Reserved"), _("Committed"), _("Paid")),
    ]
    rows = [
        [
            *(row.number, row.at, row.label, row.amount, row.reason, row.about, row.person),
            *(row.after.free, row.after.reserved, row.after.committed, row.after.paid),
        ]
        for row in queries.statement(shown)
    ]
    return csv_response(f"budget-line-{shown.pk}.csv", header, rows)


@needs(P.BUDGET_ALLOCATE)
def allocation(request: Request, pk: int) -> HttpResponse:
    """Bringing money into a line."""
    lead = _("The money is free at once: it can be committed to vouchers.")
    return _movement(request, pk, actions.allocate, title=_("Allocate money"), save=_("Allocate"), lead=lead)


@needs(P.BUDGET_ALLOCATE)
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """Taking free money out of a line."""
    free = formatting.money(queries.balances(_line(request, pk)).free)
    lead = _("Only money that is still free can be taken out: %(free)s.") % {"free": free}
    return _movement(
        request, pk, actions.take_back, title=_("Take money back"), save=_("Take back"), lead=lead
    )


def _line(request: Request, pk: int) -> Line:
    lines = Line.objects.visible_to(request.actor)
    return get_object_or_404(lines.select_related("partner", "phase__programme", "incentive"), pk=pk)


def _movement(
    request: Request, pk: int, action: Callable[..., Entry], *, title: str, save: str, lead: str
) -> HttpResponse:
    shown = _line(request, pk)
    form = MovementForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: action(line=shown, **form.cleaned_data, by=request.actor, at=request.now),
        to=shown.get_absolute_url(),
        title=title,
        save=save,
        lead=lead,
        crumbs=[*crumbs_of(shown.phase), Crumb(queries.name_of(shown), shown.get_absolute_url())],
        programme=shown.phase.programme,
    )
