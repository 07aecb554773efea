"""The payments' pages: a file for the bank, its release by a second person, the bank's answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.claims import actions, queries, rules
from landbridge.claims.forms import AnswerForm, PaymentFileForm, ReasonForm
from landbridge.claims.models import PaymentFile
from landbridge.claims.states import FILE_WORKFLOW, FileMove, FileState
from landbridge.claims.steps import file_way, next_of_file
from landbridge.claims.views.shared import file_seen_by, form_page, payment_crumbs, posted
from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Refused
from landbridge.programmes.models import Partner

PAGE_SIZE = 50
SENDABLE = (FileState.RELEASED, FileState.ANSWERED)


@needs(P.BUDGET_SEE)
@require_GET
def payment_files(request: Request) -> HttpResponse:
    """The payment files that this hat sees, the newest first."""
    rows = PaymentFile.objects.visible_to(request.actor).select_related("partner").order_by("-made_at", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "may_pay": request.actor.may(P.CLAIM_PAY),
        "breadcrumbs": payment_crumbs(_("All"))[:2],
    }
    return render(request, "claims/payment_files.html", context)


@needs(P.CLAIM_PAY)
def payment_file_new(request: Request) -> HttpResponse:
    """Choose approved claims and the day of their transfer."""
    partner_id = request.actor.partner_id or 0
    partner = get_object_or_404(Partner.objects.select_related("region"), pk=partner_id)
    tomorrow = queries.today_at(partner, at=request.now) + timedelta(days=1)
    ready = queries.ready_to_pay(partner_id)
    form = PaymentFileForm(
        posted(request),
        ready=ready,
        initial={"execute_on": rules.next_banking_day(tomorrow)},
    )
    return form_page(
        request,
        form,
        title=_("Make a payment file"),
        lead=_("Approved claims of your partner, as one SEPA credit transfer. A second person releases it."),
        back=payment_crumbs("")[1].href,
        trail=payment_crumbs(_("New")),
        act=lambda clean: actions.make_payment_file(
            partner_id=partner_id,
            claim_ids=[int(pk) for pk in clean["claims"]],
            execute_on=clean["execute_on"],
            by=request.actor,
            at=request.now,
        ),
        done=_("The payment file is made. A second person releases it."),
        template="claims/payment_file_new.html",
        more={"ready": ready},
    )


@needs(P.BUDGET_SEE)
@require_GET
def payment_file(request: Request, pk: int) -> HttpResponse:
    """Who is paid how much on which account, and where the file stands."""
    return render(request, "claims/payment_file.html", _page(request, file_seen_by(request.actor, pk)))


@needs(P.CLAIM_PAY)
@require_GET
def payment_xml(request: Request, pk: int) -> HttpResponse:
    """The file for the bank (pain.001.001.09); nobody gets it before a second person has released it."""
    found = file_seen_by(request.actor, pk)
    if found.state not in SENDABLE:
        raise Http404
    response = HttpResponse(found.xml, content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="{found.message_id}.xml"'
    response["Cache-Control"] = "private, no-store"
    return response


@needs(P.CLAIM_PAY)
@require_POST
def payment_release(request: Request, pk: int) -> HttpResponse:
    """The second person releases the file."""
    found = file_seen_by(request.actor, pk)
    try:
        once(request, lambda: actions.release(payment_file_id=found.pk, by=request.actor, at=request.now))
    except Refused as refused:
        context = _page(request, found) | {"refused": refused.problems}
        return render(request, "claims/payment_file.html", context, status=409)
    messages.success(request, _("Released. Send the file to the bank."))
    return redirect(found)


@needs(P.CLAIM_PAY)
def payment_cancellation(request: Request, pk: int) -> HttpResponse:
    """Take a file back that was not released."""
    found = file_seen_by(request.actor, pk)
    return form_page(
        request,
        ReasonForm(posted(request)),
        title=_("Cancel the payment file"),
        lead=_("Its claims wait for another file."),
        back=found.get_absolute_url(),
        trail=payment_crumbs(_("Cancellation"), found),
        act=lambda clean: actions.cancel(
            payment_file_id=found.pk, reason=clean["reason"], by=request.actor, at=request.now
        ),
    )


@needs(P.CLAIM_PAY)
def payment_answer(request: Request, pk: int) -> HttpResponse:
    """Enter what the bank says about each payment."""
    found = file_seen_by(request.actor, pk)
    form = AnswerForm(
        posted(request),
        payments=queries.payments_in(found),
        initial={"on": queries.today_at(found.partner, at=request.now)},
    )
    return form_page(
        request,
        form,
        title=_("The bank's answer"),
        lead=_(
            "An executed payment pays its claim and books the money; a rejected one lets the claim wait again."
        ),
        back=found.get_absolute_url(),
        trail=payment_crumbs(_("Answer"), found),
        act=lambda _clean: actions.answer(
            payment_file_id=found.pk, answers=form.answers(), by=request.actor, at=request.now
        ),
        done=_("Booked."),
    )


def _page(request: Request, found: PaymentFile) -> dict[str, Any]:
    payments = queries.payments_in(found)
    answered_on = max((payment.answered_on for payment in payments if payment.answered_on), default=None)
    return {
        "file": found,
        "programme": found.partner.programme,
        "payments": payments,
        "steps": file_way(found, answered_on=answered_on),
        "next": next_of_file(found, actor=request.actor),
        "may_download": request.actor.may(P.CLAIM_PAY) and found.state in SENDABLE,
        "may_cancel": FILE_WORKFLOW.allows(FileMove.CANCEL, of=found, by=request.actor),
        "breadcrumbs": payment_crumbs(found.message_id),
    }
