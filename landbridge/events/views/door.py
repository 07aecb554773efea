"""The door: codes scanned or typed, names looked up, and scans that arrive later because a telephone was offline."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.events import actions
from landbridge.events.models import CheckIn, Event, Registration
from landbridge.events.queries import arrivals
from landbridge.events.rules import codes
from landbridge.events.rules.presence import BEFORE_THE_DOORS
from landbridge.events.states import REGISTRATION_WORKFLOW, WITH_A_PLACE, RegistrationMove
from landbridge.events.views.coming import crumbs_of_list, is_own, kept_event, registration_page
from landbridge.foundation.operations.form_pages import button_pressed
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem, Refused
from landbridge.foundation.ui.formatting import problem_cure, problem_text
from landbridge.foundation.ui.parts import Crumb

WORKER = Path(__file__).resolve().parent.parent / "static" / "events" / "check_in_worker.js"
MOST_SCANS = 200
MOST_FOUND = 30
MOST_LATELY = 8
LARGEST_POST = 200_000


@needs(P.EVENT_CHECK_IN)
def check_in(request: Request, slug: str) -> HttpResponse:
    """One page for the telephone of whoever stands at the door; by itself it works without JavaScript."""
    event = kept_event(request.actor, slug)
    problems: tuple[Problem, ...] = ()
    code = request.POST.get("code", "")[:300]
    if request.method == "POST":
        try:
            arrived = _arrived(request, event, code=code, scanned_at=request.now)
        except Refused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, _says(arrived, at=request.now))
            return redirect("events:check_in", slug=event.slug)
    opens_at = event.starts_at - BEFORE_THE_DOORS
    day = arrivals.event_day(event, request.now)
    everyone = arrivals.door_list(event, day=day)
    text = request.GET.get("text", "").strip()[:100]
    wanted = text.casefold()
    context = {
        "event": event,
        "day": day,
        "opens_at": opens_at,
        "is_early": request.now < opens_at,
        "code": code if problems else "",
        "problems": problems,
        "inside": sum(one.is_in for one in everyone),
        "expected": sum(one.has_place for one in everyone),
        "text": text,
        "found": [one for one in everyone if wanted in f"{one.name} {one.organisation}".casefold()][
            :MOST_FOUND
        ]
        if text
        else [],
        "lately": _lately(event),
        "zone": event.time_zone,
        "breadcrumbs": [*crumbs_of_list(event, request.actor), Crumb(_("Check-in"))],
    }
    response = render(request, "events/check_in.html", context, status=409 if problems else 200)
    response["Cache-Control"] = "private, no-store"
    return response


@needs(P.EVENT_CHECK_IN)
@require_GET
def check_in_list(request: Request, slug: str) -> HttpResponse:
    """Everybody with a code: what a telephone keeps so that it can go on without network."""
    event = kept_event(request.actor, slug)
    everyone = arrivals.door_list(event, day=arrivals.event_day(event, request.now))
    response = JsonResponse(
        {
            "people": [[one.code, one.name, one.organisation, one.state, one.is_in] for one in everyone],
            "inside": sum(one.is_in for one in everyone),
            "expected": sum(one.has_place for one in everyone),
        }
    )
    response["Cache-Control"] = "private, no-store"
    return response


@needs(P.EVENT_CHECK_IN)
@require_POST
def check_in_scans(request: Request, slug: str) -> HttpResponse:
    """The scans that a telephone has gathered, each with its own time. Posted twice, they count once."""
    event = kept_event(request.actor, slug)
    scans = _scans_in(request)
    if scans is None:
        return JsonResponse({"error": "unreadable"}, status=422)
    answers = [_answered(request, event, scan) for scan in scans[:MOST_SCANS]]
    return JsonResponse({"results": answers, **_counts(event, request.now)})


@needs(P.EVENT_CHECK_IN)
@require_GET
def check_in_worker(request: Request, slug: str) -> HttpResponse:
    """The service worker of this one page; its address is its scope."""
    kept_event(request.actor, slug)
    response = HttpResponse(WORKER.read_text(encoding="utf-8"), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@needs(P.EVENT_CHECK_IN)
@require_POST
def check_in_undo(request: Request, pk: int) -> HttpResponse:
    """Take the last check-in of somebody back."""
    found = get_object_or_404(Registration.objects.decided_by(request.actor).select_related("event"), pk=pk)
    return button_pressed(
        request,
        lambda: actions.undo_check_in(registration_id=found.pk, by=request.actor, at=request.now),
        done=_("Taken back: %(name)s is not in.") % {"name": found.name},
        to=reverse("events:check_in", args=[found.event.slug]),
        refused=lambda problems: registration_page(request, pk, problems=problems),
    )


@needs(P.EVENT_ATTEND)
def arrival(request: Request, code: str) -> HttpResponse:
    """What the QR code opens: a button for staff, one's own registration for whoever comes. Opening changes nothing."""
    read = codes.read_code(code)
    rows = Registration.objects.changed_by(request.actor).select_related("event")
    found = rows.filter(code=read).first() if read else None
    if found is None:
        raise Http404
    if not Event.objects.kept_by(request.actor).filter(pk=found.event_id).exists():
        return redirect(found)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            arrived = _arrived(request, found.event, code=read, scanned_at=request.now)
        except Refused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, _says(arrived, at=request.now))
            return redirect("events:check_in", slug=found.event.slug)
    day = arrivals.event_day(found.event, request.now)
    context = {
        "found": found,
        "event": found.event,
        "problems": problems,
        "today": [one for one in arrivals.arrivals_of(found) if one.day == day],
        "own": is_own(found, request.actor),
        "may_undo": REGISTRATION_WORKFLOW.allows(RegistrationMove.UNDO_CHECK_IN, of=found, by=request.actor),
        "breadcrumbs": [*crumbs_of_list(found.event, request.actor), Crumb(found.name)],
    }
    return render(request, "events/arrival.html", context, status=409 if problems else 200)


