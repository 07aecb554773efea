"""The day itself: who is missing, which table is lost, who asks at the bar; each repaired at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.events.models import Event, MeetingTable, Registration, Slot
from landbridge.foundation.operations.form_pages import button_pressed, carried_out, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.parts import Crumb
from landbridge.meetings import actions
from landbridge.meetings.forms.planning import BarForm, LostTableForm, MissingForm
from landbridge.meetings.models import Absence, Run
from landbridge.meetings.queries.spots import said_at
from landbridge.meetings.queries.versions import difference_of
from landbridge.meetings.states import RunKind
from landbridge.meetings.views.kept import event_of, page, trail

LATELY = 12


@needs(P.MEETING_SEE)
@require_GET
def day(request: Request, event_pk: int) -> HttpResponse:
    """What can happen on the day, what has happened, and what each of it changed."""
    return _day(request, event_pk)


@needs(P.MEETING_PLAN)
def missing(request: Request, event_pk: int) -> HttpResponse:
    """Somebody did not come, comes later, or leaves early."""
    event = event_of(request.actor, event_pk)
    form = MissingForm(
        posted(request),
        event=event,
        people=_people(event),
        slots=list(Slot.objects.filter(event=event, ends_at__gt=request.now).order_by("number")),
        initial={"kind": "no_show"},
    )
    return form_page(
        request,
        form,
        act=lambda: actions.report_missing(
            event_id=event.pk,
            registration_ids=form.cleaned_data["people"],
            kind=form.cleaned_data["kind"],
            slot_id=form.cleaned_data["slot"],
            by=request.actor,
            at=request.now,
        ),
        title=_("Somebody is not there"),
        lead=_(
            "Their meetings are cancelled, the gaps filled with few changes, and those concerned told at once."
        ),
        save=_("Repair the timetable"),
        done=_("Repaired. Those whose plan changed have been told."),
        to=_address(event),
        crumbs=_trail(event),
    )


@needs(P.MEETING_PLAN)
@require_POST
def return_(request: Request, absence_pk: int) -> HttpResponse:
    """They are there after all."""
    kept = Event.objects.kept_by(request.actor).values("pk")
    absence = get_object_or_404(Absence.objects.filter(event__in=kept).select_related("event"), pk=absence_pk)
    return button_pressed(
        request,
        lambda: actions.lift_absence(absence_id=absence.pk, by=request.actor, at=request.now),
        done=_("Noted. Gaps were filled where that was possible."),
        refused=lambda problems: _day(request, absence.event_id, problems=problems),
        to=_address(absence.event),
    )


@needs(P.MEETING_PLAN)
@require_POST
def table_loss(request: Request, event_pk: int) -> HttpResponse:
    """A table cannot be used: chosen from those in use."""
    event = event_of(request.actor, event_pk)
    form = LostTableForm(request.POST, tables=_tables(event).filter(out_since__isnull=True))
    if not form.is_valid():
        return _day(request, event_pk, form=form)
    table = _table(request, form.cleaned_data["table"])
    return button_pressed(
        request,
        lambda: actions.lose_table(table_id=table.pk, by=request.actor, at=request.now),
        done=_("Table %(table)s is out of use. Its meetings were moved where there was room.")
        % {"table": table},
        refused=lambda problems: _day(request, event_pk, problems=problems),
        to=_address(event),
    )


@needs(P.MEETING_PLAN)
@require_POST
def table_return(request: Request, table_pk: int) -> HttpResponse:
    """A table can be used again."""
    table = _table(request, table_pk)
    return button_pressed(
        request,
        lambda: actions.give_back_table(table_id=table.pk, by=request.actor, at=request.now),
        done=_("Table %(table)s is back.") % {"table": table},
        refused=lambda problems: _day(request, table.event_id, problems=problems),
        to=_address(table.event),
    )


@needs(P.MEETING_PLAN)
@require_POST
def repair(request: Request, event_pk: int) -> HttpResponse:
    """Look for what no longer fits, and fill gaps."""
    event = event_of(request.actor, event_pk)

    def act() -> Event:
        actions.repair(event_id=event.pk, cause=_("Looked through by hand"), by=request.actor, at=request.now)
        return event

    return button_pressed(
        request,
        act,
        done=_("Looked through. What had to change has changed."),
        refused=lambda problems: _day(request, event_pk, problems=problems),
        to=_address(event),
    )


@needs(P.MEETING_PLAN)
def bar(request: Request, event_pk: int) -> HttpResponse:
    """Two people stand before the organiser: entered or scanned, and placed at once."""
    event = event_of(request.actor, event_pk)
    people = list(_people(event))
    form = BarForm(posted(request), people=people)

    def act() -> Any:
        return actions.at_the_bar(
            event_id=event.pk,
            first_id=form.cleaned_data["first"].pk,
            second_id=form.cleaned_data["second"].pk,
            sentence=form.cleaned_data["sentence"],
            by=request.actor,
            at=request.now,
        )

    made = carried_out(request, form, act)
    if made is not None:
        meeting = made.meetings.standing().select_related("slot", "table").first()
        messages.success(request, _("Placed. Both have been told."))
        return redirect(reverse("meetings:place_of", args=[meeting.pk]) if meeting else _address(event))
    context = page(
        event,
        request.actor,
        "day",
        form=form,
        people=people,
        breadcrumbs=[*_trail(event), Crumb(_("Request at the bar"))],
    )
    return render(request, "meetings/planning/bar.html", context, status=form.http_status)


def _day(
    request: Request, event_pk: int, *, problems: Sequence[Problem] = (), form: LostTableForm | None = None
) -> HttpResponse:
    event = event_of(request.actor, event_pk)
    tables = list(_tables(event))
    in_use = [table for table in tables if table.out_since is None]
    absences = Absence.objects.filter(event=event, lifted_at__isnull=True, ends_at__gt=request.now)
    runs = Run.objects.filter(event=event, published_at__isnull=False).exclude(kind=RunKind.PLAN)
    changes = [
        (run, difference_of(run), said_at(run.published_at or run.asked_at, event))
        for run in runs.defer("inputs").order_by("-number")[:LATELY]
    ]
    context = page(
        event,
        request.actor,
        "day",
        absences=[
            (absence, said_at(absence.said_at, event))
            for absence in absences.select_related("registration").order_by("-said_at", "pk")
        ],
        lost=[table for table in tables if table.out_since is not None],
        in_use=len(in_use),
        form=form or LostTableForm(tables=in_use),
        changes=changes,
        problems=problems,
    )
    status = 409 if problems else 422 if form else 200
    return render(request, "meetings/planning/day.html", context, status=status)


def _people(event: Event) -> Any:
    rows = Registration.objects.filter(event=event, wants_meetings=True).taking_part()
    return rows.order_by("name", "pk")


def _tables(event: Event) -> Any:
    return MeetingTable.objects.filter(event=event).select_related("room").order_by("number")


def _table(request: Request, pk: int) -> MeetingTable:
    kept = Event.objects.kept_by(request.actor).values("pk")
    return get_object_or_404(MeetingTable.objects.filter(event__in=kept).select_related("event"), pk=pk)


def _address(event: Event) -> str:
    return reverse("meetings:day", args=[event.pk])


def _trail(event: Event) -> list[Crumb]:
    return trail(event, Crumb(_("On the day"), _address(event)))
