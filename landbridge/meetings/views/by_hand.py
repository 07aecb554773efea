"""The timetable slot by slot, and the organiser's hand in it: place, move, swap, cancel, lock."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.events.models import Event, Slot
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.meetings import actions
from landbridge.meetings.forms.planning import PlaceForm, SwapForm, TimetableFilters
from landbridge.meetings.models import Meeting, MeetingRules
from landbridge.meetings.models import Request as MeetingRequest
from landbridge.meetings.queries import timetable as queries
from landbridge.meetings.queries.material import pair_of
from landbridge.meetings.queries.spots import Board, is_one_day, label_of, other_meetings_in, span_of
from landbridge.meetings.rules import LONGEST_REASON
from landbridge.meetings.states import MeetingState
from landbridge.meetings.views.kept import event_of, meeting_of, page, trail


@needs(P.MEETING_SEE)
@require_GET
def timetable(request: Request, event_pk: int) -> HttpResponse:
    """All meetings, slot by slot; by slot, name and state."""
    event = event_of(request.actor, event_pk)
    slots = list(Slot.objects.filter(event=event).order_by("number"))
    filters = TimetableFilters(request.GET, slots=[(slot.pk, label_of(slot, event)) for slot in slots])
    shown = page_of(request, queries.meetings_listed(event, **filters.chosen))
    for row in shown.object_list:
        row.span = span_of(row.slot, event)
    context = page(
        event,
        request.actor,
        "timetable",
        page=shown,
        day=event.starts_at.astimezone(ZoneInfo(event.time_zone)).date() if is_one_day(event) else None,
        filters=filters,
    )
    return render(request, "meetings/planning/timetable.html", context)


@needs(P.MEETING_PLAN)
@require_GET
def place_of(request: Request, meeting_pk: int) -> HttpResponse:
    """One meeting for its organiser: where it is, who, why, and what the hand may do."""
    return _place_of(request, meeting_of(request.actor, meeting_pk))


@needs(P.MEETING_PLAN)
def move(request: Request, meeting_pk: int) -> HttpResponse:
    """Another slot or table; conflicts are explained."""
    found = meeting_of(request.actor, meeting_pk)
    pair = pair_of(found.first_id, found.second_id)
    form, openings = _place_form(request, found.event, pair, ignoring=(found.pk,), now=found)
    return form_page(
        request,
        form,
        act=lambda: actions.move(
            meeting_id=found.pk,
            **form.values,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=request.now,
        ),
        title=_("Move the meeting"),
        lead=_said(found, openings),
        done=_("Moved. Both have been told."),
        to=_address(found),
        crumbs=_trail(found),
    )


@needs(P.MEETING_PLAN)
def place(request: Request, request_pk: int) -> HttpResponse:
    """A slot and a table for a request that has no meeting."""
    kept = Event.objects.kept_by(request.actor).values("pk")
    rows = MeetingRequest.objects.filter(event__in=kept).select_related(
        "event__programme", "sender", "receiver"
    )
    found = get_object_or_404(rows, pk=request_pk)
    pair = pair_of(found.sender_id, found.receiver_id)
    form, openings = _place_form(request, found.event, pair, ignoring=(), now=None)
    return form_page(
        request,
        form,
        act=lambda: actions.place(request_id=found.pk, **form.values, by=request.actor, at=request.now),
        title=_("Place %(first)s and %(second)s")
        % {"first": found.sender.name, "second": found.receiver.name},
        lead=_openings_said(openings),
        save=_("Place the meeting"),
        done=_("Placed. Both have been told."),
        to=reverse("meetings:timetable", args=[found.event_id]),
        crumbs=trail(
            found.event, Crumb(_("Timetable"), reverse("meetings:timetable", args=[found.event_id]))
        ),
    )


@needs(P.MEETING_PLAN)
def swap(request: Request, meeting_pk: int) -> HttpResponse:
    """Two meetings change places."""
    found = meeting_of(request.actor, meeting_pk)
    others = [(one.pk, _label(one)) for one in other_meetings_in(found, at=request.now)]
    form = SwapForm(posted(request), others=others)
    return form_page(
        request,
        form,
        act=lambda: actions.swap(
            meeting_id=found.pk, other_id=form.cleaned_data["other"], by=request.actor, at=request.now
        ),
        title=_("Swap two meetings"),
        lead=_("Slot and table change hands; all four people are told."),
        done=_("Swapped. Those concerned have been told."),
        to=_address(found),
        crumbs=_trail(found),
    )


@needs(P.MEETING_PLAN)
def cancellation(request: Request, meeting_pk: int) -> HttpResponse:
    """Cancel a meeting for good."""
    found = meeting_of(request.actor, meeting_pk)
    form = ReasonForm(posted(request), longest=LONGEST_REASON, read_by=_("Both people read it."))
    return form_page(
        request,
        form,
        act=lambda: actions.cancel(
            meeting_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Cancel the meeting"),
        lead=_label(found),
        save=_("Cancel it"),
        done=_("Cancelled. Both have been told."),
        to=_address(found),
        crumbs=_trail(found),
        is_final=True,
    )


@needs(P.MEETING_PLAN)
@require_POST
def locking(request: Request, meeting_pk: int) -> HttpResponse:
    """Keep it where it is."""
    return _press(request, meeting_pk, actions.lock, done=_("It stays where it is."))


@needs(P.MEETING_PLAN)
@require_POST
def unlocking(request: Request, meeting_pk: int) -> HttpResponse:
    """Let plans and repairs move it."""
    return _press(request, meeting_pk, actions.unlock, done=_("It may be moved again."))


def _press(request: Request, meeting_pk: int, action: Any, *, done: str) -> HttpResponse:
    found = meeting_of(request.actor, meeting_pk)
    return button_pressed(
        request,
        lambda: action(meeting_id=found.pk, by=request.actor, at=request.now),
        done=done,
        to=_address(found),
        refused=lambda problems: _place_of(request, found, problems=problems),
    )


def _place_of(request: Request, found: Meeting, *, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    context = page(
        found.event,
        request.actor,
        "timetable",
        found=found,
        label=_label(found),
        when=label_of(found.slot, found.event),
        is_open=found.state == MeetingState.PLANNED and found.slot.starts_at > request.now,
        problems=problems,
        breadcrumbs=[*_trail(found)[:-1], Crumb(str(found))],
    )
    return render(request, "meetings/planning/place_of.html", context, status=409 if problems else 200)


def _place_form(
    request: Request, event: Event, pair: tuple[int, int], *, ignoring: tuple[int, ...], now: Meeting | None
) -> tuple[PlaceForm, list[str]]:
    rules = get_object_or_404(MeetingRules, event=event)
    board = Board(event, rules, pair, at=request.now, ignoring=ignoring)
    openings = board.openings()
    first = openings[0] if openings else None
    initial = {
        "slot": now.slot_id if now else first.slot_id if first else None,
        "table": now.table_id if now else (first.tables[0] if first and first.tables else None),
        "is_locked": True,
    }
    form = PlaceForm(
        posted(request),
        event=event,
        slots=board.grid.slots[board.grid.from_slot :],
        tables=board.grid.tables.values(),
        free=frozenset(one.slot_id for one in openings),
        initial=initial,
    )
    if now is None:
        del form.fields["reason"]  # a new meeting has its reason: the sentence of its request
    names = board.grid.tables
    return form, [
        _("%(slot)s (tables %(tables)s)")
        % {"slot": one.label, "tables": ", ".join(str(names[pk]) for pk in one.tables[:6])}
        if one.tables
        else one.label
        for one in openings
    ]


def _openings_said(openings: list[str]) -> str:
    if not openings:
        return _("There is no slot with a table in which both are free.")
    return _("Both are free: %(openings)s.") % {"openings": "; ".join(openings[:6])}


def _said(found: Meeting, openings: list[str]) -> str:
    return f"{_label(found)}. {_openings_said(openings)}"


def _label(found: Meeting) -> str:
    where = _("table %(table)s") % {"table": found.table} if found.table else _("online")
    return _("%(first)s and %(second)s: %(when)s, %(where)s") % {
        "first": found.first.name,
        "second": found.second.name,
        "when": label_of(found.slot, found.event),
        "where": where,
    }


def _address(found: Meeting) -> str:
    return reverse("meetings:place_of", args=[found.pk])


def _trail(found: Meeting) -> list[Crumb]:
    timetable_address = reverse("meetings:timetable", args=[found.event_id])
    return trail(found.event, Crumb(_("Timetable"), timetable_address), Crumb(str(found), _address(found)))
