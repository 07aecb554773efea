"""What people who come choose: times, sessions, answers to challenges."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.events import actions
from landbridge.events.forms.coming import ChallengeForm
from landbridge.events.models import Challenge, ChallengeAnswer, Event, Registration
from landbridge.events.queries import coming
from landbridge.events.views.coming import changed_by, crumbs_of, is_own, registration_page
from landbridge.foundation.operations.form_pages import button_pressed, carried_out, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.forms import Form
from landbridge.foundation.ui.parts import Crumb

NOON = 13


@needs(P.EVENT_ATTEND)
def availability(request: Request, pk: int) -> HttpResponse:
    """The slots of the meetings: tick those in which one is there, all at once or part by part."""
    found = changed_by(request.actor, pk)
    parts = coming.slots_to_tick(found.event)
    form = Form(posted(request))
    if request.method == "POST":
        slots = _chosen(request, parts)
        result = carried_out(
            request,
            form,
            lambda: actions.set_slots(
                registration_id=found.pk, slots=slots, by=request.actor, at=request.now
            ),
        )
        if result is not None:
            to_see = "all" in request.POST or "part" in request.POST
            return redirect("events:availability", pk=pk) if to_see else redirect(result)
    busy = coming.sessions_of(found)
    ticked = set(found.slots if found.slots is not None else [])
    slots_there = [slot for part in parts for slot in part.slots]
    free = coming.free_slots(found, slots_there, busy)
    context = {
        "found": found,
        "form": form,
        "parts": [(part, *_day_and_name(part, zone=found.event.time_zone)) for part in parts],
        "ticked": ticked,
        "in_session": ticked - free if free is not None else set(),
        "has_said": found.slots is not None,
        "zone": found.event.time_zone,
        "own_zone": coming.own_zone(found),
        "breadcrumbs": [
            *crumbs_of(found, request.actor, own=is_own(found, request.actor)),
            Crumb(_("When you are there")),
        ],
    }
    return render(request, "events/availability.html", context, status=form.http_status)


def _chosen(request: Request, parts: list[coming.Part]) -> list[int]:
    ticked = {
        int(text)
        for text in request.POST.getlist("slots")
        if text.isascii() and text.isdigit() and len(text) < 19
    }
    if "all" in request.POST:
        return [slot.pk for part in parts for slot in part.slots]
    if "none" in request.POST:
        return []
    wanted = request.POST.get("part", "")
    return sorted(ticked | {slot.pk for part in parts if str(part.number) == wanted for slot in part.slots})


def _day_and_name(part: coming.Part, *, zone: str) -> tuple[date, str]:
    begins = part.starts_at.astimezone(ZoneInfo(zone))
    return begins.date(), _("Morning") if begins.hour < NOON else _("Afternoon")


@needs(P.EVENT_ATTEND)
@require_POST
def session_place(request: Request, pk: int, event_session_pk: int) -> HttpResponse:
    """Take a place in a session."""
    found = changed_by(request.actor, pk)
    _session_of(found, event_session_pk)
    return button_pressed(
        request,
        lambda: actions.take_session(
            registration_id=found.pk, session_id=event_session_pk, by=request.actor, at=request.now
        ),
        done=_("You have a place in this session."),
        refused=lambda problems: registration_page(request, pk, problems=problems),
    )


@needs(P.EVENT_ATTEND)
@require_POST
def session_leaving(request: Request, pk: int, event_session_pk: int) -> HttpResponse:
    """Give a place in a session back."""
    found = changed_by(request.actor, pk)
    _session_of(found, event_session_pk)
    return button_pressed(
        request,
        lambda: actions.leave_session(
            registration_id=found.pk, session_id=event_session_pk, by=request.actor, at=request.now
        ),
        done=_("Given back."),
        refused=lambda problems: registration_page(request, pk, problems=problems),
    )


def _session_of(found: Registration, event_session_pk: int) -> None:
    get_object_or_404(found.event.sessions, pk=event_session_pk)


@needs(P.EVENT_ATTEND)
def challenge_answer(request: Request, pk: int, challenge_pk: int) -> HttpResponse:
    """Answer a challenge, or change one's answer."""
    found = changed_by(request.actor, pk)
    challenge = get_object_or_404(Challenge, pk=challenge_pk, event=found.event_id)
    answer = ChallengeAnswer.objects.filter(challenge=challenge, registration=found).first()
    form = ChallengeForm(posted(request), initial={"text": answer.text if answer else ""})
    return form_page(
        request,
        form,
        act=lambda: actions.answer_challenge(
            registration_id=found.pk,
            challenge_id=challenge.pk,
            **form.cleaned_data,
            by=request.actor,
            at=request.now,
        ),
        title=challenge.title,
        eyebrow=_("Challenge of %(company)s") % {"company": challenge.organisation_name},
        lead=challenge.text,
        save=_("Save the answer"),
        done=_("Saved. The company that set the challenge reads it."),
        crumbs=crumbs_of(found, request.actor),
    )


@needs(P.EVENT_ATTEND)
@require_GET
def challenge_answers(request: Request, slug: str) -> HttpResponse:
    """What people propose: all of it for the organiser, one's own company's challenges for its people."""
    event = get_object_or_404(Event.objects.visible_to(request.actor), slug=slug)
    rows = ChallengeAnswer.objects.filter(challenge__event=event)
    if not Event.objects.kept_by(request.actor).filter(pk=event.pk).exists():
        rows = rows.filter(challenge__organisation=request.actor.organisation_id or 0)
    answers = rows.select_related("challenge", "registration").order_by(
        "challenge__number", "challenge_id", "answered_at", "pk"
    )
    context = {
        "event": event,
        "answers": list(answers),
        "breadcrumbs": [Crumb(event.title, event.get_absolute_url()), Crumb(_("Answers to challenges"))],
    }
    return render(request, "events/challenge_answers.html", context)
