"""Messages, their files, and private notes."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.enquiries import actions
from landbridge.enquiries.forms import MessageForm, NoteForm
from landbridge.enquiries.models import Message
from landbridge.enquiries.views.shared import crumbs_of, seen_by
from landbridge.foundation.files.attachment import attachment
from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role


@needs(P.ENQUIRY_ASK)
def messages(request: Request, pk: int) -> HttpResponse:
    """Write to the other side."""
    found = seen_by(request.actor, pk)
    form = MessageForm(posted(request), request.FILES if request.method == "POST" else None)
    is_company = request.actor.role is Role.SME
    return form_page(
        request,
        form,
        act=lambda: actions.write_message(
            enquiry_id=found.pk,
            text=form.cleaned_data["text"],
            files=[form.cleaned_data["file"]] if form.cleaned_data["file"] else [],
            answers_id=form.cleaned_data["answers"],
            by=request.actor,
            at=request.now,
        ),
        title=_("Write to the desk") if is_company else _("Write to the company"),
        save=_("Send"),
        done=_("Sent. The other side gets a letter."),
        to=f"{found.get_absolute_url()}#messages",
        crumbs=crumbs_of(found),
        eyebrow=found.title,
    )


@needs(P.ENQUIRY_WORK)
def notes(request: Request, pk: int) -> HttpResponse:
    """Write a private note."""
    found, form = seen_by(request.actor, pk), NoteForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.write_note(
            enquiry_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Write a private note"),
        save=_("Keep the note"),
        done=_("Kept."),
        to=f"{found.get_absolute_url()}#notes",
        crumbs=crumbs_of(found),
        eyebrow=found.title,
    )


@needs(P.ENQUIRY_SEE)
@require_GET
def file(request: Request, pk: int, file_pk: int) -> HttpResponseBase:
    """A file that came with a message."""
    message = get_object_or_404(Message.objects.visible_to(request.actor), pk=pk)
    return attachment(get_object_or_404(message.files, pk=file_pk))
