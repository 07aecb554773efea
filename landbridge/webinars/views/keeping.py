"""The organiser's pages before it: the list, series, a webinar, who speaks, announcing and calling off."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.webinars import actions, queries, rules
from landbridge.webinars.forms import KeptFilters, SeriesForm, SpeakerForm, WebinarForm
from landbridge.webinars.models import Series, Speaker, Webinar
from landbridge.webinars.views.shared import crumbs_of, kept_by, webinar_page


@needs(P.WEBINAR_SEE)
@require_GET
def kept(request: Request) -> HttpResponse:
    """The organiser's webinars; brokers and auditors read them."""
    filters = KeptFilters(request.GET or None)
    rows = queries.listed(queries.kept(request.actor), **filters.chosen)
    context = {
        "page": page_of(request, rows),
        "filters": filters,
        "series": _series_of(request.actor),
        "may_write": request.actor.may(P.WEBINAR_EDIT),
    }
    return render(request, "webinars/kept.html", context)


def _series_of(actor: Actor) -> list[Series]:
    rows = Series.objects.order_by("title", "pk")
    return list(rows if actor.programme_id is None else rows.filter(programme_id=actor.programme_id))[:200]


def _trail() -> list[Crumb]:
    return [Crumb(_("Webinars"), reverse("webinars:kept"))]


@needs(P.WEBINAR_EDIT)
def new(request: Request) -> HttpResponse:
    """Begin a webinar."""
    person = get_object_or_404(Person, pk=request.actor.person_id)
    form = WebinarForm(
        posted(request), series=_series_of(request.actor), initial={"contact_email": person.email}
    )
    return form_page(
        request,
        form,
        act=lambda: actions.draft(**form.details, by=request.actor, at=request.now),
        title=_("New webinar"),
        lead=_("Nobody sees it before you announce it."),
        save=_("Begin"),
        crumbs=_trail(),
    )


@needs(P.WEBINAR_EDIT)
def edit(request: Request, slug: str) -> HttpResponse:
    """Write what it is about."""
    found = kept_by(request.actor, slug)
    form = WebinarForm(posted(request), series=_series_of(request.actor), found=found)
    return form_page(
        request,
        form,
        act=lambda: actions.edit(
            webinar_id=found.pk,
            version=form.cleaned_data["version"] or 0,
            **form.details,
            by=request.actor,
            at=request.now,
        ),
        title=_("Edit"),
        eyebrow=found.title,
        lead=_("Another time is told to everybody who signed up.") if found.published_at else "",
        save=_("Save"),
        done=_("Saved."),
        crumbs=crumbs_of(found),
    )


@needs(P.WEBINAR_EDIT)
def series_new(request: Request) -> HttpResponse:
    """Begin a series."""
    form = SeriesForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.begin_series(**form.cleaned_data, by=request.actor, at=request.now),
        title=_("New series"),
        save=_("Begin"),
        crumbs=_trail(),
    )


@needs(P.WEBINAR_EDIT)
def series_edit(request: Request, slug: str) -> HttpResponse:
    """Write what a series is about."""
    rows = Series.objects.all()
    if request.actor.programme_id is not None:
        rows = rows.filter(programme_id=request.actor.programme_id)
    found = get_object_or_404(rows, slug=slug)
    form = SeriesForm(posted(request), initial={"title": found.title, "text": found.text})
    return form_page(
        request,
        form,
        act=lambda: actions.edit_series(
            series_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Edit the series"),
        save=_("Save"),
        crumbs=[*_trail(), Crumb(found.title, found.get_absolute_url())],
    )


@needs(P.WEBINAR_EDIT)
def speaker_new(request: Request, slug: str) -> HttpResponse:
    """Name somebody who speaks."""
    found, form = kept_by(request.actor, slug), SpeakerForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.add_speaker(
            webinar_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Add a speaker"),
        done=_("Added."),
        to=found.get_absolute_url(),
        crumbs=crumbs_of(found),
    )


@needs(P.WEBINAR_EDIT)
def speaker_edit(request: Request, speaker_pk: int) -> HttpResponse:
    """Put right what is said of a speaker."""
    speaker = _speaker(request.actor, speaker_pk)
    names = ("name", "email", "job_title", "organisation_name", "about")
    form = SpeakerForm(posted(request), initial={name: getattr(speaker, name) for name in names})
    return form_page(
        request,
        form,
        act=lambda: actions.edit_speaker(
            speaker_id=speaker.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=speaker.name,
        save=_("Save"),
        done=_("Saved."),
        to=speaker.webinar.get_absolute_url(),
        crumbs=crumbs_of(speaker.webinar),
    )


@needs(P.WEBINAR_EDIT)
@require_POST
def speaker_removal(request: Request, speaker_pk: int) -> HttpResponse:
    """Take somebody off the list of speakers."""
    speaker = _speaker(request.actor, speaker_pk)
    return button_pressed(
        request,
        lambda: actions.drop_speaker(speaker_id=speaker.pk, by=request.actor, at=request.now),
        done=_("Taken off."),
    )


def _speaker(actor: Actor, pk: int) -> Speaker:
    rows = Speaker.objects.select_related("webinar").filter(webinar__in=Webinar.objects.kept_by(actor))
    return get_object_or_404(rows, pk=pk)


@needs(P.WEBINAR_EDIT)
@require_POST
def publication(request: Request, slug: str) -> HttpResponse:
    """Announce it."""
    found = kept_by(request.actor, slug)
    return button_pressed(
        request,
        lambda: actions.publish(webinar_id=found.pk, by=request.actor, at=request.now),
        refused=lambda problems: webinar_page(request, slug, problems=problems),
        done=_("Announced."),
    )


@needs(P.WEBINAR_EDIT)
@require_POST
def holding(request: Request, slug: str) -> HttpResponse:
    """It was held."""
    found = kept_by(request.actor, slug)
    return button_pressed(
        request,
        lambda: actions.hold(webinar_id=found.pk, by=request.actor, at=request.now),
        refused=lambda problems: webinar_page(request, slug, problems=problems),
        done=_("Held."),
    )


@needs(P.WEBINAR_EDIT)
def cancellation(request: Request, slug: str) -> HttpResponse:
    """Call it off."""
    found = kept_by(request.actor, slug)
    form = ReasonForm(
        posted(request), longest=rules.LONGEST_REASON, read_by=_("Everybody who signed up reads it.")
    )
    return form_page(
        request,
        form,
        act=lambda: actions.cancel(
            webinar_id=found.pk, reason=form.cleaned_data["reason"], by=request.actor, at=request.now
        ),
        title=_("Call it off"),
        done=_("Called off; everybody who signed up is told."),
        crumbs=crumbs_of(found),
        is_final=True,
    )
