"""The screens in the rooms, the printed plans, who came, and what came of it all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from landbridge.events.models import Event
from landbridge.foundation.documents import pdf
from landbridge.foundation.exports import csv_response, xlsx_response
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs, public
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.parts import Crumb
from landbridge.meetings import actions
from landbridge.meetings.forms.planning import WhoCameForm
from landbridge.meetings.queries import plans
from landbridge.meetings.queries.asking import rules_of
from landbridge.meetings.queries.outcomes import questions
from landbridge.meetings.queries.results import results_of, table_of
from landbridge.meetings.queries.screens import screen_of
from landbridge.meetings.views.kept import control_address, event_of, meeting_of, page, trail

MOST_DIGITS = 9
SECONDS_UNTIL_LOOKED_AT_AGAIN = 20


@public
@require_safe
def screen(request: Request, slug: str) -> HttpResponse:
    """Now and next, table by table, for a screen on the wall: by its key, or for the organiser."""
    event = get_object_or_404(Event, slug=slug)
    if not _may_open(request, event):
        raise Http404
    room = request.GET.get("room", "")
    room_id = int(room) if room.isascii() and room.isdecimal() and len(room) <= MOST_DIGITS else None
    context = {
        "event": event,
        "screen": screen_of(event, at=request.now, room_id=room_id),
        "key": request.GET.get("key", "") if request.GET.get("key", "").isprintable() else "",
    }
    response = render(request, "meetings/screen.html", context)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Refresh"] = str(SECONDS_UNTIL_LOOKED_AT_AGAIN)
    return response


@needs(P.MEETING_PLAN)
@require_POST
def screen_key(request: Request, event_pk: int) -> HttpResponse:
    """A new address for the screens; the old one no longer opens."""
    event = event_of(request.actor, event_pk)
    is_open = request.POST.get("shut") != "yes"
    return button_pressed(
        request,
        lambda: actions.renew_screen_key(
            event_id=event.pk, is_open=is_open, by=request.actor, at=request.now
        ),
        done=_("There is a new address.") if is_open else _("The address is shut."),
        to=control_address(event),
        back=control_address(event),
    )


@needs(P.MEETING_SEE)
@require_GET
def plan(request: Request, event_pk: int, kind: str) -> HttpResponse:
    """The plans to be printed: of each person, each table, or the whole day."""
    event = event_of(request.actor, event_pk)
    if kind not in plans.KINDS:
        raise Http404
    document = pdf(
        "meetings/plans.typ",
        plans.plan_data(event, kind=kind),
        title=plans.title_of(event, kind=kind),
        language=get_language() or "en-gb",
        at=request.now,
    )
    response = HttpResponse(document, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="plans-{kind}-{event.slug}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@needs(P.MEETING_SEE)
@require_GET
def presence(request: Request, event_pk: int) -> HttpResponse:
    """Meetings of which one side says that they did not happen."""
    return _presence(request, event_pk)


@needs(P.MEETING_PLAN)
def who_came(request: Request, meeting_pk: int) -> HttpResponse:
    """Decide who came to a meeting."""
    found = meeting_of(request.actor, meeting_pk)
    form = WhoCameForm(posted(request), people=(found.first, found.second))
    back = reverse("meetings:presence", args=[found.event_id])
    return form_page(
        request,
        form,
        act=lambda: actions.decide_who_came(
            meeting_id=found.pk, registration_ids=form.who_came, by=request.actor, at=request.now
        ),
        title=_("Who came?"),
        lead=_("%(first)s and %(second)s. Somebody missing is recorded as a no-show.")
        % {"first": found.first, "second": found.second},
        save=_("Decide"),
        done=_("Decided."),
        to=back,
        crumbs=trail(found.event, Crumb(_("Did it happen?"), back)),
    )


@needs(P.MEETING_SEE)
@require_GET
def statistics(request: Request, event_pk: int) -> HttpResponse:
    """What came of the meetings, in figures."""
    event = event_of(request.actor, event_pk)
    return render(
        request,
        "meetings/planning/statistics.html",
        page(event, request.actor, "statistics", results=results_of(event)),
    )


@needs(P.MEETING_SEE)
@require_GET
def statistics_csv(request: Request, event_pk: int) -> HttpResponseBase:
    """Each request with what became of it, for another program."""
    event = event_of(request.actor, event_pk)
    header, rows = table_of(event)
    return csv_response(f"meetings-{event.slug}", header, rows)


@needs(P.MEETING_SEE)
@require_GET
def statistics_xlsx(request: Request, event_pk: int) -> HttpResponseBase:
    """The same as a sheet."""
    event = event_of(request.actor, event_pk)
    header, rows = table_of(event)
    return xlsx_response(f"meetings-{event.slug}", header, rows, sheet=_("Meetings"))


def _may_open(request: Request, event: Event) -> bool:
    key, rules = request.GET.get("key", ""), rules_of(event)
    expected = rules.screen_key if rules is not None else ""
    if expected and key.isprintable() and constant_time_compare(key, expected):
        return True
    kept = Event.objects.kept_by(request.actor)
    return request.actor.may(P.MEETING_PLAN) and kept.filter(pk=event.pk).exists()


def _presence(request: Request, event_pk: int, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    event = event_of(request.actor, event_pk)
    context: dict[str, Any] = page(
        event,
        request.actor,
        "statistics",
        questions=questions(event),
        problems=problems,
        breadcrumbs=trail(event, Crumb(_("Did it happen?"))),
    )
    return render(request, "meetings/planning/presence.html", context, status=409 if problems else 200)
