"""Ranking and selection, the running order, and the page of the day."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.foundation.exports import csv_response, xlsx_response
from landbridge.foundation.operations.form_pages import button_pressed, carried_out, posted
from landbridge.foundation.permissions.guards import Request, needs, signed_in
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Crumb
from landbridge.pitches import actions, queries
from landbridge.pitches.forms import OrderForm, SelectionForm
from landbridge.pitches.models import Pitch, PitchCall
from landbridge.pitches.states import AFTER_OPENING, OrderBy, Pitched, S
from landbridge.pitches.views.shared import (
    call_page,
    crumbs_of_call,
    keeps,
    kept_call,
    kept_pitch,
    pitch_page,
    seen_call,
)


@needs(P.PITCH_SEE)
@require_GET
def ranking(request: Request, pk: int) -> HttpResponse:
    """The ranking, with both means side by side; not for a juror who has something to mark yet."""
    found = kept_call(request.actor, pk)
    is_blind = queries.is_blind(found, request.actor)
    shows = found.state in AFTER_OPENING and not is_blind
    context = {
        "call": found,
        "is_blind": is_blind,
        "places": queries.ranking_of(found) if shows else [],
        "stage": queries.stage_marks(found) if shows and found.state in (S.LIVE, S.CLOSED) else [],
        "may_select": found.state == S.JUDGING and keeps(found, request.actor),
        "breadcrumbs": [*crumbs_of_call(found), Crumb(_("Ranking"))],
    }
    return render(request, "pitches/ranking.html", context)


@needs(P.PITCH_SEE)
@require_GET
def ranking_csv(request: Request, pk: int) -> StreamingHttpResponse:
    """The ranking for other programs; empty for whoever may not see it yet."""
    found = kept_call(request.actor, pk)
    return csv_response(
        f"ranking-{found.pk}", queries.RANKING_HEADER, queries.ranking_rows(_places(found, request))
    )


@needs(P.PITCH_SEE)
@require_GET
def ranking_xlsx(request: Request, pk: int) -> FileResponse:
    """The ranking as a sheet; empty for whoever may not see it yet."""
    found = kept_call(request.actor, pk)
    return xlsx_response(
        f"ranking-{found.pk}", queries.RANKING_HEADER, queries.ranking_rows(_places(found, request))
    )


def _places(found: PitchCall, request: Request) -> list[queries.Place]:
    if found.state not in AFTER_OPENING or queries.is_blind(found, request.actor):
        return []
    return queries.ranking_of(found)


@needs(P.PITCH_SELECT)
def selection(request: Request, pk: int) -> HttpResponse:
    """Decide on every pitch beside its rank."""
    found = kept_call(request.actor, pk)
    is_blind = queries.is_blind(found, request.actor)
    places = [one for one in _places(found, request) if one.pitch.state == Pitched.SUBMITTED]
    form = SelectionForm(posted(request), places=places, most=found.places)
    result = carried_out(
        request,
        form,
        lambda: actions.select(call_id=found.pk, decisions=form.decisions, by=request.actor, at=request.now),
    )
    if result is not None:
        messages.success(request, _("Selected. Every company was told."))
        return redirect(found)
    seats = queries.seats_of(found)
    context = {
        "call": found,
        "form": form,
        "is_blind": is_blind,
        "is_time": found.state == S.JUDGING,
        "seats": seats,
        "missing": sum(max(0, seat.of - seat.marked) for seat in seats),
        "breadcrumbs": [*crumbs_of_call(found), Crumb(_("Selection"))],
    }
    return render(request, "pitches/selection.html", context, status=form.http_status)


@needs(P.PITCH_EDIT)
def order(request: Request, pk: int) -> HttpResponse:
    """The running order with its times, and how it may be fixed anew."""
    found = kept_call(request.actor, pk)
    rows = Pitch.objects.filter(call=found, state=Pitched.SELECTED).select_related("organisation")
    pitches = sorted(rows.order_by("pk"), key=lambda one: one.number or 0)
    form = OrderForm(posted(request), pitches=pitches)
    result = carried_out(
        request,
        form,
        lambda: actions.order(
            call_id=found.pk, how=OrderBy.HAND, pitch_ids=form.order, by=request.actor, at=request.now
        ),
    )
    if result is not None:
        messages.success(request, _("Fixed. Every company was told its time."))
        return redirect("pitches:order", pk=found.pk)
    lines = queries.order_of(found)
    context = {
        "call": found,
        "form": form,
        "lines": lines,
        "begins": queries.stage_begins(found),
        "overruns": queries.overruns(found, lines),
        "may_order": found.state == S.SELECTED,
        "shown_order": OrderBy(found.order_by).label if found.order_by else "",
        "breadcrumbs": [*crumbs_of_call(found), Crumb(_("Running order"))],
    }
    return render(request, "pitches/order.html", context, status=form.http_status)


def _ordered(request: Request, pk: int, how: OrderBy) -> HttpResponse:
    found = kept_call(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.order(call_id=found.pk, how=how, by=request.actor, at=request.now),
        done=_("Fixed. Every company was told its time."),
        to=reverse("pitches:order", args=[found.pk]),
    )


@needs(P.PITCH_EDIT)
@require_POST
def drawing(request: Request, pk: int) -> HttpResponse:
    """The order by lot; drawn again it is the same."""
    return _ordered(request, pk, OrderBy.LOT)


@needs(P.PITCH_EDIT)
@require_POST
def arrangement(request: Request, pk: int) -> HttpResponse:
    """The order in which most interest is in the room."""
    return _ordered(request, pk, OrderBy.AVAILABILITY)


@needs(P.PITCH_EDIT)
@require_POST
def start(request: Request, pk: int) -> HttpResponse:
    """The stage is open."""
    found = kept_call(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.start(call_id=found.pk, by=request.actor, at=request.now),
        to=reverse("pitches:live", args=[found.pk]),
        refused=lambda problems: call_page(request, pk, problems=problems),
    )


@signed_in
@require_GET
def live(request: Request, pk: int) -> HttpResponse:
    """Who is on stage now and next, for everybody in the room; it renews itself."""
    found = seen_call(request.actor, pk)
    seat = queries.seat_of(found, request.actor)
    lines = queries.order_of(found) if found.ordered_at else []
    now, then = queries.now_and_next(lines)
    marked, conflicts = queries.marked_live(seat) if seat else (set(), set())
    context: dict[str, Any] = {
        "call": found,
        "lines": lines,
        "now": now,
        "then": then,
        "seat": seat,
        "marked": marked,
        "conflicts": conflicts,
        "is_live": found.state == S.LIVE,
        "keeps": keeps(found, request.actor),
        "weighs": request.actor.may(P.PITCH_WEIGH),
        "breadcrumbs": [*crumbs_of_call(found), Crumb(_("On stage"))],
    }
    return render(request, "pitches/_stage.html" if request.htmx else "pitches/live.html", context)


@needs(P.PITCH_EDIT)
@require_POST
def coming_on(request: Request, pk: int) -> HttpResponse:
    """A company comes on stage; the one before has pitched."""
    found = kept_pitch(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.bring_on(pitch_id=found.pk, by=request.actor, at=request.now),
        to=reverse("pitches:live", args=[found.call_id]),
        refused=lambda problems: pitch_page(request, pk, problems=problems),
    )


@needs(P.PITCH_EDIT)
@require_POST
def finishing(request: Request, pk: int) -> HttpResponse:
    """A company has pitched."""
    found = kept_pitch(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.finish(pitch_id=found.pk, by=request.actor, at=request.now),
        to=reverse("pitches:live", args=[found.call_id]),
        refused=lambda problems: pitch_page(request, pk, problems=problems),
    )


@needs(P.PITCH_EDIT)
@require_POST
def closing(request: Request, pk: int) -> HttpResponseBase:
    """The session is over."""
    found = kept_call(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.close(call_id=found.pk, by=request.actor, at=request.now),
        done=_("Closed. Investors are asked with whom they go on."),
        refused=lambda problems: call_page(request, pk, problems=problems),
    )
