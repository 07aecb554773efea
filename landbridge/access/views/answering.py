"""The desk's check, the facility's answers, and the company's yes to a quote."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.access import actions, rules
from landbridge.access.forms import FeasibilityForm, QuoteForm
from landbridge.access.views.shared import crumbs_of, request_page, seen_by
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.forms import ReasonForm

USUAL_DAYS = 30  # a quote holds so long unless the facility says otherwise


@needs(P.ACCESS_CHECK)
@require_POST
def eligibility(request: Request, pk: int) -> HttpResponse:
    """The desk finds it eligible."""
    found = seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.find_eligible(request_id=found.pk, by=request.actor, at=request.now),
        done=_("Eligible. The facility was told."),
        refused=lambda problems: request_page(request, pk, problems=problems),
    )


@needs(P.ACCESS_CHECK)
def return_(request: Request, pk: int) -> HttpResponse:
    """The desk hands it back to be corrected."""
    found = seen_by(request.actor, pk)
    form = ReasonForm(posted(request), longest=rules.LONGEST_REASON, read_by=_("The company reads it."))
    return form_page(
        request,
        form,
        act=lambda: actions.return_for_correction(
            request_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Return for correction"),
        lead=_("The company corrects it and hands it in again; meanwhile the facility does not see it."),
        done=_("Returned. The company was told."),
        crumbs=crumbs_of(found),
    )


@needs(P.ACCESS_CHECK)
def refusal(request: Request, pk: int) -> HttpResponse:
    """The desk declines it."""
    found = seen_by(request.actor, pk)
    form = ReasonForm(posted(request), longest=rules.LONGEST_REASON, read_by=_("The company reads it."))
    return form_page(
        request,
        form,
        act=lambda: actions.decline(
            request_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Decline the request"),
        lead=_("The company is not eligible. This cannot be undone."),
        done=_("Declined. The company was told."),
        crumbs=crumbs_of(found),
        is_final=True,
    )


@needs(P.ACCESS_ANSWER)
def feasibility(request: Request, pk: int) -> HttpResponse:
    """The facility says whether it can do the work."""
    found, form = seen_by(request.actor, pk), FeasibilityForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.answer_feasibility(
            request_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Is it feasible?"),
        lead=found.purpose,
        save=_("Answer"),
        done=_("Answered. The company was told."),
        crumbs=crumbs_of(found),
    )


@needs(P.ACCESS_ANSWER)
def quote(request: Request, pk: int) -> HttpResponse:
    """The facility says what it costs; a newer quote replaces the one before."""
    found = seen_by(request.actor, pk)
    until = (request.now + timedelta(days=USUAL_DAYS)).date()
    form = QuoteForm(posted(request), initial={"holds_until": until})
    return form_page(
        request,
        form,
        act=lambda: actions.quote(request_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("Send a quote"),
        lead=_("The company reads it at once, and can accept it while it holds."),
        done=_("Sent. The company was told."),
        crumbs=crumbs_of(found),
    )


@needs(P.ACCESS_REQUEST)
@require_POST
def acceptance(request: Request, pk: int, quote_pk: int) -> HttpResponse:
    """The company accepts the quote that it read."""
    found = seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.accept(request_id=found.pk, quote_id=quote_pk, by=request.actor, at=request.now),
        done=_("Accepted. The facility was told."),
        refused=lambda problems: request_page(request, pk, problems=problems),
    )
