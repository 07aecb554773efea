"""Registrations as their organiser works on them: the list, decisions one by one and in bulk, guests, reminders, exports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from landbridge.events import actions
from landbridge.events.forms.deciding import GuestForm, RegistrationFilters
from landbridge.events.models import Event, Registration, RegistrationRows
from landbridge.events.queries import registrations as reading
from landbridge.events.queries.coming import completeness
from landbridge.events.queries.places import places_of
from landbridge.events.rules.registering import LONGEST_REFUSAL
from landbridge.events.views.coming import crumbs_of, crumbs_of_list, kept_event, registration_page, seen_by
from landbridge.foundation.exports import csv_response, xlsx_response
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Refused
from landbridge.foundation.ui.formatting import problem_text
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb

MOST_AT_ONCE = 200
DECISIONS: dict[str, Callable[..., Registration]] = {
    "approve": actions.approve,
    "wait": actions.wait,
    "remind": actions.remind_of_gaps,
}


def _event_and_rows(request: Request, slug: str) -> tuple[Event, RegistrationRows]:
    event = get_object_or_404(Event.objects.visible_to(request.actor), slug=slug)
    return event, Registration.objects.visible_to(request.actor).filter(event=event)


@needs(P.REGISTRATION_SEE)
@require_GET
def registrations(request: Request, slug: str) -> HttpResponse:
    """Who has registered: all of them for the organiser, those of the region for its broker."""
    event, rows = _event_and_rows(request, slug)
    filters = RegistrationFilters(request.GET)
    keeps = Event.objects.kept_by(request.actor).filter(pk=event.pk).exists()
    page = page_of(request, reading.listed(rows, **filters.chosen))
    context = {
        "event": event,
        "page": page,
        "rows": [(one, completeness(one)) for one in page.object_list],
        "filters": filters,
        "places": places_of(event) if keeps else None,
        "without_slots": reading.without_slots(rows).count() if event.has_meetings else 0,
        "keeps": keeps,
        "query": request.GET.urlencode(),
        "breadcrumbs": [*crumbs_of_list(event, request.actor)[:-1], Crumb(_("Registrations"))],
    }
    return render(request, "events/registrations.html", context)


@needs(P.REGISTRATION_SEE)
@require_GET
def registrations_export(request: Request, slug: str, kind: str) -> HttpResponseBase:
    """The list, as it is filtered, for other programs. What people need and answered is for the organiser alone."""
    event, rows = _event_and_rows(request, slug)
    filters = RegistrationFilters(request.GET)
    keeps = Event.objects.kept_by(request.actor).filter(pk=event.pk).exists()
    found = reading.listed(rows, **filters.chosen)
    write = xlsx_response if kind == "xlsx" else csv_response
    response = write(
        f"registrations-{event.slug}",
        reading.export_header(event, is_kept=keeps),
        reading.export_rows(found, event=event, is_kept=keeps),
    )
    response["Cache-Control"] = "private, no-store"
    return response


@needs(P.REGISTRATION_DECIDE)
@require_POST
def registrations_decision(request: Request, slug: str) -> HttpResponse:
    """One decision on all that were ticked; those for whom it cannot be taken are named, the others have it."""
    event = kept_event(request.actor, slug)
    back = reverse("events:registrations", args=[event.slug])
    act = DECISIONS.get(request.POST.get("do", ""))
    ids = {
        int(text)
        for text in request.POST.getlist("chosen")
        if text.isascii() and text.isdigit() and len(text) < 19
    }
    rows = Registration.objects.decided_by(request.actor).filter(
        event=event, pk__in=sorted(ids)[:MOST_AT_ONCE]
    )
    if request.POST.get("do") == "badges":
        return _badges_of(request, event, rows)
    chosen = list(rows.order_by("submitted_at", "pk"))
    if act is None or not chosen:
        messages.error(request, _("Tick at least one registration, and choose what to do."))
        return redirect(back)
    done, refused = 0, []
    for one in chosen:
        try:
            act(registration_id=one.pk, by=request.actor, at=request.now)
            done += 1
        except Refused as refusal:
            refused.append(f"{one.name}: {problem_text(refusal.problems[0])}")
    if done:
        messages.success(
            request, ngettext("Done for %(many)s person.", "Done for %(many)s people.", done) % {"many": done}
        )
    for line in refused[:10]:
        messages.warning(request, line)
    return redirect(back)


def _badges_of(request: Request, event: Event, rows: RegistrationRows) -> HttpResponse:
    """To the sheets of those ticked who have a place; without any, back with what to do."""
    with_a_place = rows.with_a_place().order_by("pk").values_list("pk", flat=True)
    numbers = urlencode([("pk", pk) for pk in with_a_place])
    if numbers:
        return redirect(f"{reverse('events:badges_pdf', args=[event.slug])}?{numbers}")
    messages.error(request, _("Tick at least one registration that has a place."))
    return redirect("events:registrations", slug=event.slug)


@needs(P.REGISTRATION_DECIDE)
@require_POST
def slots_reminder(request: Request, slug: str) -> HttpResponse:
    """Remind everyone who has not said when they are there; nobody twice on one day."""
    event = kept_event(request.actor, slug)
    midnight = request.now.replace(hour=0, minute=0, second=0, microsecond=0)
    ids = reading.to_remind_of_slots(event, before=midnight)
    for registration_id in ids:
        actions.remind_of_gaps(registration_id=registration_id, by=request.actor, at=request.now)
    text = ngettext("%(many)s person was reminded.", "%(many)s people were reminded.", len(ids))
    messages.success(request, text % {"many": len(ids)})
    return redirect("events:registrations", slug=event.slug)


def _decided(request: Request, pk: int, act: Callable[..., Registration], done: str) -> HttpResponse:
    found = seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: act(registration_id=found.pk, by=request.actor, at=request.now),
        done=done,
        refused=lambda problems: registration_page(request, pk, problems=problems),
    )


def _kept_or_404(request: Request, pk: int) -> None:
    get_object_or_404(Registration.objects.decided_by(request.actor), pk=pk)


@needs(P.REGISTRATION_DECIDE)
@require_POST
def registration_approval(request: Request, pk: int) -> HttpResponse:
    """Give a place."""
    _kept_or_404(request, pk)
    return _decided(request, pk, actions.approve, _("They have a place, and a letter says so."))


@needs(P.REGISTRATION_DECIDE)
@require_POST
def registration_waiting(request: Request, pk: int) -> HttpResponse:
    """Put on the waiting list."""
    _kept_or_404(request, pk)
    return _decided(request, pk, actions.wait, _("They get the next place that they can have."))


@needs(P.REGISTRATION_DECIDE)
@require_POST
def registration_reminder(request: Request, pk: int) -> HttpResponse:
    """Remind one person of what is missing."""
    _kept_or_404(request, pk)
    return _decided(request, pk, actions.remind_of_gaps, _("Reminded."))


@needs(P.REGISTRATION_DECIDE)
def registration_refusal(request: Request, pk: int) -> HttpResponse:
    """Not to admit somebody, with the reason."""
    _kept_or_404(request, pk)
    found = seen_by(request.actor, pk)
    form = ReasonForm(posted(request), longest=LONGEST_REFUSAL, read_by=_("The person reads it."))
    return form_page(
        request,
        form,
        act=lambda: actions.reject(
            registration_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Do not admit %(name)s") % {"name": found.name},
        save=_("Do not admit"),
        done=_("Told, with your reason. A place that they had is free."),
        crumbs=crumbs_of(found, request.actor),
        is_final=True,
    )


@needs(P.REGISTRATION_DECIDE)
def guest_new(request: Request, slug: str) -> HttpResponse:
    """Enter a guest by hand: a place at once, and the letter with the code."""
    event = kept_event(request.actor, slug)
    form = GuestForm(posted(request), has_meetings=event.has_meetings)

    def act() -> Registration:
        given: dict[str, Any] = dict(form.cleaned_data)
        return actions.enter_guest(event_id=event.pk, **given, by=request.actor, at=request.now)

    return form_page(
        request,
        form,
        act=act,
        title=_("Enter a guest"),
        lead=_("For speakers, and for people who stand at the door. They have a place at once."),
        save=_("Enter"),
        done=_("Entered: they have a place and a code."),
        crumbs=crumbs_of_list(event, request.actor),
    )
