"""The agreement and what follows from it: its papers, the work, its end."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.access import actions, queries, rules
from landbridge.access.agreement import kept_agreement
from landbridge.access.forms import AgreementForm
from landbridge.access.views.shared import crumbs_of, request_page, seen_by
from landbridge.foundation.files.attachment import attachment
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.forms import ReasonForm


@needs(P.ACCESS_ANSWER)
def agreement(request: Request, pk: int) -> HttpResponse:
    """The facility enters the days and the contract."""
    found = seen_by(request.actor, pk)
    held = queries.held_days(found)
    initial = {"starts_on": held[0][0], "ends_on": held[-1][1]} if held else {}
    files = request.FILES if request.method == "POST" else None
    form = AgreementForm(posted(request), files, initial=initial)
    return form_page(
        request,
        form,
        act=lambda: actions.agree(request_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("Enter the agreement"),
        lead=_("The days on which the work is done, and the contract that both sides signed."),
        done=_("Agreed. Both sides were told."),
        crumbs=crumbs_of(found),
    )


@needs(P.ACCESS_SEE)
@require_GET
def summary(request: Request, pk: int) -> HttpResponseBase:
    """The summary of the agreement as PDF; drawn now if its first reader comes before it was kept."""
    found = seen_by(request.actor, pk)
    if found.agreed_at is None:
        raise Http404
    return attachment(kept_agreement(found, at=request.now))


@needs(P.ACCESS_SEE)
@require_GET
def contract(request: Request, pk: int) -> HttpResponseBase:
    """The contract as it was signed."""
    found = seen_by(request.actor, pk)
    if found.contract is None:
        raise Http404
    return attachment(found.contract)


@needs(P.ACCESS_ANSWER)
@require_POST
def beginning(request: Request, pk: int) -> HttpResponse:
    """The work has begun."""
    found = seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.begin(request_id=found.pk, by=request.actor, at=request.now),
        done=_("Begun. The company was told."),
        refused=lambda problems: request_page(request, pk, problems=problems),
    )


@needs(P.ACCESS_ANSWER)
@require_POST
def delivery(request: Request, pk: int) -> HttpResponse:
    """The work is done."""
    found = seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.deliver(request_id=found.pk, by=request.actor, at=request.now),
        done=_("Delivered. Both sides are asked what they think of it."),
        refused=lambda problems: request_page(request, pk, problems=problems),
    )


@needs(P.ACCESS_END)
@require_POST
def closing(request: Request, pk: int) -> HttpResponse:
    """Close what was delivered."""
    found = seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.close(request_id=found.pk, by=request.actor, at=request.now),
        done=_("Closed."),
        refused=lambda problems: request_page(request, pk, problems=problems),
    )


@needs(P.ACCESS_END)
def cancellation(request: Request, pk: int) -> HttpResponse:
    """End what was agreed before it is delivered."""
    found = seen_by(request.actor, pk)
    form = ReasonForm(posted(request), longest=rules.LONGEST_REASON, read_by=_("Both sides read it."))
    return form_page(
        request,
        form,
        act=lambda: actions.cancel(
            request_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Cancel the agreement"),
        lead=_("This cannot be undone. Slots that lie ahead are free for others."),
        done=_("Cancelled. Both sides were told."),
        crumbs=crumbs_of(found),
        is_final=True,
    )
