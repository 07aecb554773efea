"""The organiser writes an event part by part: what it is about, dates, place, who may come, picture, further languages."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.events import actions, rules
from landbridge.events.forms import (
    AboutForm,
    DatesForm,
    LanguageForm,
    PictureForm,
    PlaceForm,
    QuotasForm,
    TermsForm,
    TextsForm,
    VersionedForm,
)
from landbridge.events.models import Event
from landbridge.events.views.kept_parts import kept_by, part_page, trail
from landbridge.foundation.operations.form_pages import posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Crumb
from landbridge.programmes.models import Region
from landbridge.programmes.rules.regions import LANGUAGES


@needs(P.EVENT_EDIT)
def about(request: Request, event_pk: int) -> HttpResponse:
    """What it is about."""
    event = kept_by(request, event_pk)
    return _edit_page(request, AboutForm(posted(request), found=event), event=event, part=rules.Part.ABOUT)


@needs(P.EVENT_EDIT)
def dates(request: Request, event_pk: int) -> HttpResponse:
    """When, by the clock of its own time zone."""
    event = kept_by(request, event_pk)
    lead = _("Nobody is told by itself: after a change, tell everyone who comes from the event's page.")
    form = DatesForm(posted(request), found=event)
    return _edit_page(
        request, form, event=event, part=rules.Part.DATES, lead=lead if event.published_at else ""
    )


@needs(P.EVENT_EDIT)
def place(request: Request, event_pk: int) -> HttpResponse:
    """Where, and how one gets there."""
    event = kept_by(request, event_pk)
    return _edit_page(request, PlaceForm(posted(request), found=event), event=event, part=rules.Part.PLACE)


@needs(P.EVENT_EDIT)
def registration_terms(request: Request, event_pk: int) -> HttpResponse:
    """Who may come, and how many."""
    event = kept_by(request, event_pk)
    return _edit_page(
        request,
        TermsForm(posted(request), found=event),
        event=event,
        part=rules.Part.REGISTRATION,
        template="events/registration_terms.html",
        quotas=list(event.quotas.select_related("region").order_by("attendee", "region__name")),
    )


@needs(P.EVENT_EDIT)
def quotas(request: Request, event_pk: int) -> HttpResponse:
    """At most so many of a kind, or from a region."""
    event = kept_by(request, event_pk)
    rows = list(event.quotas.order_by("pk"))
    form = QuotasForm(
        posted(request),
        regions=list(Region.objects.active().order_by("name")),
        attendees={row.attendee: row.at_most for row in rows if row.attendee},
        places={row.region_id: row.at_most for row in rows if row.region_id},
    )
    return part_page(
        request,
        form,
        event=event,
        act=lambda: actions.set_quotas(
            event_id=event.pk,
            by_region=form.by_region,
            by_attendee=form.by_attendee,
            by=request.actor,
            at=request.now,
        ),
        title=_("Quotas"),
        lead=_(
            "At most so many. Empty: no quota. Whoever is kept out by a quota waits, and holds up nobody else."
        ),
    )


@needs(P.EVENT_EDIT)
def picture(request: Request, event_pk: int) -> HttpResponse:
    """The picture of the page and of previews."""
    event = kept_by(request, event_pk)
    files = request.FILES if request.method == "POST" else None
    form = PictureForm(posted(request), files, found=event)
    return part_page(
        request,
        form,
        event=event,
        act=lambda: actions.set_picture(
            event_id=event.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_(rules.PART_NAMES[rules.Part.PICTURE]),
        template="events/picture.html",
    )


@needs(P.EVENT_EDIT)
def texts(request: Request, event_pk: int) -> HttpResponse:
    """The languages the event has, and one more."""
    event = kept_by(request, event_pk)
    form = LanguageForm(posted(request), found=event)
    if request.method == "POST" and form.is_valid():
        return redirect("events:text", event.pk, form.cleaned_data["language"])
    context = {
        "event": event,
        "form": form,
        "languages": [
            (code, _(LANGUAGES.get(code, code)), _missing(event, code)) for code in sorted(event.texts)
        ],
        "own": _(LANGUAGES.get(event.language, event.language)),
        "breadcrumbs": trail(event, Crumb(_(rules.PART_NAMES[rules.Part.TEXTS]))),
    }
    return render(request, "events/texts.html", context, status=form.http_status)


@needs(P.EVENT_EDIT)
def text(request: Request, event_pk: int, language: str) -> HttpResponse:
    """The texts in one further language."""
    event = kept_by(request, event_pk)
    if language not in LANGUAGES or language == event.language:
        raise Http404
    form = TextsForm(posted(request), found=event, language=language)
    back = reverse("events:texts", args=[event.pk])
    return part_page(
        request,
        form,
        event=event,
        act=lambda: actions.set_texts(
            event_id=event.pk,
            version=form.cleaned_data["version"],
            language=language,
            texts=form.texts,
            by=request.actor,
            at=request.now,
        ),
        to=back,
        title=_("Texts in %(language)s") % {"language": _(LANGUAGES[language])},
        lead=_(
            "What stays empty is shown in the event's own language, and marked so. All empty: the language goes."
        ),
        crumbs=trail(event, Crumb(_(rules.PART_NAMES[rules.Part.TEXTS]), back)),
    )


def _edit_page(
    request: Request,
    form: VersionedForm,
    *,
    event: Event,
    part: rules.Part,
    lead: str = "",
    template: str = "ui/form.html",
    **more: Any,
) -> HttpResponse:
    """The form of one part, over the one action that edits."""
    return part_page(
        request,
        form,
        event=event,
        act=lambda: actions.edit(
            event_id=event.pk,
            version=form.cleaned_data["version"],
            changes=form.changes,
            moves_along=bool(form.cleaned_data.get("moves_along")),
            by=request.actor,
            at=request.now,
        ),
        title=_(rules.PART_NAMES[part]),
        lead=lead,
        template=template,
        **more,
    )


def _missing(event: Event, language: str) -> int:
    """How many texts a language lacks that the event has in its own."""
    there = event.texts.get(language, {})
    return sum(1 for name in rules.TEXTS if getattr(event, name) and not there.get(name))
