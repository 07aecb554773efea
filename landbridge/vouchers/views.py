"""Pages of vouchers: the list, one voucher, its award, its letter, and each way in which it changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.applications import queries as applications
from landbridge.applications import rules as application_rules
from landbridge.applications.models import Application
from landbridge.foundation.files.attachment import attachment
from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Refused
from landbridge.foundation.ui.forms import Form
from landbridge.foundation.ui.parts import Crumb
from landbridge.vouchers import actions, queries, rules
from landbridge.vouchers.forms import AwardForm, ExtensionForm, Filters, ReasonForm
from landbridge.vouchers.letter import kept_letter
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.states import WORKFLOW, M
from landbridge.vouchers.steps import next_step, way

PAGE_SIZE = 50


@needs(P.VOUCHER_SEE)
@require_GET
def vouchers(request: Request) -> HttpResponse:
    """The vouchers that this hat sees, the newest first."""
    filters = Filters(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    rows = queries.listed(
        Voucher.objects.visible_to(request.actor), state=chosen.get("state", ""), text=chosen.get("text", "")
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "vouchers/vouchers.html",
        {"page": page, "filters": filters, "is_filtered": any(chosen.values())},
    )


@needs(P.VOUCHER_SEE)
def voucher(request: Request, pk: int) -> HttpResponse:
    """Where it stands, what it holds, and what comes next."""
    return render(request, "vouchers/voucher.html", _page(request, _seen_by(request.actor, pk)))


@needs(P.APPLICATION_DECIDE)
def award(request: Request, application_pk: int) -> HttpResponse:
    """Award a voucher for an application, with what the paying partner has left beside it."""
    rows = Application.objects.visible_to(request.actor).select_related(
        "offer__incentive", "applicant", "provider", "partner", "call__phase__programme"
    )
    application = get_object_or_404(rows, pk=application_pk)
    chance = queries.chance_of(application)
    form = AwardForm(request.POST if request.method == "POST" else None, most=chance.most)
    if request.method == "POST" and form.is_valid():
        try:
            awarded = once(
                request,
                lambda: actions.award(
                    application_id=application.pk,
                    amount=form.cleaned_data["amount_eur"],
                    reason=form.cleaned_data["reason"],
                    by=request.actor,
                    at=request.now,
                ),
            )
            messages.success(request, _("Awarded. The company was told; the money is committed."))
            return redirect(awarded)
        except Refused as refused:
            form.refuse(refused)
    parties = frozenset({application.applicant_id, application.provider_id or 0})
    context = {
        "application": application,
        "programme": application.call.phase.programme,
        "chance": chance,
        "conflicts": list(
            application_rules.problems_with_decider(
                belongs_to=applications.organisations_of_person(request.actor.person_id), parties=parties
            )
        ),
        "hints": list(application_rules.hints_about(applications.facts_of(application, by=request.actor))),
        "form": form,
        "breadcrumbs": [
            Crumb(_("Applications"), reverse("applications:applications")),
            Crumb(str(application), application.get_absolute_url()),
            Crumb(_("Award")),
        ],
    }
    return render(request, "vouchers/award.html", context, status=form.http_status)


@needs(P.VOUCHER_SEE)
@require_GET
def letter(request: Request, pk: int) -> HttpResponseBase:
    """The award letter as PDF; drawn now if its first reader comes before it was kept."""
    return attachment(kept_letter(_seen_by(request.actor, pk), at=request.now))


@needs(P.VOUCHER_ACCEPT)
@require_POST
def acceptance(request: Request, pk: int) -> HttpResponse:
    """The company accepts its voucher."""
    found = _seen_by(request.actor, pk)
    try:
        once(request, lambda: actions.accept(voucher_id=found.pk, by=request.actor, at=request.now))
    except Refused as refused:
        context = _page(request, _seen_by(request.actor, pk)) | {"problems": refused.problems}
        return render(request, "vouchers/voucher.html", context, status=409)
    messages.success(request, _("The voucher is yours to use."))
    return redirect(found)


@needs(P.VOUCHER_ACCEPT)
def refusal(request: Request, pk: int) -> HttpResponse:
    """The company does not want its voucher."""
    return _change(
        request,
        _seen_by(request.actor, pk),
        ReasonForm(_posted(request)),
        title=_("Decline the voucher"),
        lead=_(
            "The money goes back to your region's partner and helps another company. This cannot be undone."
        ),
        act=lambda found, clean: actions.decline(
            voucher_id=found.pk, reason=clean["reason"], by=request.actor, at=request.now
        ),
    )


@needs(P.VOUCHER_EXTEND)
def extension(request: Request, pk: int) -> HttpResponse:
    """Give the company more time, once."""
    found = _seen_by(request.actor, pk)
    latest = rules.months_later(found.valid_until, found.application.offer.extension_months)
    return _change(
        request,
        found,
        ExtensionForm(_posted(request), initial={"valid_until": latest}),
        title=_("Extend the voucher"),
        lead=_("A voucher is extended once, before its end, by as many months as its incentive allows."),
        act=lambda found, clean: actions.extend(
            voucher_id=found.pk,
            until=clean["valid_until"],
            began_on=clean["began_on"],
            reason=clean["reason"],
            by=request.actor,
            at=request.now,
        ),
    )


def _change(
    request: Request,
    found: Voucher,
    form: Form,
    *,
    title: str,
    lead: str,
    act: Callable[[Voucher, dict[str, Any]], Voucher],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(request, lambda: act(found, form.cleaned_data)))
        except Refused as refused:
            form.refuse(refused)
    context = {
        "voucher": found,
        "programme": found.application.call.phase.programme,
        "form": form,
        "heading": title,
        "lead": lead,
        "breadcrumbs": _crumbs(found, title),
    }
    return render(request, "vouchers/change.html", context, status=form.http_status)


def _page(request: Request, found: Voucher) -> dict[str, Any]:
    actor = request.actor
    extension = queries.extension_of(found)
    return {
        "voucher": found,
        "application": found.application,
        "programme": found.application.call.phase.programme,
        "breadcrumbs": _crumbs(found),
        "holdings": queries.holdings(found),
        "extension": extension,
        "claim_until": queries.claimable_until(found),
        "steps": way(found),
        "next": next_step(found, actor=actor, today=queries.today_for(found, at=request.now)),
        "may": {
            "decline": WORKFLOW.allows(M.DECLINE, of=found, by=actor),
            "extend": WORKFLOW.allows(M.EXTEND, of=found, by=actor) and extension is None,
            "close": WORKFLOW.allows(M.CLOSE, of=found, by=actor),
            "see_line": actor.may(P.BUDGET_SEE),
            "see_claims": actor.may(P.CLAIM_SEE),
        },
        "sees_history": actor.may(P.AUDIT_SEE) or actor.may(P.VOUCHER_ACCEPT),
    }


def _seen_by(actor: Actor, pk: int) -> Voucher:
    rows = Voucher.objects.visible_to(actor).select_related(
        "line",
        "letter",
        "application__offer",
        "application__partner",
        "application__applicant__region",
        "application__provider__region",
        "application__call__phase__programme",
    )
    return get_object_or_404(rows, pk=pk)


def _crumbs(found: Voucher, here: str = "") -> list[Crumb]:
    trail = [Crumb(_("Vouchers"), reverse("vouchers:vouchers"))]
    if not here:
        return [*trail, Crumb(found.number)]
    return [*trail, Crumb(found.number, found.get_absolute_url()), Crumb(here)]


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None
