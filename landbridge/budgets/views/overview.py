"""Pages: what every partner has in a phase, the same as a table for other programs, and opening a line."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.budgets import actions, queries
from landbridge.budgets.forms import LineForm
from landbridge.budgets.models import Transfer
from landbridge.budgets.states import S
from landbridge.foundation.exports import csv_response
from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui import formatting
from landbridge.foundation.ui.charts import Bar, Stack
from landbridge.foundation.ui.parts import Crumb
from landbridge.programmes.models import Phase, Programme


@needs(P.BUDGET_SEE)
@require_GET
def overview(request: Request) -> HttpResponse:
    """To the phase that runs now, or to a page that says there is none yet."""
    newest = queries.phases_for(request.actor).first()
    if newest is not None:
        return redirect("budgets:phase", newest.pk)
    return render(request, "budgets/empty.html", {"breadcrumbs": [Crumb(_("Budgets"))]})


@needs(P.BUDGET_SEE)
@require_GET
def phase(request: Request, pk: int) -> HttpResponse:
    """Each partner's money in one phase: allocated, reserved, committed, paid, free."""
    phases = list(queries.phases_for(request.actor))
    shown = get_object_or_404(queries.phases_for(request.actor), pk=pk)
    rows = queries.table_of(shown, actor=request.actor)
    transfers = Transfer.objects.visible_to(request.actor).filter(giver__phase=shown, state=S.PROPOSED)
    context = {
        "phase": shown,
        "programme": shown.programme,
        "accent": shown.programme.accent,
        "breadcrumbs": [*crumbs_of(shown)[:-1], Crumb(shown.name)],
        "rows": rows,
        "total": queries.total_of(rows),
        "chart": [_stack(row) for row in rows],
        "waiting": transfers.count(),
        "tabs": [
            {
                "label": str(one),
                "href": reverse("budgets:phase", args=[one.pk]),
                "current": one.pk == pk,
                "count": None,
            }
            for one in phases
        ],
        "may_open": Programme.objects.edited_by(request.actor).filter(pk=shown.programme_id).exists()
        and request.actor.may(P.BUDGET_ALLOCATE),
        "may_move": request.actor.may(P.BUDGET_MOVE),
    }
    return render(request, "budgets/phase.html", context)


@needs(P.BUDGET_SEE)
@require_GET
def phase_table(request: Request, pk: int) -> HttpResponseBase:
    """The same table as CSV."""
    shown = get_object_or_404(queries.phases_for(request.actor), pk=pk)
    header = [
        _("Partner"),
        _("Incentive"),
        _("Allocated"),
        _("Reserved"),
        _("Committed"),
        _("Paid"),
        _("Free"),
    ]
    rows = [
        [row.partner, row.incentive, held.allocated, held.reserved, held.committed, held.paid, held.free]
        for row in queries.table_of(shown, actor=request.actor)
        for held in [row.held]
    ]
    return csv_response(f"budget-{shown.programme.key}-{shown.number}.csv", header, rows)


@needs(P.BUDGET_ALLOCATE)
def new_line(request: Request, pk: int) -> HttpResponse:
    """Opening a line for a partner."""
    phases = Phase.objects.filter(programme__in=Programme.objects.edited_by(request.actor).values("pk"))
    shown = get_object_or_404(phases.select_related("programme"), pk=pk)
    form = LineForm(posted(request), phase=shown)
    return form_page(
        request,
        form,
        act=lambda: actions.open_line(**form.cleaned_data, phase=shown, by=request.actor, at=request.now),
        title=_("Open a budget line"),
        save=_("Open the line"),
        lead=_(
            "A line holds one partner's money for this phase: for one incentive, or for all without their own."
        ),
        crumbs=crumbs_of(shown),
        programme=shown.programme,
    )


def crumbs_of(phase: Phase) -> list[Crumb]:
    """The trail to the budgets of a phase; load it with its programme."""
    return [
        Crumb(_("Budgets"), reverse("budgets:overview")),
        Crumb(str(phase), reverse("budgets:phase", args=[phase.pk])),
    ]


def _stack(row: queries.Row) -> Stack:
    """One line as a bar: paid, committed, reserved and free make what was allocated."""
    held = row.held
    parts = (
        (_("Paid"), held.paid),
        (_("Committed"), held.committed),
        (_("Reserved"), held.reserved),
        (_("Free"), held.free),
    )
    return Stack(
        label=f"{row.partner}, {row.incentive}" if row.incentive else row.partner,
        parts=[Bar(label, money.decimal, formatting.money(money)) for label, money in parts],
        shown=formatting.money(held.allocated),
    )
