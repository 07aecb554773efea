"""Pages of bank accounts: named by the organisation, decided on by a second person."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Refused
from landbridge.foundation.ui.parts import Crumb, Step
from landbridge.organisations import actions, queries, rules
from landbridge.organisations.forms import BankAccountForm, RefusalForm
from landbridge.organisations.models import BankAccount, Organisation
from landbridge.organisations.states import NAME_OF, WORKFLOW, M, S

PER_PAGE = 50


@needs(P.BANK_ACCOUNT_APPROVE)
def waiting(request: Request) -> HttpResponse:
    """The accounts that wait for a decision, the oldest first."""
    rows = BankAccount.objects.visible_to(request.actor).waiting().select_related("organisation__region")
    page = Paginator(rows.order_by("proposed_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "organisations/waiting_accounts.html", {"page": page})


@needs(P.BANK_ACCOUNT_PROPOSE)
def new(request: Request, pk: int) -> HttpResponse:
    """Name an account to be paid on."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.actor), pk=pk)
    form = BankAccountForm(request.POST or None, initial={"holder": organisation.name[:70]})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            account = once(
                request,
                lambda: actions.propose_bank_account(
                    organisation_id=pk, **typed, by=request.actor, at=request.now
                ),
            )
            return redirect(account)
        except Refused as refusal:
            form.refuse(refusal)
    context = {
        "form": form,
        "organisation": organisation,
        "in_use": BankAccount.objects.in_use().filter(organisation=organisation).first(),
        "breadcrumbs": _crumbs(organisation, _("Name an account")),
    }
    return render(request, "organisations/new_account.html", context, status=form.http_status)


@needs(P.ORGANISATION_SEE)
def account(request: Request, pk: int) -> HttpResponse:
    """One account, its way, and the decision for whoever may take it."""
    found = _found(request, pk)
    return render(request, "organisations/account.html", _context(request, found))


@needs(P.BANK_ACCOUNT_APPROVE)
@require_POST
def approval(request: Request, pk: int) -> HttpResponse:
    """A second person's yes."""
    found = _found(request, pk)
    try:
        once(request, lambda: actions.approve_bank_account(account_id=pk, by=request.actor, at=request.now))
    except Refused as refusal:
        context = _context(request, found) | {"problems": refusal.problems}
        return render(request, "organisations/account.html", context, status=409)
    return redirect(found)


@needs(P.BANK_ACCOUNT_APPROVE)
@require_POST
def refusal(request: Request, pk: int) -> HttpResponse:
    """A second person's no, with its reason."""
    found = _found(request, pk)
    form = RefusalForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            once(
                request,
                lambda: actions.refuse_bank_account(
                    account_id=pk, reason=reason, by=request.actor, at=request.now
                ),
            )
            return redirect(found)
        except Refused as refused:
            form.refuse(refused)
    context = _context(request, found) | {"form": form}
    return render(request, "organisations/account.html", context, status=form.http_status)


def _found(request: Request, pk: int) -> BankAccount:
    rows = BankAccount.objects.visible_to(request.actor).select_related("organisation")
    return get_object_or_404(rows, pk=pk)


def _context(request: Request, found: BankAccount) -> dict[str, Any]:
    may_decide = WORKFLOW.allows(M.APPROVE, of=found, by=request.actor)
    decision = rules.problems_with_decision(
        proposed_by_id=found.proposed_by_id, decided_by_id=request.actor.person_id
    )
    return {
        "account": found,
        "state_name": _(NAME_OF[S(found.state)]),
        "organisation": found.organisation,
        "shows_whole": request.actor.may(P.BANK_ACCOUNT_APPROVE) or request.actor.may(P.BANK_ACCOUNT_PROPOSE),
        "steps": _steps(found),
        "may_decide": may_decide,
        "problems": list(decision) if may_decide else [],
        "lookalikes": queries.lookalikes(found) if may_decide else 0,
        "form": RefusalForm(),
        "breadcrumbs": _crumbs(found.organisation, found.masked),
    }


def _steps(found: BankAccount) -> list[Step]:
    proposed = Step(_("Named"), at=found.proposed_at, state="done")
    if found.state == S.PROPOSED:
        return [proposed, Step(_("Decision by a second person"), state="current"), Step(_("In use"))]
    last = Step(_(NAME_OF[S(found.state)]), at=found.decided_at, state="done")
    if found.state == S.REPLACED and found.decided_at:
        return [
            proposed,
            Step(_("In use"), at=found.decided_at, state="done"),
            Step(_("Replaced"), state="done"),
        ]
    return [proposed, last]


def _crumbs(organisation: Organisation, here: str) -> list[Crumb]:
    return [
        Crumb(_("Organisations"), reverse("organisations:organisations")),
        Crumb(organisation.name, organisation.get_absolute_url()),
        Crumb(here),
    ]
