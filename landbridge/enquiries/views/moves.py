"""Every move of an enquiry: buttons where nothing is asked, forms where a reason or a day belongs to it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.enquiries import actions, rules
from landbridge.enquiries.forms import CloseForm, HoldForm, OutcomeForm
from landbridge.enquiries.models import Enquiry
from landbridge.enquiries.views.enquiry import page
from landbridge.enquiries.views.shared import crumbs_of, seen_by
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.forms import ReasonForm


@needs(P.ENQUIRY_WORK)
@require_POST
def acknowledgement(request: Request, pk: int) -> HttpResponse:
    """The desk has read it."""
    return _pressed(
        request, pk, actions.acknowledge, done=_("Acknowledged. The company was told who works on it.")
    )


@needs(P.ENQUIRY_WORK)
@require_POST
def analysis(request: Request, pk: int) -> HttpResponse:
    """It needs to be analysed with the company."""
    return _pressed(request, pk, actions.analyse, done=_("The analysis has begun."))


@needs(P.ENQUIRY_WORK)
@require_POST
def readiness(request: Request, pk: int) -> HttpResponse:
    """The need is defined and may leave in the words that the company approved."""
    return _pressed(request, pk, actions.make_ready, done=_("It is ready to search."))


@needs(P.ENQUIRY_WORK)
@require_POST
def searching(request: Request, pk: int) -> HttpResponse:
    """The search begins, or begins again."""
    return _pressed(request, pk, actions.search, done=_("The search has begun. The company was told."))


@needs(P.ENQUIRY_WORK)
@require_POST
def resumption(request: Request, pk: int) -> HttpResponse:
    """It goes on where it stood."""
    return _pressed(request, pk, actions.resume, done=_("It goes on where it stood."))


@needs(P.ENQUIRY_WORK)
def outcome(request: Request, pk: int) -> HttpResponse:
    """What came of the introductions."""
    found, form = seen_by(request.actor, pk), OutcomeForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.report_outcome(
            enquiry_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Report the outcome"),
        crumbs=crumbs_of(found),
        eyebrow=found.title,
    )


@needs(P.ENQUIRY_WORK)
def closing(request: Request, pk: int) -> HttpResponse:
    """End it with what came of it."""
    found, form = seen_by(request.actor, pk), CloseForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.close(enquiry_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("Close the enquiry"),
        lead=_("The company gets a letter. It can be opened again where it stood."),
        done=_("Closed. The company was told."),
        crumbs=crumbs_of(found),
        eyebrow=found.title,
    )


@needs(P.ENQUIRY_WORK)
def declining(request: Request, pk: int) -> HttpResponse:
    """The network cannot help with this."""
    return _with_reason(
        request,
        pk,
        actions.decline,
        title=_("Decline the enquiry"),
        lead=_(
            "For a question that the network cannot help with. The company gets a letter with your reason."
        ),
    )


@needs(P.ENQUIRY_WORK)
def reopening(request: Request, pk: int) -> HttpResponse:
    """Take it up again where it stood."""
    return _with_reason(
        request,
        pk,
        actions.reopen,
        title=_("Open the enquiry again"),
        lead=_("It goes on where it stood when it ended, and its clock runs again."),
    )


@needs(P.ENQUIRY_WORK)
def holding(request: Request, pk: int) -> HttpResponse:
    """Let it wait until a day."""
    found, form = seen_by(request.actor, pk), HoldForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.hold(enquiry_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("Put the enquiry on hold"),
        lead=_("Its clocks stand still until then. The company gets a letter."),
        crumbs=crumbs_of(found),
        eyebrow=found.title,
    )


def _pressed(request: Request, pk: int, action: Callable[..., Enquiry], *, done: str) -> HttpResponse:
    found = seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: action(enquiry_id=found.pk, by=request.actor, at=request.now),
        done=done,
        refused=lambda problems: page(request, pk, problems=problems),
    )


def _with_reason(
    request: Request, pk: int, action: Callable[..., Enquiry], *, title: str, lead: str
) -> HttpResponse:
    found = seen_by(request.actor, pk)
    form = ReasonForm(posted(request), longest=rules.LONGEST_REASON, read_by=_("The company reads it."))
    return form_page(
        request,
        form,
        act=lambda: action(enquiry_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=title,
        lead=lead,
        crumbs=crumbs_of(found),
        eyebrow=found.title,
    )
