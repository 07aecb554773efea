"""The company's pages: the list, one claim, its report and costs, handing it in."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.claims import actions, queries, rules
from landbridge.claims.forms import ClaimFilters, CostForm, ReportForm
from landbridge.claims.models import Claim, CostLine
from landbridge.claims.states import WORKFLOW, M, S
from landbridge.claims.steps import next_step, way
from landbridge.claims.views.shared import crumbs_of, seen_by
from landbridge.foundation.files.attachment import attachment
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.organisations.states import S as AccountState
from landbridge.vouchers import queries as vouchers
from landbridge.vouchers.models import Voucher


@needs(P.CLAIM_SEE)
@require_GET
def claims(request: Request) -> HttpResponse:
    """The claims that this hat sees, the newest first."""
    filters = ClaimFilters(request.GET)
    rows = queries.listed(Claim.objects.visible_to(request.actor), **filters.chosen)
    context = {
        "page": page_of(request, rows),
        "filters": filters,
        "may_see_files": request.actor.may(P.BUDGET_SEE),
    }
    return render(request, "claims/claims.html", context)


@needs(P.CLAIM_SEE)
@require_GET
def of_voucher(request: Request, voucher_pk: int) -> HttpResponse:
    """The claims of one voucher."""
    voucher = get_object_or_404(Voucher.objects.visible_to(request.actor), pk=voucher_pk)
    rows = queries.listed(Claim.objects.visible_to(request.actor).filter(voucher=voucher))
    context = {
        "page": page_of(request, rows),
        "voucher": voucher,
        "breadcrumbs": [
            Crumb(_("Vouchers"), reverse("vouchers:vouchers")),
            Crumb(voucher.number, voucher.get_absolute_url()),
            Crumb(_("Claims")),
        ],
    }
    return render(request, "claims/claims.html", context)


@needs(P.CLAIM_EDIT)
@require_POST
def new(request: Request, voucher_pk: int) -> HttpResponse:
    """Begin a claim, or go on with the one that is being written."""
    voucher = get_object_or_404(Voucher.objects.visible_to(request.actor), pk=voucher_pk)
    return button_pressed(
        request,
        lambda: actions.start(voucher_id=voucher.pk, by=request.actor, at=request.now),
        back=voucher.get_absolute_url(),
    )


@needs(P.CLAIM_SEE)
@require_GET
def claim(request: Request, pk: int) -> HttpResponse:
    """Where it stands, its costs, and what comes next."""
    return _page(request, pk)


@needs(P.CLAIM_EDIT)
def report(request: Request, pk: int) -> HttpResponse:
    """What was done, and whether another claim will follow."""
    found = seen_by(request.actor, pk)
    form = ReportForm(posted(request), initial={"report": found.report, "is_final": found.is_final})
    return form_page(
        request,
        form,
        title=_("Write the report"),
        lead=_("It goes to the finance officer with the costs, and tells the programme what its money did."),
        crumbs=crumbs_of(found),
        act=lambda: actions.write_report(
            claim_id=found.pk,
            report=form.cleaned_data["report"],
            is_final=form.cleaned_data["is_final"],
            by=request.actor,
            at=request.now,
        ),
    )


@needs(P.CLAIM_EDIT)
def cost(request: Request, pk: int) -> HttpResponse:
    """Add one cost with its evidence."""
    found = seen_by(request.actor, pk)
    form = CostForm(posted(request), request.FILES if request.method == "POST" else None)
    return form_page(
        request,
        form,
        title=_("Add a cost"),
        lead=_("One invoice, with the proof that it was paid. Amounts count without VAT."),
        crumbs=crumbs_of(found),
        act=lambda: actions.add_cost(
            claim_id=found.pk,
            cost=form.cost(),
            evidence=form.cleaned_data["evidence"],
            by=request.actor,
            at=request.now,
        ),
        done=_("The cost is added."),
    )


@needs(P.CLAIM_EDIT)
def cost_edit(request: Request, pk: int, line_pk: int) -> HttpResponse:
    """Correct a cost."""
    found = seen_by(request.actor, pk)
    line = get_object_or_404(CostLine.objects.filter(claim=found).select_related("evidence"), pk=line_pk)
    form = CostForm(posted(request), request.FILES if request.method == "POST" else None, line=line)
    return form_page(
        request,
        form,
        title=_("Change the cost"),
        lead=_("One invoice, with the proof that it was paid. Amounts count without VAT."),
        crumbs=crumbs_of(found),
        act=lambda: actions.edit_cost(
            claim_id=found.pk,
            line_id=line.pk,
            cost=form.cost(),
            evidence=form.cleaned_data["evidence"],
            by=request.actor,
            at=request.now,
        ),
        done=_("The cost is changed."),
    )


@needs(P.CLAIM_EDIT)
@require_POST
def cost_removal(request: Request, pk: int, line_pk: int) -> HttpResponse:
    """Take a cost off the draft."""
    found = seen_by(request.actor, pk)
    try:
        return button_pressed(
            request,
            lambda: actions.remove_cost(claim_id=found.pk, line_id=line_pk, by=request.actor, at=request.now),
            done=_("The cost is removed."),
            refused=lambda problems: _page(request, pk, refused=problems),
        )
    except CostLine.DoesNotExist as nowhere:
        raise Http404 from nowhere


@needs(P.CLAIM_SEE)
@require_GET
def evidence(request: Request, pk: int, line_pk: int) -> HttpResponseBase:
    """The file behind a cost, as a download."""
    found = seen_by(request.actor, pk)
    lines = CostLine.objects.filter(claim=found).select_related("evidence")
    return attachment(get_object_or_404(lines, pk=line_pk).evidence)


@needs(P.CLAIM_SUBMIT)
@require_POST
def submission(request: Request, pk: int) -> HttpResponse:
    """Hand it in; refused, the page comes back with the list of what is in the way."""
    found = seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.submit(claim_id=found.pk, by=request.actor, at=request.now),
        done=_("Your claim has arrived. The finance officer of your region's partner checks it."),
        refused=lambda problems: _page(request, pk, refused=problems),
    )


def _page(request: Request, pk: int, *, refused: Sequence[Problem] = ()) -> HttpResponse:
    found, actor = seen_by(request.actor, pk), request.actor
    facts = queries.facts_of(found, at=request.now)
    lines = queries.cost_lines(found)
    is_draft = found.state == S.DRAFT
    problems = list(rules.problems_with(facts)) if is_draft else []
    is_officer = actor.may(P.CLAIM_VERIFY) or actor.may(P.AUDIT_SEE)
    hints = list(rules.hints_about(queries.cross_checked(facts, found))) if is_officer else []
    account = queries.account_of(found.voucher.application.applicant, approved=False)
    context = {
        "claim": found,
        "voucher": found.voucher,
        "application": found.voucher.application,
        "programme": found.voucher.application.call.phase.programme,
        "breadcrumbs": crumbs_of(found),
        "lines": lines,
        "claimed": queries.claimed(found),
        "holdings": vouchers.holdings(found.voucher),
        "account": account,
        "refused": refused,
        "problems": problems,
        "hints": hints,
        "steps": way(found),
        "next": next_step(found, actor=actor, is_clear=not problems),
        "may": {
            "edit": is_draft and actor.may(P.CLAIM_EDIT),
            "return": WORKFLOW.allows(M.RETURN, of=found, by=actor),
            "refuse": WORKFLOW.allows(M.REFUSE, of=found, by=actor),
            "reopen": WORKFLOW.allows(M.REOPEN, of=found, by=actor),
            "propose_account": actor.may(P.BANK_ACCOUNT_PROPOSE),
            "approve_account": actor.may(P.BANK_ACCOUNT_APPROVE)
            and account is not None
            and account.state == AccountState.PROPOSED,
            "see_files": actor.may(P.BUDGET_SEE),
        },
        "payments": queries.payments_of(found),
    }
    return render(request, "claims/claim.html", context, status=409 if refused else 200)
