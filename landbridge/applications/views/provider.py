"""The provider's part: being named, being shown the draft, saying yes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.applications import actions, queries
from landbridge.applications.actions import Contact, NewProvider
from landbridge.applications.forms import (
    ChosenProviderForm,
    ConfirmationForm,
    ContactForm,
    NewProviderForm,
    ProviderSearchForm,
)
from landbridge.applications.models import Application
from landbridge.applications.states import S
from landbridge.applications.views.shared import crumbs_of, seen_by, shown_answer
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem, Refused
from landbridge.foundation.ui.forms import Form
from landbridge.foundation.ui.parts import Crumb


@needs(P.APPLICATION_DRAFT)
def provider(request: Request, pk: int) -> HttpResponse:
    """Look for the provider and name one of those found."""
    found = seen_by(request.actor, pk)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        chosen = ChosenProviderForm(request.POST)
        organisation_id = chosen.cleaned_data["organisation_id"] if chosen.is_valid() else None
        try:
            return _named(request, found, organisation_id=organisation_id)
        except Refused as refusal:
            problems = refusal.problems
    context = {
        "new_form": NewProviderForm(),
        "contact_form": ContactForm() if _wants_contact(found) else None,
        "problems": problems,
    }
    return render(
        request,
        "applications/provider.html",
        _provider_page(request, found, **context),
        status=409 if problems else 200,
    )


@needs(P.APPLICATION_DRAFT)
@require_POST
def new_provider(request: Request, pk: int) -> HttpResponse:
    """Name an organisation that the network does not know yet; it is registered and its contact invited."""
    found = seen_by(request.actor, pk)
    form = NewProviderForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        contact = Contact(name=values["contact_name"], email=values["contact_email"])
        new = NewProvider(**{key: values[key] for key in ("name", "kind", "country", "postcode", "town")})
        try:
            return _named(request, found, new=new, contact=contact)
        except Refused as refusal:
            form.refuse(refusal)
    page = _provider_page(request, found, new_form=form)
    return render(request, "applications/provider.html", page, status=form.http_status)


@needs(P.APPLICATION_DRAFT)
@require_POST
def contact(request: Request, pk: int) -> HttpResponse:
    """Invite a contact at the provider that is named, while nobody speaks for it."""
    found = seen_by(request.actor, pk)
    form = ContactForm(request.POST)
    if form.is_valid():
        invited = Contact(name=form.cleaned_data["contact_name"], email=form.cleaned_data["contact_email"])
        try:
            return _named(request, found, organisation_id=found.provider_id, contact=invited)
        except Refused as refusal:
            form.refuse(refusal)
    page = _provider_page(request, found, new_form=NewProviderForm(), contact_form=form)
    return render(request, "applications/provider.html", page, status=form.http_status)


@needs(P.APPLICATION_DRAFT)
@require_POST
def sharing(request: Request, pk: int) -> HttpResponse:
    """Show the draft to the provider."""
    found = seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.share(application_id=found.pk, by=request.actor, at=request.now),
        done=_("The draft is shared. The provider's people can read it and write on it."),
        refused=lambda problems: render(
            request,
            "applications/provider.html",
            _provider_page(request, found, new_form=NewProviderForm(), problems=problems),
            status=409,
        ),
    )


@needs(P.APPLICATION_CONFIRM)
def confirmation(request: Request, pk: int) -> HttpResponse:
    """The whole text as it would be handed in, and the provider's yes to exactly this text."""
    found = seen_by(request.actor, pk)
    form = ConfirmationForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.confirm(
            application_id=found.pk,
            content_hash=form.cleaned_data["content_hash"],
            by=request.actor,
            at=request.now,
        ),
        done=_("Thank you: you have confirmed this text."),
        title=_("Confirmation"),
        crumbs=crumbs_of(found),
        template="applications/confirmation.html",
        application=found,
        programme=found.call.phase.programme,
        answers=[shown_answer(one, found.answers) for one in queries.questions_of(found.call)],
        content_hash=found.content_hash(),
        is_draft=found.state == S.DRAFT,
    )


def _named(request: Request, found: Application, **named: Any) -> HttpResponse:
    once(
        request,
        lambda: actions.name_provider(application_id=found.pk, by=request.actor, at=request.now, **named),
    )
    messages.success(request, _("The provider is named. Share the draft with them next."))
    return redirect(found)


def _wants_contact(found: Application) -> bool:
    return found.provider_id is not None and not queries.has_people(found.provider_id)


def _provider_page(request: Request, found: Application, **more: object) -> dict[str, object]:
    search = ProviderSearchForm(request.GET)
    text = search.cleaned_data["q"] if search.is_valid() else ""
    forms = [form for form in more.values() if isinstance(form, Form)]
    return {
        "application": found,
        "programme": found.call.phase.programme,
        "search": search,
        "searched": text,
        "found": queries.providers_for(found, text),
        "is_draft": found.state == S.DRAFT,
        "open_new": any(isinstance(form, NewProviderForm) and form.is_bound for form in forms),
        "breadcrumbs": [*crumbs_of(found), Crumb(_("Provider"))],
        **more,
    }
