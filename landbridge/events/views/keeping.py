"""The organiser's events: the list, beginning one, its control page, publication, calling off, notices, a copy."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.events import actions, queries, rules
from landbridge.events.forms import CopyForm, KeptFilters, NewEventForm, NoticeForm
from landbridge.events.models import Event
from landbridge.events.states import WORKFLOW, M, S
from landbridge.events.steps import next_step, way
from landbridge.events.views.kept_parts import home_of, kept_by, part_page
from landbridge.foundation.operations.form_pages import button_pressed, carried_out, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.programmes.models import Programme


@needs(P.EVENT_SEE)
@require_GET
def kept(request: Request) -> HttpResponse:
    """The events one keeps, the latest first, with how many come."""
    filters = KeptFilters(request.GET)
    context = {
        "page": page_of(request, queries.kept(request.actor, **filters.chosen)),
        "filters": filters,
        "may_begin": request.actor.may(P.EVENT_EDIT),
        "breadcrumbs": [Crumb(_("Run events"))],
    }
    return render(request, "events/kept.html", context)


@needs(P.EVENT_EDIT)
def new(request: Request) -> HttpResponse:
    """The beginnings of an event; the times are those of its own zone."""
    first = Programme.objects.filter(pk=request.actor.programme_id or 0).first()
    initial = {"time_zone": "Europe/Brussels", "held_for": str(first.pk) if first else "", "form": "on_site"}
    form = NewEventForm(posted(request), actor=request.actor, initial=initial)

    def act() -> Event:
        return actions.draft(**form.values, by=request.actor, at=request.now)

    begun = carried_out(request, form, act)
    if begun is not None:
        messages.success(request, _("Begun. Go through the parts; what is still open stands beside each."))
        return redirect(home_of(begun))
    return form_page(
        request,
        form,
        act=act,
        title=_("A new event"),
        lead=_("The beginnings; all else follows part by part, and nobody sees it before you publish it."),
        save=_("Begin"),
        crumbs=[Crumb(_("Run events"), reverse("events:kept"))],
    )


@needs(P.EVENT_SEE)
@require_GET
def kept_event(request: Request, event_pk: int) -> HttpResponse:
    """Where the event stands, what is open, and everything its organiser can do."""
    return control_page(request, event_pk)


def control_page(request: Request, event_pk: int, *, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    """The control page, with the problems of a refused move."""
    actor = request.actor
    rows = Event.objects.visible_to(actor).select_related("programme", "copied_from")
    found = get_object_or_404(rows, pk=event_pk)
    is_own = actor.may(P.EVENT_EDIT) and Event.objects.kept_by(actor).filter(pk=found.pk).exists()
    is_open = found.state in (S.DRAFT, S.PUBLISHED)
    pieces = queries.pre_check(found, at=request.now) if is_open else []
    if found.state == S.PUBLISHED:
        pieces = [queries.Piece(piece.part, ()) for piece in pieces]
    places = queries.places_of(found)
    context = {
        "found": found,
        "pieces": pieces,
        "complete": sum(not piece.problems for piece in pieces),
        "problems": problems,
        "steps": way(found, at=request.now),
        "next": next_step(found, pieces=pieces, places=places, at=request.now, may_edit=is_own),
        "phase": queries.phase_of(found, at=request.now),
        "places": places,
        "when": queries.when_of(found),
        "notices": list(found.notices.order_by("-sent_at")[:5]),
        "may": {
            "edit": is_own and is_open,
            "keep": is_own,
            "cancel": is_own and WORKFLOW.allows(M.CANCEL, of=found, by=actor),
            "notify": is_own and found.state == S.PUBLISHED,
        },
        "accent": found.programme.accent if found.programme else "",
        "breadcrumbs": [Crumb(_("Run events"), reverse("events:kept")), Crumb(found.title)],
        "sees_history": is_own or actor.may(P.AUDIT_SEE),
    }
    return render(request, "events/kept_event.html", context, status=409 if problems else 200)


@needs(P.EVENT_PUBLISH)
@require_POST
def publication(request: Request, event_pk: int) -> HttpResponse:
    """Publish; refused, the control page says what is open."""
    event = kept_by(request, event_pk)
    return button_pressed(
        request,
        lambda: actions.publish(event_id=event.pk, by=request.actor, at=request.now),
        to=home_of(event),
        done=_("Published. Everybody can read it now."),
        refused=lambda problems: control_page(request, event_pk, problems=problems),
    )


@needs(P.EVENT_PUBLISH)
def cancellation(request: Request, event_pk: int) -> HttpResponse:
    """Call it off, with the reason that everyone reads."""
    event = kept_by(request, event_pk)
    form = ReasonForm(
        posted(request),
        longest=rules.LONGEST_REASON,
        read_by=_("Everyone who registered reads it, and it stands on the public page."),
    )
    count = len(queries.recipients_of_event(event))
    return part_page(
        request,
        form,
        event=event,
        act=lambda: actions.cancel(event_id=event.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("Call the event off"),
        lead=_("%(count)s people get a letter at once. This cannot be undone.") % {"count": count},
        save=_("Call it off"),
        done=_("Called off. Everyone who registered has been told."),
        is_final=True,
    )


@needs(P.EVENT_EDIT)
def notice_new(request: Request, event_pk: int) -> HttpResponse:
    """Tell everyone who comes of a change."""
    event = kept_by(request, event_pk)
    form = NoticeForm(posted(request))
    count = len(queries.recipients_of_event(event))
    return part_page(
        request,
        form,
        event=event,
        act=lambda: actions.notify(event_id=event.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("Tell everyone who comes"),
        lead=_("It goes to %(count)s people by letter, and stands on the public page for a day.")
        % {"count": count},
        save=_("Send"),
        done=_("Sent."),
    )


@needs(P.EVENT_EDIT)
def copy(request: Request, event_pk: int) -> HttpResponse:
    """Last year's event once more, on other days."""
    event = kept_by(request, event_pk)
    day = rules.day_of(event.starts_at, event.time_zone) + timedelta(weeks=52)
    form = CopyForm(posted(request), initial={"title": event.title, "first_day": day})

    def act() -> Event:
        return actions.copy(event_id=event.pk, **form.cleaned_data, by=request.actor, at=request.now)

    made = carried_out(request, form, act)
    if made is not None:
        messages.success(request, _("Copied. It is a draft: go through its parts."))
        return redirect(home_of(made))
    return part_page(
        request,
        form,
        event=event,
        act=act,
        title=_("Copy the event"),
        lead=_(
            "Texts, programme, rooms, slots, tables, questions and quotas come along; registrations and challenges "
            "do not. The day proposed is the same weekday a year later."
        ),
        save=_("Copy"),
    )
