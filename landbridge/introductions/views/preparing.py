"""What the leading desk does: prepare, write the texts, ask both, take it back, write down what came of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.catalogue.models import Record
from landbridge.enquiries.models import Enquiry
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.parts import Crumb
from landbridge.introductions import actions, queries, rules
from landbridge.introductions.forms import OutcomeForm, PreparationForm, TextsForm
from landbridge.introductions.views.page import crumbs_of, led_by, page


@needs(P.INTRODUCTION_PROPOSE)
def preparation(request: Request, enquiry_pk: int, record_pk: int) -> HttpResponse:
    """Bring an enquiry and an offer together; nobody is asked yet."""
    enquiry = get_object_or_404(Enquiry.objects.visible_to(request.actor), pk=enquiry_pk)
    record = get_object_or_404(
        Record.objects.visible_to(request.actor).select_related("region"), pk=record_pk
    )
    form = PreparationForm(posted(request), initial=queries.first_draft(enquiry, record))
    return form_page(
        request,
        form,
        act=lambda: actions.prepare(
            enquiry_id=enquiry.pk, record_id=record.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Prepare an introduction"),
        lead=_(
            "Write what each side may read before both said yes. You see both letters before anybody is asked."
        ),
        save=_("Save and check"),
        template="introductions/texts.html",
        crumbs=[
            Crumb(_("Introductions"), reverse("introductions:introductions")),
            Crumb(enquiry.number, reverse("introductions:of_enquiry", args=[enquiry.pk])),
        ],
        eyebrow=f"{enquiry.number} · {record.name}",
    )


@needs(P.INTRODUCTION_PROPOSE)
def texts(request: Request, pk: int) -> HttpResponse:
    """Write again what each side will read."""
    found = led_by(request.actor, pk)
    names = ("title", "shown_to_company", "shown_to_provider")
    form = TextsForm(posted(request), initial={name: getattr(found, name) for name in names})
    return form_page(
        request,
        form,
        act=lambda: actions.save(
            introduction_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("What each side will read"),
        lead=_(
            "No name, address, number or link of the other side. What is found is shown on the next page."
        ),
        save=_("Save and check"),
        template="introductions/texts.html",
        findings=queries.problems_of(found),
        crumbs=crumbs_of(found),
    )


@needs(P.INTRODUCTION_PROPOSE)
@require_POST
def question(request: Request, pk: int) -> HttpResponse:
    """Ask both sides."""
    found = led_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.ask(introduction_id=found.pk, by=request.actor, at=request.now),
        done=_("Both sides are asked."),
        refused=lambda problems: page(request, pk, problems=problems),
    )


@needs(P.INTRODUCTION_PROPOSE)
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """Take an introduction back."""
    found = led_by(request.actor, pk)
    form = ReasonForm(
        posted(request),
        longest=rules.LONGEST_REASON,
        read_by=_("Only desks read it; the sides learn no reason."),
    )
    return form_page(
        request,
        form,
        act=lambda: actions.withdraw(
            introduction_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Withdraw the introduction"),
        lead=_("Whoever was asked is told that it came to nothing. This cannot be undone."),
        done=_("Withdrawn."),
        crumbs=crumbs_of(found),
        is_final=True,
    )


@needs(P.INTRODUCTION_PROPOSE)
def outcome(request: Request, pk: int) -> HttpResponse:
    """Write down what came of it."""
    found, form = led_by(request.actor, pk), OutcomeForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.report(
            introduction_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("What came of it"),
        lead=_("Ask both sides. The enquiry's outcome is known with it."),
        save=_("Write it down"),
        done=_("Written down."),
        crumbs=crumbs_of(found),
    )
