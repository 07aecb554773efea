"""Pages of the summary: written by the desk, approved or sent back by the company."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.enquiries import actions, queries
from landbridge.enquiries.forms import HowForm, RemarkForm, SummaryForm
from landbridge.enquiries.models import Enquiry, Summary
from landbridge.enquiries.views.enquiry import page
from landbridge.enquiries.views.shared import crumbs_of, seen_by
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P


@needs(P.ENQUIRY_WORK)
def summary(request: Request, pk: int) -> HttpResponse:
    """Write the next version, beginning from the one before."""
    found = seen_by(request.actor, pk)
    newest = queries.newest_summary(found)
    initial = {"title": newest.title, "text": newest.text} if newest else {}
    form = SummaryForm(posted(request), initial=initial)
    return form_page(
        request,
        form,
        act=lambda: actions.write_summary(
            enquiry_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Write the summary"),
        save=_("Send it to the company for approval"),
        done=_("The company was asked to approve it."),
        to=found.get_absolute_url(),
        crumbs=crumbs_of(found),
        template="enquiries/summary.html",
        enquiry=found,
        newest=newest,
    )


@needs(P.ENQUIRY_APPROVE)
@require_POST
def approval(request: Request, pk: int) -> HttpResponse:
    """The company agrees that these words leave the region."""
    found, enquiry = _summary(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.approve_summary(summary_id=found.pk, by=request.actor, at=request.now),
        done=_("Approved. Your desk goes on with exactly these words."),
        to=enquiry.get_absolute_url(),
        refused=lambda problems: page(request, enquiry.pk, problems=problems),
    )


@needs(P.ENQUIRY_APPROVE)
def sending_back(request: Request, pk: int) -> HttpResponse:
    """The company wants other words."""
    found, enquiry = _summary(request.actor, pk)
    form = RemarkForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.send_back_summary(
            summary_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Ask for other words"),
        done=_("Your desk was told. Nothing leaves meanwhile."),
        to=enquiry.get_absolute_url(),
        crumbs=crumbs_of(enquiry),
    )


@needs(P.ENQUIRY_WORK)
def noted_approval(request: Request, pk: int) -> HttpResponse:
    """A company without an account approved by telephone or e-mail."""
    found, enquiry = _summary(request.actor, pk)
    form = HowForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.note_approval(
            summary_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Note the approval"),
        lead=_("Only where nobody at the company has an account. It gets a letter with the approved words."),
        to=enquiry.get_absolute_url(),
        crumbs=crumbs_of(enquiry),
    )


def _summary(actor: Actor, pk: int) -> tuple[Summary, Enquiry]:
    """The version and its enquiry, for whoever sees the enquiry."""
    rows = Summary.objects.filter(enquiry__in=Enquiry.objects.visible_to(actor).values("pk"))
    found = get_object_or_404(rows, pk=pk)
    return found, seen_by(actor, found.enquiry_id)
