"""Stepping back, handing back, declining: each with a page that says what it means before it is done."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from landbridge.applications import actions
from landbridge.applications.rules.decisions import LONGEST_REASON
from landbridge.applications.states import WORKFLOW, M
from landbridge.applications.views.shared import crumbs_of, seen_by
from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.formatting import moment
from landbridge.foundation.ui.forms import Form, ReasonForm


@needs(P.APPLICATION_WITHDRAW)
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """Step back from an application for good."""
    found = seen_by(request.actor, pk)
    return form_page(
        request,
        Form(posted(request)),
        act=lambda: actions.withdraw(application_id=found.pk, by=request.actor, at=request.now),
        done=_("The application is withdrawn."),
        title=_("Withdrawal"),
        crumbs=crumbs_of(found),
        template="applications/withdrawal.html",
        application=found,
        is_possible=WORKFLOW.allows(M.WITHDRAW, of=found, by=request.actor),
    )


@needs(P.APPLICATION_RETURN)
def return_(request: Request, pk: int) -> HttpResponse:
    """Hand an application back while it can still be corrected."""
    found, form = seen_by(request.actor, pk), _reason(request)
    return form_page(
        request,
        form,
        act=lambda: actions.return_for_correction(
            application_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        done=_("The application is a draft again; its writers were told what to correct."),
        title=_("Return for correction"),
        save=_("Return it"),
        lead=_(
            "It becomes a draft again and keeps its number. Say what is wrong and how to cure it; it can be handed in "
            "again until the call closes: %(moment)s."
        )
        % {"moment": moment(found.call.closes_at, zone=found.call.time_zone)},
        crumbs=crumbs_of(found),
        programme=found.call.phase.programme,
    )


@needs(P.APPLICATION_DECIDE)
def rejection(request: Request, pk: int) -> HttpResponse:
    """Decline with a reason."""
    found, form = seen_by(request.actor, pk), _reason(request)
    return form_page(
        request,
        form,
        act=lambda: actions.reject(
            application_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        done=_("Decided. The applicant, the provider and the desk were told the reason."),
        title=_("Do not award a voucher"),
        save=_("Do not award"),
        lead=_(
            "%(company)s, its provider and its desk get this decision with its reason. It is final and stays on "
            "record with your name."
        )
        % {"company": found.applicant.name},
        crumbs=crumbs_of(found),
        programme=found.call.phase.programme,
        is_final=True,
    )


def _reason(request: Request) -> ReasonForm:
    read_by = _("The applicant and the provider read it in their letter.")
    return ReasonForm(posted(request), longest=LONGEST_REASON, read_by=read_by)
