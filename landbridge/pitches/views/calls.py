"""Calls: the list, the page of one, the organiser's forms and buttons."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs, signed_in
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.pitches import actions, queries
from landbridge.pitches.forms import CallFilters, CallForm, LaterForm
from landbridge.pitches.models import PitchCall
from landbridge.pitches.views.shared import call_page, crumbs_of_call, kept_call


@needs(P.PITCH_SEE)
@require_GET
def calls(request: Request) -> HttpResponse:
    """The calls for pitches, the one that closes last first."""
    filters = CallFilters(request.GET)
    rows = queries.listed(PitchCall.objects.visible_to(request.actor), **filters.chosen)
    context = {
        "page": page_of(request, rows),
        "filters": filters,
        "may_edit": request.actor.may(P.PITCH_EDIT),
        "is_investor": request.actor.may(P.PITCH_WEIGH),
        "has_seats": queries.jury_calls(request.actor).exists(),
    }
    return render(request, "pitches/calls.html", context)


@signed_in
@require_GET
def call(request: Request, pk: int) -> HttpResponse:
    """What it is about, where it stands, what comes next."""
    return call_page(request, pk)


@needs(P.PITCH_EDIT)
def new(request: Request) -> HttpResponse:
    """The organiser begins a call."""
    events = queries.events_for(request.actor)
    form = CallForm(posted(request), call=None, events=events, sessions=queries.sessions_of(events))
    return form_page(
        request,
        form,
        act=lambda: actions.create(facts=form.facts, by=request.actor, at=request.now),
        title=_("New call for pitches"),
        lead=_("Only organisers see it until you open it."),
        save=_("Save the draft"),
        done=_("Saved. Read it through, then open it."),
        crumbs=[Crumb(_("Pitches"), reverse("pitches:calls"))],
    )


@needs(P.PITCH_EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a call that companies do not see yet."""
    found = kept_call(request.actor, pk)
    events = queries.events_for(request.actor)
    form = CallForm(posted(request), call=found, events=events, sessions=queries.sessions_of(events))
    return form_page(
        request,
        form,
        act=lambda: actions.edit(
            call_id=found.pk,
            version=form.cleaned_data["version"] or 0,
            facts=form.facts,
            by=request.actor,
            at=request.now,
        ),
        title=_("Change the call"),
        save=_("Save"),
        done=_("Saved."),
        crumbs=crumbs_of_call(found),
    )


@needs(P.PITCH_EDIT)
def dates(request: Request, pk: int) -> HttpResponse:
    """What may still change once companies have read it."""
    found = kept_call(request.actor, pk)
    events = queries.events_for(request.actor)
    form = LaterForm(posted(request), call=found, events=events, sessions=queries.sessions_of(events))
    return form_page(
        request,
        form,
        act=lambda: actions.extend(call_id=found.pk, **form.chosen, by=request.actor, at=request.now),
        title=_("Dates and event"),
        lead=_("Times are those of %(zone)s.") % {"zone": found.time_zone},
        save=_("Save"),
        done=_("Saved."),
        crumbs=crumbs_of_call(found),
    )


@needs(P.PITCH_EDIT)
@require_POST
def opening(request: Request, pk: int) -> HttpResponse:
    """Companies read it from now on."""
    found = kept_call(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.publish(call_id=found.pk, by=request.actor, at=request.now),
        done=_("Open. Companies can write and hand in their pitches."),
        refused=lambda problems: call_page(request, pk, problems=problems),
    )


@needs(P.PITCH_EDIT)
@require_POST
def judging(request: Request, pk: int) -> HttpResponse:
    """The jury begins."""
    found = kept_call(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.judge(call_id=found.pk, by=request.actor, at=request.now),
        done=_("Handed over. The jurors were told."),
        refused=lambda problems: call_page(request, pk, problems=problems),
    )
