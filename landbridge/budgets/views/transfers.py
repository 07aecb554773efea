"""Pages: transfers between partners, proposing one, and the other side's answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.budgets import actions, queries, rules
from landbridge.budgets.forms import TransferForm
from landbridge.budgets.models import Line, Transfer
from landbridge.budgets.states import NAME_OF, WORKFLOW, M, S, Side
from landbridge.budgets.views.overview import crumbs_of
from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem, Refused
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb, Step


@needs(P.BUDGET_SEE)
@require_GET
def transfers(request: Request) -> HttpResponse:
    """Every transfer of one's partner or programme, newest first."""
    rows = Transfer.objects.visible_to(request.actor).select_related(
        "giver__partner", "receiver__partner", "giver__phase__programme"
    )
    page = page_of(request, rows.order_by("-proposed_at", "-pk"))
    for transfer in page:
        transfer.label = _(NAME_OF[S(transfer.state)])
    crumbs = [Crumb(_("Budgets"), reverse("budgets:overview")), Crumb(_("Transfers"))]
    return render(request, "budgets/transfers.html", {"page": page, "breadcrumbs": crumbs})


@needs(P.BUDGET_MOVE)
def new_transfer(request: Request, pk: int) -> HttpResponse:
    """Proposing a transfer within a phase, and agreeing for one's own side with it."""
    phase = get_object_or_404(queries.phases_for(request.actor), pk=pk)
    own = Line.objects.visible_to(request.actor).filter(phase=phase).order_by("pk")
    first = own.filter(pk=_number(request.GET.get("from"))).first() or own.first()
    form = TransferForm(posted(request), phase=phase, actor=request.actor, initial={"giver": first})
    return form_page(
        request,
        form,
        act=lambda: _propose(request, form),
        title=_("Move money to another partner"),
        save=_("Propose"),
        lead=_("Nothing moves until both partners agree. You agree for one side by proposing."),
        crumbs=crumbs_of(phase),
        programme=phase.programme,
    )


@needs(P.BUDGET_SEE)
@require_GET
def transfer(request: Request, pk: int) -> HttpResponse:
    """One transfer: its way, who agreed for which side, and what the reader can do about it."""
    return _page(request, _transfer(request, pk))


@needs(P.BUDGET_MOVE)
@require_POST
def agreement(request: Request, pk: int) -> HttpResponse:
    """Agreeing for the other side."""
    return _decide(request, pk, lambda: actions.agree(transfer_id=pk, by=request.actor, at=request.now))


@needs(P.BUDGET_MOVE)
@require_POST
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """Taking one's own proposal back."""
    return _decide(request, pk, lambda: actions.withdraw(transfer_id=pk, by=request.actor, at=request.now))


@needs(P.BUDGET_MOVE)
def refusal(request: Request, pk: int) -> HttpResponse:
    """Saying no for the other side."""
    shown = _transfer(request, pk)
    form = ReasonForm(posted(request), longest=300, read_by=_("The other partner reads it."))
    return form_page(
        request,
        form,
        act=lambda: actions.refuse(transfer_id=pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("Refuse the transfer"),
        save=_("Refuse"),
        lead=_("Nothing moves. The other partner can propose again."),
        crumbs=[*crumbs_of(shown.giver.phase), Crumb(str(shown), shown.get_absolute_url())],
        programme=shown.giver.phase.programme,
    )


def _transfer(request: Request, pk: int) -> Transfer:
    rows = Transfer.objects.visible_to(request.actor).select_related(
        "giver__partner",
        "giver__incentive",
        "giver__phase__programme",
        "receiver__partner",
        "receiver__incentive",
    )
    return get_object_or_404(rows, pk=pk)


def _propose(request: Request, form: TransferForm) -> Transfer:
    given = dict(form.cleaned_data)
    side = Side(given.pop("side", Side.GIVER))
    return actions.propose_transfer(**given, side=side, by=request.actor, at=request.now)


def _decide(request: Request, pk: int, action: Any) -> HttpResponse:
    shown = _transfer(request, pk)
    try:
        return redirect(once(request, action))
    except Refused as refusal:
        return _page(request, shown, problems=refusal.problems, status=409)


def _page(
    request: Request, shown: Transfer, *, problems: tuple[Problem, ...] = (), status: int = 200
) -> HttpResponse:
    proposed, answering = (
        (shown.giver, shown.receiver) if shown.proposed_by_giver else (shown.receiver, shown.giver)
    )
    actor = request.actor
    is_open = WORKFLOW.allows(M.AGREE, of=shown, by=actor)
    speaks_for = {
        line.pk: is_open
        and rules.may_agree_for(line.partner_id, role=actor.role, own_partner_id=actor.partner_id)
        for line in (proposed, answering)
    }
    agreed = shown.giver_agreed_by_id if shown.proposed_by_giver else shown.receiver_agreed_by_id
    as_role = shown.giver_agreed_as if shown.proposed_by_giver else shown.receiver_agreed_as
    against = rules.agreement_problems(
        rules.Agreement(actor.person_id, actor.role or ""), other=rules.Agreement(agreed, as_role)
    )
    context = {
        "transfer": shown,
        "giver": queries.name_of(shown.giver),
        "receiver": queries.name_of(shown.receiver),
        "answering": answering.partner,
        "label": _(NAME_OF[S(shown.state)]),
        "steps": _way(shown, answering),
        "may_answer": speaks_for[answering.pk] and not any(against),
        "may_withdraw": speaks_for[proposed.pk],
        "is_waiting": shown.state == S.PROPOSED,
        "problems": problems,
        "programme": shown.giver.phase.programme,
        "accent": shown.giver.phase.programme.accent,
        "breadcrumbs": [*crumbs_of(shown.giver.phase), Crumb(str(shown))],
    }
    return render(request, "budgets/transfer.html", context, status=status)


def _way(shown: Transfer, answering: Line) -> list[Step]:
    proposed = Step(_("Proposed"), shown.proposed_at, "done", shown.proposed_by_name)
    if shown.state == S.PROPOSED:
        waits = _("Waits for %(partner)s") % {"partner": answering.partner.short_name}
        return [proposed, Step(waits, None, "current"), Step(_("Posted"))]
    last = Step(_(NAME_OF[S(shown.state)]), shown.decided_at, "off", shown.decided_by_name)
    if shown.state == S.POSTED:
        last = Step(_("Agreed and posted"), shown.decided_at, "done", shown.decided_by_name)
    return [proposed, last]


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
