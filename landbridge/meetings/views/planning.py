"""The organiser's timetable: the control page, the rules, one button, its progress, the preview, publication."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from landbridge.foundation.exports import csv_response
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.formatting import number
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.meetings import actions
from landbridge.meetings.forms.planning import MeetingRulesForm, RunForm, UnplacedFilters
from landbridge.meetings.models import MeetingRules, Run
from landbridge.meetings.queries import controlling, preview
from landbridge.meetings.queries.asking import rules_of
from landbridge.meetings.queries.material import material_of
from landbridge.meetings.queries.versions import (
    difference_between,
    difference_of,
    newest_number,
    places_in,
    published_run,
    unfinished_run,
)
from landbridge.meetings.states import RunKind, RunState
from landbridge.meetings.tasks import making
from landbridge.meetings.views.kept import control_address, event_of, page, run_of, trail

UNFINISHED = (RunState.QUEUED, RunState.RUNNING)


@needs(P.MEETING_SEE)
@require_GET
def control(request: Request, event_pk: int) -> HttpResponse:
    """How the meetings of an event stand, and the one button that makes the timetable."""
    return _control(request, event_pk)


@needs(P.MEETING_PLAN)
def rules(request: Request, event_pk: int) -> HttpResponse:
    """When people ask each other, how much, and how much wishes weigh."""
    event = event_of(request.actor, event_pk)
    found = rules_of(event) or MeetingRules(
        event=event, requests_open_at=request.now, requests_close_at=event.starts_at
    )
    form = MeetingRulesForm(posted(request), zone=event.time_zone, initial=_initial(found, event.time_zone))
    return form_page(
        request,
        form,
        act=lambda: actions.set_rules(event_id=event.pk, **form.values, by=request.actor, at=request.now),
        title=_("Rules of the meetings"),
        lead=_("Times are those of the event: %(zone)s.") % {"zone": event.time_zone},
        save=_("Save"),
        done=_("Saved."),
        to=control_address(event),
        crumbs=trail(event),
        eyebrow=event.title,
    )


@needs(P.MEETING_PLAN)
@require_POST
def runs(request: Request, event_pk: int) -> HttpResponse:
    """The one button: a timetable is asked for, and a job computes it."""
    event = event_of(request.actor, event_pk)
    form = RunForm(request.POST)
    given = form.values if form.is_valid() else {}
    return button_pressed(
        request,
        lambda: making.asked(
            lambda: actions.queue_run(event_id=event.pk, **given, by=request.actor, at=request.now)
        ),
        refused=lambda problems: _control(request, event_pk, problems=problems),
    )


@needs(P.MEETING_SEE)
@require_GET
def run(request: Request, pk: int) -> HttpResponse:
    """One version: how far it is, or how good; a script asks for its progress alone."""
    if not request.htmx:
        return _run(request, pk)
    found = run_of(request.actor, pk)
    if found.state not in UNFINISHED:
        return HttpResponseClientRefresh()
    return render(request, "meetings/planning/_progress.html", {"found": found, **_progress(found)})


@needs(P.MEETING_PLAN)
@require_POST
def publication(request: Request, pk: int) -> HttpResponse:
    """Publish a version; `all_the_same` where what it was computed from has changed."""
    found = run_of(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.publish_run(
            run_id=found.pk,
            all_the_same=request.POST.get("all_the_same") == "yes",
            by=request.actor,
            at=request.now,
        ),
        done=_("Published. Everyone concerned is told."),
        refused=lambda problems: _run(request, pk, problems=problems),
    )


@needs(P.MEETING_PLAN)
@require_POST
def stop(request: Request, pk: int) -> HttpResponse:
    """Do not wait for this version."""
    found = run_of(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.stop_run(run_id=found.pk, by=request.actor, at=request.now),
        done=_("Stopped."),
        refused=lambda problems: _run(request, pk, problems=problems),
    )


@needs(P.MEETING_SEE)
@require_GET
def unplaced(request: Request, pk: int) -> HttpResponse:
    """What a version could not place, each with its reason; by reason and name."""
    found = run_of(request.actor, pk)
    filters = UnplacedFilters(request.GET)
    shown = page_of(request, preview.unplaced_in(found, **filters.chosen))
    for row in shown.object_list:
        row.reason = preview.reason_of(row)
    context = page(
        found.event,
        request.actor,
        "control",
        found=found,
        page=shown,
        filters=filters,
        breadcrumbs=trail(found.event, Crumb(_name(found), found.get_absolute_url()), Crumb(_("Not placed"))),
    )
    return render(request, "meetings/planning/unplaced.html", context)


@needs(P.MEETING_SEE)
@require_GET
def unplaced_csv(request: Request, pk: int) -> HttpResponseBase:
    """The same for another program."""
    found = run_of(request.actor, pk)
    filters = UnplacedFilters(request.GET)
    rows = preview.unplaced_in(found, **filters.chosen)
    header = [
        _("Request"),
        _("Asked by"),
        _("Organisation"),
        _("Asked"),
        _("Organisation"),
        _("Code"),
        _("Reason"),
    ]
    lines = (
        [
            row.request_id,
            row.request.sender.name,
            row.request.sender.organisation_name,
            row.request.receiver.name,
            row.request.receiver.organisation_name,
            row.why,
            preview.reason_of(row),
        ]
        for row in rows.iterator(chunk_size=1000)
    )
    return csv_response(f"unplaced-version-{found.number}", header, lines)


@needs(P.MEETING_SEE)
@require_GET
def comparison(request: Request, pk: int, other_run_pk: int) -> HttpResponse:
    """Two versions of the same event side by side."""
    found = run_of(request.actor, pk)
    other = get_object_or_404(Run.objects.visible_to(request.actor), pk=other_run_pk, event=found.event_id)
    places, others = places_in(found), places_in(other)
    context = page(
        found.event,
        request.actor,
        "control",
        sides=[_side(one, len(meetings)) for one, meetings in ((other, others), (found, places))],
        difference=difference_between(others, places),
        found=found,
        other=other,
        breadcrumbs=trail(found.event, Crumb(_name(found), found.get_absolute_url()), Crumb(_("Comparison"))),
    )
    return render(request, "meetings/planning/comparison.html", context)


def _control(request: Request, event_pk: int, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    event = event_of(request.actor, event_pk)
    found = rules_of(event)
    running = unfinished_run(event)
    context = page(
        event,
        request.actor,
        "control",
        rules=found,
        control=controlling.control_of(event, at=request.now),
        versions=controlling.versions_of(event),
        running=running,
        is_under_way=event.starts_at <= request.now < event.ends_at,
        form=RunForm(),
        silent=list(controlling.silent_people(event)[:20]),
        without_requests=list(controlling.people_without_requests(event)[:20]),
        problems=problems,
        screen=_screen_address(found, event.slug),
        **(_progress(running) if running else {}),
    )
    return render(request, "meetings/planning/control.html", context, status=409 if problems else 200)


def _run(request: Request, pk: int, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    found = run_of(request.actor, pk)
    event = found.event
    is_newest = found.state == RunState.DRAFT and found.number == newest_number(event)
    changed: list[str] = []
    if is_newest and (known := rules_of(event)) is not None:
        changed = preview.changed_since(found, material_of(event, rules=known, at=request.now))
    is_there = found.state not in (*UNFINISHED, RunState.FAILED)
    others = Run.objects.filter(event=event).exclude(pk=found.pk)
    others = others.exclude(state__in=[*UNFINISHED, RunState.FAILED]).defer("inputs")
    context = page(
        event,
        request.actor,
        "control",
        found=found,
        preview=preview.preview_of(found, event) if is_there else None,
        difference=difference_of(found),
        holds=published_run(event) if is_newest else None,
        is_newest=is_newest,
        is_plan=found.kind == RunKind.PLAN,
        is_under_way=event.starts_at <= request.now < event.ends_at,
        changed=changed,
        others=list(others.order_by("-number")[:10]),
        problems=problems,
        share=_share(found),
        bound=_bound(found),
        breadcrumbs=trail(event, Crumb(_name(found))),
        **_progress(found),
    )
    return render(request, "meetings/planning/run.html", context, status=409 if problems else 200)


def _progress(found: Run) -> dict[str, Any]:
    return {"stage": _(making.STAGES.get(found.stage, "")), "so_far": _share(found)}


def _share(found: Run) -> str:
    """The share of what is possible at all, never rounded up to a perfection that was not proved."""
    share = found.share
    if share is None:
        return ""
    return f"{min(int(share * 1000 + 1e-9), 1000) / 10:g}"


def _bound(found: Run) -> str:
    """What no timetable can weigh more than, never rounded down; without decimals where it is whole."""
    if found.bound is None:
        return ""
    tenths = ceil(found.bound * 10 - 1e-6)
    return number(tenths // 10 if tenths % 10 == 0 else tenths / 10)


def _side(found: Run, meetings: int) -> dict[str, Any]:
    return {"run": found, "meetings": meetings, "share": _share(found), "statistics": found.statistics}


def _name(found: Run) -> str:
    return _("Version %(number)s") % {"number": found.number}


def _screen_address(found: MeetingRules | None, slug: str) -> str:
    if found is None or not found.screen_key:
        return ""
    return f"{reverse('meetings:screen', args=[slug])}?key={found.screen_key}"


def _initial(found: MeetingRules, zone: str) -> dict[str, Any]:
    names = [name for name in MeetingRulesForm.base_fields if not name.startswith("requests_")]
    moments = ("requests_open_at", "requests_close_at")
    local = {
        name: getattr(found, name).astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0)
        for name in moments
    }
    return {**{name: getattr(found, name) for name in names}, **local}
