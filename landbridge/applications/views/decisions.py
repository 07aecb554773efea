"""Stepping back, handing back, declining: each with a page that says what it means before it is done."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from landbridge.applications import actions
from landbridge.applications.forms import ReasonForm
from landbridge.applications.models import Application
from landbridge.applications.states import WORKFLOW, M
from landbridge.applications.views.shared import crumbs, seen_by
from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem, Refused


@needs(P.APPLICATION_WITHDRAW)
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """Step back from an application for good."""
    found = seen_by(request.actor, pk)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            once(request, lambda: actions.withdraw(application_id=found.pk, by=request.actor, at=request.now))
            messages.success(request, _("The application is withdrawn."))
            return redirect(found)
        except Refused as refusal:
            problems = refusal.problems
    context = {
        "application": found,
        "problems": problems,
        "is_possible": WORKFLOW.allows(M.WITHDRAW, of=found, by=request.actor),
        "breadcrumbs": crumbs(found, _("Withdrawal")),
    }
    return render(request, "applications/withdrawal.html", context, status=409 if problems else 200)


@needs(P.APPLICATION_RETURN)
def return_(request: Request, pk: int) -> HttpResponse:
    """Hand an application back while it can still be corrected."""
    return _with_reason(
        request,
        seen_by(request.actor, pk),
        template="applications/return.html",
        here=_("Return for correction"),
        done=_("The application is a draft again; its writers were told what to correct."),
        act=lambda pk, reason: actions.return_for_correction(
            application_id=pk, reason=reason, by=request.actor, at=request.now
        ),
    )


@needs(P.APPLICATION_DECIDE)
def rejection(request: Request, pk: int) -> HttpResponse:
    """Decline with a reason."""
    return _with_reason(
        request,
        seen_by(request.actor, pk),
        template="applications/rejection.html",
        here=_("Decision"),
        done=_("Decided. The applicant, the provider and the desk were told the reason."),
        act=lambda pk, reason: actions.reject(
            application_id=pk, reason=reason, by=request.actor, at=request.now
        ),
    )


def _with_reason(
    request: Request,
    found: Application,
    *,
    template: str,
    here: str,
    done: str,
    act: Callable[[int, str], Model],
) -> HttpResponse:
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            once(request, lambda: act(found.pk, reason))
            messages.success(request, done)
            return redirect(found)
        except Refused as refusal:
            form.refuse(refusal)
    context = {
        "application": found,
        "programme": found.call.phase.programme,
        "form": form,
        "breadcrumbs": crumbs(found, here),
    }
    return render(request, template, context, status=form.http_status)
