"""The payments' pages: a file for the bank, its release by a second person, the bank's answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.claims import actions, queries, rules
from landbridge.claims.forms import AnswerForm, PaymentFileForm
from landbridge.claims.models import PaymentFile
from landbridge.claims.states import FILE_WORKFLOW, FileMove, FileState
from landbridge.claims.steps import file_way, next_of_file
from landbridge.claims.views.shared import file_seen_by, payment_crumbs
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.programmes.models import Partner

SENDABLE = (FileState.RELEASED, FileState.ANSWERED)


@needs(P.BUDGET_SEE)
@require_GET
def payment_files(request: Request) -> HttpResponse:
    """The payment files that this hat sees, the newest first."""
    rows = PaymentFile.objects.visible_to(request.actor).select_related("partner").order_by("-made_at", "-pk")
    context = {
        "page": page_of(request, rows),
        "may_pay": request.actor.may(P.CLAIM_PAY),
        "breadcrumbs": payment_crumbs(),
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
        crumbs=payment_crumbs(),
        act=lambda: actions.make_payment_file(
            partner_id=partner_id,
            claim_ids=[int(pk) for pk in form.cleaned_data["claims"]],
            execute_on=form.cleaned_data["execute_on"],
            by=request.actor,
            at=request.now,
        ),
        done=_("The payment file is made. A second person releases it."),
        template="claims/payment_file_new.html",
        ready=ready,
    )


@needs(P.BUDGET_SEE)
@require_GET
def payment_file(request: Request, pk: int) -> HttpResponse:
    """Who is paid how much on which account, and where the file stands."""
    return _page(request, file_seen_by(request.actor, pk))


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
    return button_pressed(
        request,
        lambda: actions.release(payment_file_id=found.pk, by=request.actor, at=request.now),
        done=_("Released. Send the file to the bank."),
        refused=lambda problems: _page(request, found, refused=problems),
    )


@needs(P.CLAIM_PAY)
def payment_cancellation(request: Request, pk: int) -> HttpResponse:
    """Take a file back that was not released."""
    found, form = file_seen_by(request.actor, pk), ReasonForm(posted(request), longest=rules.LONGEST_REASON)
    return form_page(
        request,
        form,
        title=_("Cancel the payment file"),
        lead=_("Its claims wait for another file."),
        crumbs=payment_crumbs(found),
        act=lambda: actions.cancel(
            payment_file_id=found.pk, reason=form.cleaned_data["reason"], by=request.actor, at=request.now
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
        crumbs=payment_crumbs(found),
        act=lambda: actions.answer(
            payment_file_id=found.pk, answers=form.answers(), by=request.actor, at=request.now
        ),
        done=_("Booked."),
    )


def _page(request: Request, found: PaymentFile, *, refused: Sequence[Problem] = ()) -> HttpResponse:
    payments = queries.payments_in(found)
    answered_on = max((payment.answered_on for payment in payments if payment.answered_on), default=None)
    context = {
        "file": found,
        "programme": found.partner.programme,
        "payments": payments,
        "steps": file_way(found, answered_on=answered_on),
        "next": next_of_file(found, actor=request.actor),
        "may_download": request.actor.may(P.CLAIM_PAY) and found.state in SENDABLE,
        "may_cancel": FILE_WORKFLOW.allows(FileMove.CANCEL, of=found, by=request.actor),
        "breadcrumbs": [*payment_crumbs(), Crumb(found.message_id)],
        "refused": refused,
    }
    return render(request, "claims/payment_file.html", context, status=409 if refused else 200)
