"""The agreement on confidentiality: its texts, the paper of one introduction, and the release of what lies behind it."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.foundation.files.attachment import attachment
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.introductions import actions
from landbridge.introductions.agreement import kept_agreement
from landbridge.introductions.forms import AgreementTextForm, SignatureForm
from landbridge.introductions.models import Introduction, NdaPaper, NdaTemplate
from landbridge.introductions.standard_agreement import NAME, TEXT
from landbridge.introductions.views.page import crumbs_of, led_by, page, seen_by


@needs(P.INTRODUCTION_SEE)
@require_GET
def agreement(request: Request, pk: int) -> HttpResponseBase:
    """The agreement to sign, as PDF; there is none before both said yes, since it names both."""
    found = seen_by(request.actor, pk)
    _paper_of(found)
    return attachment(kept_agreement(found, at=request.now))


@needs(P.INTRODUCTION_SEE)
@require_GET
def agreement_signed(request: Request, pk: int) -> HttpResponseBase:
    """The agreement as both signed it."""
    paper = _paper_of(seen_by(request.actor, pk))
    if paper.file is None:
        raise Http404
    return attachment(paper.file)


@needs(P.INTRODUCTION_PROPOSE)
@require_POST
def agreement_need(request: Request, pk: int) -> HttpResponse:
    """Say whether an agreement is needed."""
    found, is_needed = led_by(request.actor, pk), request.POST.get("needed") == "yes"
    return button_pressed(
        request,
        lambda: actions.require_agreement(
            introduction_id=found.pk, is_needed=is_needed, by=request.actor, at=request.now
        ),
        done=_("An agreement is needed now.") if is_needed else _("No agreement is needed any more."),
        refused=lambda problems: page(request, pk, problems=problems),
    )


@needs(P.INTRODUCTION_PROPOSE)
@require_POST
def agreement_sending(request: Request, pk: int) -> HttpResponse:
    """Send the agreement to both sides."""
    found = led_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.send_agreement(introduction_id=found.pk, by=request.actor, at=request.now),
        done=_("Both sides have a letter that leads to the agreement."),
        refused=lambda problems: page(request, pk, problems=problems),
    )


@needs(P.INTRODUCTION_PROPOSE)
def agreement_signature(request: Request, pk: int) -> HttpResponse:
    """Upload the agreement as both signed it."""
    found = led_by(request.actor, pk)
    form = SignatureForm(posted(request), request.FILES if request.method == "POST" else None)
    return form_page(
        request,
        form,
        act=lambda: actions.sign_agreement(
            introduction_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Upload the signed agreement"),
        lead=_("One file with both signatures. From then on you can release the confidential text."),
        save=_("Keep it"),
        done=_("Kept."),
        crumbs=crumbs_of(found),
    )


@needs(P.INTRODUCTION_PROPOSE)
@require_POST
def release(request: Request, pk: int) -> HttpResponse:
    """Let the provider read the confidential text."""
    found = led_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.release(introduction_id=found.pk, by=request.actor, at=request.now),
        done=_("The provider can read the question in full now."),
        refused=lambda problems: page(request, pk, problems=problems),
    )


@needs(P.INTRODUCTION_RULES)
@require_GET
def templates(request: Request) -> HttpResponse:
    """The versions of the network's agreement, the newest first."""
    rows = NdaTemplate.objects.order_by("-holds_from", "-pk")
    crumbs = [Crumb(_("Introductions"), reverse("introductions:introductions")), Crumb(_("Agreements"))]
    context = {"page": page_of(request, rows), "breadcrumbs": crumbs}
    return render(request, "introductions/templates.html", context)


@needs(P.INTRODUCTION_RULES)
def template_new(request: Request) -> HttpResponse:
    """Add a version of the agreement, beginning with the newest text."""
    newest = NdaTemplate.objects.order_by("-holds_from", "-pk").first()
    initial = {"name": newest.name if newest else NAME, "text": newest.text if newest else TEXT}
    form = AgreementTextForm(posted(request), initial={**initial, "holds_from": request.now.date()})
    return form_page(
        request,
        form,
        act=lambda: actions.add_template(**form.cleaned_data, by=request.actor, at=request.now),
        title=_("A new version of the agreement"),
        lead=_("Agreements that were sent keep the version they were sent with."),
        save=_("Add it"),
        done=_("Added."),
        to=reverse("introductions:templates"),
        crumbs=[
            Crumb(_("Introductions"), reverse("introductions:introductions")),
            Crumb(_("Agreements"), reverse("introductions:templates")),
        ],
    )


def _paper_of(found: Introduction) -> NdaPaper:
    """Its paper; 404 where there is none, or not both have said yes."""
    paper = NdaPaper.objects.filter(introduction=found).select_related("template", "drawn", "file").first()
    if paper is None or not found.names_are_open:
        raise Http404
    return paper
