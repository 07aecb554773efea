"""The organiser's slots and tables: laid together after a preview, changed one by one, lost and given back on the day."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.events import actions, queries, rules
from landbridge.events.forms import SlotsForm, TableForm, TablesForm, slots_initial
from landbridge.events.models import Event, MeetingTable, Registration
from landbridge.events.rules.moving import Stretch
from landbridge.events.rules.slots import Laid
from landbridge.events.views.kept_parts import home_of, kept_by, part_page, trail
from landbridge.foundation.operations.form_pages import button_pressed, carried_out, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, Problem, Refused
from landbridge.foundation.ui.parts import Crumb

SPARE_ROWS = 2


@needs(P.EVENT_EDIT)
def slots(request: Request, event_pk: int) -> HttpResponse:
    """Lay the slots. The first button shows what it would lead to, the second does it."""
    event = kept_by(request, event_pk)
    plan = queries.plan_of(event)
    rows = min(rules.MOST_PARTS, max(len(plan.parts), _rows_posted(request)) + SPARE_ROWS)
    initial = slots_initial(plan, event.time_zone)
    form = SlotsForm(posted(request), event=event, rows=rows, initial=initial)
    if request.POST.get("save"):
        result = carried_out(
            request,
            form,
            lambda: actions.lay_slots(event_id=event.pk, plan=form.plan, by=request.actor, at=request.now),
        )
        if result is not None:
            messages.success(request, _("The slots are laid."))
            return redirect(home_of(event))
    shown = _previewed(event, form) if form.is_bound else None
    context = {
        "event": event,
        "form": form,
        "standing": _by_part(
            event, [Stretch(one.starts_at, one.ends_at, one.part) for one in queries.slots_of(event)]
        ),
        "preview": shown,
        "preview_parts": _by_part(event, [slot for _key, slot in shown.slots]) if shown else [],
        "kept_in_use": _kept_in_use(form, shown),
        "when": queries.when_of(event),
        "breadcrumbs": trail(event, Crumb(_(rules.PART_NAMES[rules.Part.SLOTS]))),
    }
    return render(request, "events/slots.html", context, status=form.http_status)


@needs(P.EVENT_EDIT)
def tables(request: Request, event_pk: int) -> HttpResponse:
    """The tables by room, and a form for more."""
    event = kept_by(request, event_pk)
    rooms = queries.rooms_of(event)
    form = TablesForm(posted(request), rooms=rooms)
    found = queries.tables_of(event)
    return form_page(
        request,
        form,
        act=lambda: actions.lay_tables(
            event_id=event.pk,
            count=form.cleaned_data["count"],
            name=form.cleaned_data["name"],
            room_id=form.cleaned_data["room"],
            is_step_free=form.cleaned_data["is_step_free"],
            by=request.actor,
            at=request.now,
        ),
        to=_tables(event),
        title=_(rules.PART_NAMES[rules.Part.TABLES]),
        save=_("Add tables"),
        done=_("Added."),
        crumbs=trail(event),
        template="events/tables.html",
        event=event,
        tables=found,
        lost=sum(1 for table in found if table.out_since),
        stands=sum(1 for table in found if table.holder_id),
    )


@needs(P.EVENT_EDIT)
def table(request: Request, table_pk: int) -> HttpResponse:
    """Another name or room, or whose stand it is."""
    found = get_object_or_404(MeetingTable.objects.select_related("holder"), pk=table_pk)
    event = kept_by(request, found.event_id)
    form = TableForm(posted(request), found=found, rooms=queries.rooms_of(event))
    return part_page(
        request,
        form,
        event=event,
        act=lambda: actions.edit_table(
            table_id=found.pk, **_table_values(event, form), by=request.actor, at=request.now
        ),
        to=_tables(event),
        title=_("Table %(table)s") % {"table": found},
        crumbs=trail(event, Crumb(_(rules.PART_NAMES[rules.Part.TABLES]), _tables(event))),
    )


@needs(P.EVENT_EDIT)
@require_POST
def table_removal(request: Request, table_pk: int) -> HttpResponse:
    """Take away a table at which nobody meets."""
    event, found = _of(request, table_pk)
    return button_pressed(
        request,
        lambda: actions.drop_table(table_id=found.pk, by=request.actor, at=request.now),
        to=_tables(event),
        done=_("Taken away."),
    )


@needs(P.EVENT_EDIT)
@require_POST
def table_loss(request: Request, table_pk: int) -> HttpResponse:
    """It cannot be used from now on."""
    event, found = _of(request, table_pk)
    return button_pressed(
        request,
        lambda: actions.lose_table(table_id=found.pk, by=request.actor, at=request.now),
        to=_tables(event),
        done=_("Lost. Repair the timetable so that its meetings get other tables."),
    )


@needs(P.EVENT_EDIT)
@require_POST
def table_return(request: Request, table_pk: int) -> HttpResponse:
    """It can be used again."""
    event, found = _of(request, table_pk)
    return button_pressed(
        request,
        lambda: actions.give_back_table(table_id=found.pk, by=request.actor, at=request.now),
        to=_tables(event),
        done=_("It can be used again."),
    )


def _of(request: Request, table_pk: int) -> tuple[Event, MeetingTable]:
    found = get_object_or_404(MeetingTable, pk=table_pk)
    return kept_by(request, found.event_id), found


def _tables(event: Event) -> str:
    return reverse("events:tables", args=[event.pk])


def _table_values(event: Event, form: TableForm) -> dict[str, Any]:
    """What the action takes; an address that nobody registered with is refused beside its field."""
    given = dict(form.cleaned_data)
    email, room_id, holder = given.pop("holder_email"), given.pop("room"), None
    if email:
        holder = Registration.objects.taking_part().filter(event=event, email__iexact=email).first()
        if holder is None:
            raise Refused([NOBODY])
    return {**given, "room_id": room_id, "holder_id": holder.pk if holder else None}


NOBODY = Problem(
    code="holder_unknown",
    message=N_("Nobody with a place has this address."),
    cure=N_("Look in the list of registrations."),
    field="holder_email",
)


def _rows_posted(request: Request) -> int:
    return sum(1 for name, value in request.POST.items() if name.startswith("day_") and value)


def _previewed(event: Event, form: SlotsForm) -> Laid | None:
    """What the plan would lead to; what is wrong with it stands beside its fields."""
    if not form.is_valid():
        return None
    problems = list(rules.problems_with_plan(form.plan, starts_at=event.starts_at, ends_at=event.ends_at))
    if problems:
        form.refuse(Refused(problems))
        return None
    return queries.preview(event, form.plan)


def _kept_in_use(form: SlotsForm, shown: Laid | None) -> int:
    """How many slots stay only because meetings use them."""
    if shown is None:
        return 0
    wanted = {(slot.starts_at, slot.ends_at) for slot in rules.planned(form.plan)}
    return sum(1 for key, slot in shown.slots if key and (slot.starts_at, slot.ends_at) not in wanted)


def _by_part(event: Event, found: list[Stretch]) -> list[dict[str, object]]:
    """Slots as times of the clock, by day and part."""
    zone = event.time_zone
    parts = []
    for day_and_part, inside in groupby(found, key=lambda one: (rules.day_of(one.starts_at, zone), one.part)):
        rows = list(inside)
        times = [f"{rules.wall_of(one.starts_at, zone):%H:%M}" for one in rows]
        until = f"{rules.wall_of(rows[-1].ends_at, zone):%H:%M}"
        parts.append({"day": day_and_part[0], "times": times, "until": until})
    return parts
