"""Pages of vouchers: the list, one voucher, its award, its letter, and each way in which it changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.applications import queries as applications
from landbridge.applications import rules as application_rules
from landbridge.applications.models import Application
from landbridge.foundation.files.attachment import attachment
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.formatting import money
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.vouchers import actions, queries, rules
from landbridge.vouchers.forms import AwardForm, ExtensionForm, VoucherFilters
from landbridge.vouchers.letter import kept_letter
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.states import WORKFLOW, M
from landbridge.vouchers.steps import next_step, way


@needs(P.VOUCHER_SEE)
@require_GET
def vouchers(request: Request) -> HttpResponse:
    """The vouchers that this hat sees, the newest first."""
    filters = VoucherFilters(request.GET)
    rows = queries.listed(Voucher.objects.visible_to(request.actor), **filters.chosen)
    return render(request, "vouchers/vouchers.html", {"page": page_of(request, rows), "filters": filters})


@needs(P.VOUCHER_SEE)
@require_GET
def voucher(request: Request, pk: int) -> HttpResponse:
    """Where it stands, what it holds, and what comes next."""
    return _page(request, pk)


@needs(P.APPLICATION_DECIDE)
def award(request: Request, application_pk: int) -> HttpResponse:
    """Award a voucher for an application, with what the paying partner has left beside it."""
    rows = Application.objects.visible_to(request.actor).select_related(
        "offer__incentive", "applicant", "provider", "partner", "call__phase__programme"
    )
    application = get_object_or_404(rows, pk=application_pk)
    chance = queries.chance_of(application)
    form = AwardForm(posted(request), most=chance.most)
    parties = frozenset({application.applicant_id, application.provider_id or 0})
    return form_page(
        request,
        form,
        act=lambda: actions.award(
            application_id=application.pk,
            amount=form.cleaned_data["amount_eur"],
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=request.now,
        ),
        done=_("Awarded. The company was told; the money is committed."),
        title=_("Award"),
        crumbs=[
            Crumb(_("Applications"), reverse("applications:applications")),
            Crumb(str(application), application.get_absolute_url()),
        ],
        template="vouchers/award.html",
        application=application,
        programme=application.call.phase.programme,
        chance=chance,
        conflicts=list(
            application_rules.problems_with_decider(
                belongs_to=applications.organisations_of_person(request.actor.person_id), parties=parties
            )
        ),
        hints=list(application_rules.hints_about(applications.facts_of(application, by=request.actor))),
    )


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
    return button_pressed(
        request,
        lambda: actions.accept(voucher_id=found.pk, by=request.actor, at=request.now),
        done=_("The voucher is yours to use."),
        refused=lambda problems: _page(request, pk, problems=problems),
    )


@needs(P.VOUCHER_ACCEPT)
def refusal(request: Request, pk: int) -> HttpResponse:
    """The company does not want its voucher."""
    found, form = _seen_by(request.actor, pk), ReasonForm(posted(request), longest=rules.LONGEST_REASON)
    return form_page(
        request,
        form,
        act=lambda: actions.decline(
            voucher_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Decline the voucher"),
        lead=_(
            "The money goes back to your region's partner and helps another company. This cannot be undone."
        ),
        **_frame(found),
    )


@needs(P.VOUCHER_EXTEND)
def extension(request: Request, pk: int) -> HttpResponse:
    """Give the company more time, once."""
    found = _seen_by(request.actor, pk)
    latest = rules.months_later(found.valid_until, found.application.offer.extension_months)
    form = ExtensionForm(posted(request), initial={"valid_until": latest})
    return form_page(
        request,
        form,
        act=lambda: actions.extend(
            voucher_id=found.pk,
            until=form.cleaned_data["valid_until"],
            began_on=form.cleaned_data["began_on"],
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=request.now,
        ),
        title=_("Extend the voucher"),
        lead=_("A voucher is extended once, before its end, by as many months as its incentive allows."),
        **_frame(found),
    )


def _frame(found: Voucher) -> dict[str, Any]:
    """What the form pages of a voucher say around their form."""
    return {
        "eyebrow": f"{found.number} · {money(found.amount_eur)}",
        "programme": found.application.call.phase.programme,
        "crumbs": [
            Crumb(_("Vouchers"), reverse("vouchers:vouchers")),
            Crumb(found.number, found.get_absolute_url()),
        ],
    }


def _page(request: Request, pk: int, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    found, actor = _seen_by(request.actor, pk), request.actor
    extension = queries.extension_of(found)
    context = {
        "voucher": found,
        "application": found.application,
        "programme": found.application.call.phase.programme,
        "breadcrumbs": [Crumb(_("Vouchers"), reverse("vouchers:vouchers")), Crumb(found.number)],
        "problems": problems,
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
    return render(request, "vouchers/voucher.html", context, status=409 if problems else 200)


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
