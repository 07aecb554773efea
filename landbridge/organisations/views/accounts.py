"""Pages of bank accounts: named by the organisation, decided on by a second person."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.foundation.operations.form_pages import button_pressed, carried_out, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb, Step
from landbridge.organisations import actions, queries, rules
from landbridge.organisations.forms import BankAccountForm
from landbridge.organisations.models import BankAccount, Organisation
from landbridge.organisations.states import NAME_OF, WORKFLOW, M, S
from landbridge.organisations.views.organisations import crumbs_of


@needs(P.BANK_ACCOUNT_APPROVE)
@require_GET
def waiting(request: Request) -> HttpResponse:
    """The accounts that wait for a decision, the oldest first."""
    rows = BankAccount.objects.visible_to(request.actor).waiting().select_related("organisation__region")
    page = page_of(request, rows.order_by("proposed_at", "pk"))
    return render(request, "organisations/waiting_accounts.html", {"page": page})


@needs(P.BANK_ACCOUNT_PROPOSE)
def new(request: Request, pk: int) -> HttpResponse:
    """Name an account to be paid on."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.actor), pk=pk)
    form = BankAccountForm(posted(request), initial={"holder": organisation.name[:70]})
    return form_page(
        request,
        form,
        act=lambda: actions.propose_bank_account(
            organisation_id=pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Name an account"),
        crumbs=crumbs_of(organisation),
        template="organisations/new_account.html",
        organisation=organisation,
        in_use=BankAccount.objects.in_use().filter(organisation=organisation).first(),
    )


@needs(P.ORGANISATION_SEE)
@require_GET
def account(request: Request, pk: int) -> HttpResponse:
    """One account, its way, and the decision for whoever may take it."""
    return _page(request, pk)


@needs(P.BANK_ACCOUNT_APPROVE)
@require_POST
def approval(request: Request, pk: int) -> HttpResponse:
    """A second person's yes."""
    found = _found(request, pk)
    return button_pressed(
        request,
        lambda: actions.approve_bank_account(account_id=found.pk, by=request.actor, at=request.now),
        refused=lambda problems: _page(request, pk, problems=problems),
    )


@needs(P.BANK_ACCOUNT_APPROVE)
@require_POST
def refusal(request: Request, pk: int) -> HttpResponse:
    """A second person's no, with its reason."""
    found, form = _found(request, pk), _refusal_form(request.POST)
    refused = carried_out(
        request,
        form,
        lambda: actions.refuse_bank_account(
            account_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
    )
    return redirect(refused) if refused else _page(request, pk, form=form)


def _refusal_form(typed: QueryDict | None = None) -> ReasonForm:
    return ReasonForm(
        typed,
        longest=300,
        label=_("Why it is refused"),
        read_by=_("The person who entered it reads this."),
    )


def _found(request: Request, pk: int) -> BankAccount:
    rows = BankAccount.objects.visible_to(request.actor).select_related("organisation")
    return get_object_or_404(rows, pk=pk)


def _page(
    request: Request, pk: int, *, problems: Sequence[Problem] = (), form: ReasonForm | None = None
) -> HttpResponse:
    found, form = _found(request, pk), form or _refusal_form()
    may_decide = WORKFLOW.allows(M.APPROVE, of=found, by=request.actor)
    decision = rules.problems_with_decision(
        proposed_by_id=found.proposed_by_id, decided_by_id=request.actor.person_id
    )
    context = {
        "account": found,
        "state_name": _(NAME_OF[S(found.state)]),
        "organisation": found.organisation,
        "shows_whole": request.actor.may(P.BANK_ACCOUNT_APPROVE) or request.actor.may(P.BANK_ACCOUNT_PROPOSE),
        "steps": _steps(found),
        "may_decide": may_decide,
        "problems": problems or (list(decision) if may_decide else []),
        "lookalikes": queries.lookalikes(found) if may_decide else 0,
        "form": form,
        "breadcrumbs": [*crumbs_of(found.organisation), Crumb(found.masked)],
    }
    status = 409 if problems else form.http_status
    return render(request, "organisations/account.html", context, status=status)


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