def _arrived(request: Request, event: Event, *, code: str, scanned_at: datetime, device: str = "") -> CheckIn:
    return actions.check_in(
        code=code, event_id=event.pk, scanned_at=scanned_at, device=device, by=request.actor, at=request.now
    )


def _answered(request: Request, event: Event, scan: dict[str, Any]) -> dict[str, object]:
    """What became of one scan of a telephone."""
    code = str(scan.get("code", ""))[:300]
    moment = _moment(scan.get("at")) or request.now
    try:
        arrived = _arrived(
            request, event, code=code, scanned_at=moment, device=str(scan.get("device", ""))[:60]
        )
    except Refused as refusal:
        problem = refusal.problems[0]
        return {
            "code": code,
            "ok": False,
            "problem": problem.code,
            "text": f"{problem_text(problem)} {problem_cure(problem)}".strip(),
        }
    found = arrived.registration
    return {
        "code": found.code,
        "ok": True,
        "again": arrived.received_at != request.now,
        "name": found.name,
        "organisation": found.organisation_name,
    }


def _scans_in(request: Request) -> list[dict[str, Any]] | None:
    if len(request.body) > LARGEST_POST:
        return None
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    scans = sent.get("scans") if isinstance(sent, dict) else None
    if not isinstance(scans, list) or not scans or not all(isinstance(scan, dict) for scan in scans):
        return None
    return scans


def _moment(value: object) -> datetime | None:
    """The telephone's time, where it is one; it always comes with its zone."""
    try:
        found = parse_datetime(str(value)[:40])
    except ValueError:
        return None
    return found.astimezone(UTC) if found is not None and found.tzinfo is not None else None


def _counts(event: Event, at: datetime) -> dict[str, int]:
    day = arrivals.event_day(event, at)
    rows = Registration.objects.filter(event=event, state__in=WITH_A_PLACE)
    inside = CheckIn.objects.filter(registration__event=event, day=day).count()
    return {"inside": inside, "expected": rows.count()}


def _says(arrived: CheckIn, *, at: datetime) -> str:
    found = arrived.registration
    who = {"name": found.name, "organisation": found.organisation_name}
    if arrived.received_at != at:
        return _("%(name)s, %(organisation)s: in already.") % who
    return _("%(name)s, %(organisation)s: in. Welcome!") % who


def _lately(event: Event) -> list[CheckIn]:
    rows = CheckIn.objects.filter(registration__event=event).select_related("registration")
    return list(rows.order_by("-received_at", "-pk")[:MOST_LATELY])
