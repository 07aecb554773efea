"""The finance officers' pages: verify, approve, hand back, refuse; and closing a voucher."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.claims import actions, queries, rules
from landbridge.claims.forms import VerificationForm
from landbridge.claims.models import Claim
from landbridge.claims.states import WORKFLOW, M
from landbridge.claims.views.shared import crumbs_of, seen_by
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.parts import Crumb
from landbridge.vouchers.models import Voucher


@needs(P.CLAIM_VERIFY)
def verification(request: Request, pk: int) -> HttpResponse:
    """Accept so much of each cost, with its evidence beside it."""
    found = seen_by(request.actor, pk)
    if request.method != "POST" and not WORKFLOW.allows(M.VERIFY, of=found, by=request.actor):
        return redirect(found)  # it has moved on; its page says where to
    lines = queries.cost_lines(found)
    form = VerificationForm(posted(request), lines=lines)
    facts = queries.facts_of(found, at=request.now)
    return form_page(
        request,
        form,
        title=_("Verify the costs"),
        lead=_("Open each piece of evidence. Accept what is eligible; say why where it is less."),
        crumbs=crumbs_of(found),
        act=lambda: actions.verify(
            claim_id=found.pk,
            accepted=form.accepted(),
            remarks=form.remarks(),
            finding=form.cleaned_data["finding"],
            by=request.actor,
            at=request.now,
        ),
        done=_("Verified. A second person approves it now."),
        template="claims/verification.html",
        claim=found,
        rows=[(line, form[f"accepted_{line.pk}"], form[f"remark_{line.pk}"]) for line in lines],
        hints=list(rules.hints_about(queries.cross_checked(facts, found))),
        left=queries.left_for(found),
    )


@needs(P.CLAIM_APPROVE)
@require_POST
def approval(request: Request, pk: int) -> HttpResponse:
    """The second pair of eyes says yes."""
    found = seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.approve(claim_id=found.pk, by=request.actor, at=request.now),
        done=_("Approved. It can be paid now."),
        back=found.get_absolute_url(),
    )


@needs(P.CLAIM_APPROVE)
def reopening(request: Request, pk: int) -> HttpResponse:
    """Send a verified claim back to be verified again."""
    return _with_reason(
        request,
        pk,
        title=_("Verify again"),
        lead=_("The verification is forgotten and done anew."),
        act=lambda reason: actions.reopen(claim_id=pk, reason=reason, by=request.actor, at=request.now),
    )


@needs(P.CLAIM_VERIFY)
def return_(request: Request, pk: int) -> HttpResponse:
    """Hand the claim back to the company."""
    return _with_reason(
        request,
        pk,
        title=_("Return for correction"),
        lead=_("The claim becomes a draft again; the company reads your reason."),
        act=lambda reason: actions.return_for_correction(
            claim_id=pk, reason=reason, by=request.actor, at=request.now
        ),
    )


@needs(P.CLAIM_APPROVE)
def refusal(request: Request, pk: int) -> HttpResponse:
    """Pay nothing for it."""
    return _with_reason(
        request,
        pk,
        title=_("Refuse the claim"),
        lead=_("Nothing is paid for it; the company reads your reason. This cannot be undone."),
        act=lambda reason: actions.refuse(claim_id=pk, reason=reason, by=request.actor, at=request.now),
    )


@needs(P.VOUCHER_CLOSE)
def voucher_closing(request: Request, voucher_pk: int) -> HttpResponse:
    """End a voucher under which no claim runs."""
    voucher = get_object_or_404(Voucher.objects.visible_to(request.actor), pk=voucher_pk)
    form = ReasonForm(posted(request), longest=rules.LONGEST_REASON)
    return form_page(
        request,
        form,
        title=_("Close the voucher"),
        lead=_("Nothing more can be claimed under it; what was not used is free again."),
        crumbs=[Crumb(voucher.number, voucher.get_absolute_url())],
        act=lambda: actions.close_voucher(
            voucher_id=voucher.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
    )


def _with_reason(
    request: Request, pk: int, *, title: str, lead: str, act: Callable[[str], Claim]
) -> HttpResponse:
    found, form = seen_by(request.actor, pk), ReasonForm(posted(request), longest=rules.LONGEST_REASON)
    return form_page(
        request,
        form,
        title=title,
        lead=lead,
        crumbs=crumbs_of(found),
        act=lambda: act(form.cleaned_data["reason"]),
    )
