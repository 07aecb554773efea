"""Feedback of both sides, complaints, and the office's answers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from landbridge.access import actions
from landbridge.access.forms import FeedbackForm, LongTextForm
from landbridge.access.models import Complaint
from landbridge.access.views.shared import crumbs_of, seen_by
from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P


@needs(P.ACCESS_JUDGE)
def feedback(request: Request, pk: int) -> HttpResponse:
    """One side says what it thinks of the work."""
    found, form = seen_by(request.actor, pk), FeedbackForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.give_feedback(
            request_id=found.pk,
            rating=int(form.cleaned_data["rating"]),
            text=form.cleaned_data["text"],
            by=request.actor,
            at=request.now,
        ),
        title=_("How was it?"),
        save=_("Send"),
        done=_("Thank you. The other side reads it once both have spoken."),
        crumbs=crumbs_of(found),
    )


@needs(P.ACCESS_JUDGE)
def complaint(request: Request, pk: int) -> HttpResponse:
    """One side complains to the programme office."""
    found = seen_by(request.actor, pk)
    form = LongTextForm(
        posted(request),
        name="text",
        label=_("What went wrong?"),
        read_by=_(
            "The programme office reads it and hears both sides. The other side does not see this text."
        ),
    )
    return form_page(
        request,
        form,
        act=lambda: actions.complain(
            request_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Complain"),
        save=_("Send the complaint"),
        done=_("Sent. The programme office answers you."),
        crumbs=crumbs_of(found),
    )


@needs(P.ACCESS_RULES)
def complaint_answer(request: Request, complaint_pk: int) -> HttpResponse:
    """The office answers a complaint."""
    one = get_object_or_404(Complaint, pk=complaint_pk)
    found = seen_by(request.actor, one.request_id)
    form = LongTextForm(
        posted(request), name="answer", label=_("Your answer"), read_by=_("Whoever complained reads it.")
    )
    return form_page(
        request,
        form,
        act=lambda: actions.answer_complaint(
            complaint_id=one.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Answer the complaint"),
        lead=one.text,
        done=_("Answered."),
        crumbs=crumbs_of(found),
    )
