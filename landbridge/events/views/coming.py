"""What the pages of a registration share: whose it is, the trail, and the page itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.events import coming_steps
from landbridge.events.models import Event, Registration
from landbridge.events.queries import arrivals, coming, mine, places
from landbridge.events.queries.telling import calendar_address
from landbridge.events.rules import codes, registering
from landbridge.events.states import REGISTRATION_WORKFLOW, TAKING_PART, Registered, RegistrationMove
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.parts import Crumb

M = RegistrationMove


def seen_by(actor: Actor, pk: int) -> Registration:
    """The registration, with what its pages name; a stranger's is not found."""
    rows = Registration.objects.visible_to(actor).select_related("event", "region", "organisation")
    return get_object_or_404(rows, pk=pk)


def changed_by(actor: Actor, pk: int) -> Registration:
    """A registration that the actor may change: their own, or one of an event they keep."""
    rows = Registration.objects.changed_by(actor).select_related("event", "region", "organisation")
    return get_object_or_404(rows, pk=pk)


def kept_event(actor: Actor, slug: str) -> Event:
    """An event whose organiser the actor is."""
    return get_object_or_404(Event.objects.kept_by(actor), slug=slug)


def is_own(found: Registration, actor: Actor) -> bool:
    """Whether somebody looks at their own."""
    return Registration.objects.of_person(actor).filter(pk=found.pk).exists()


def crumbs_of(found: Registration, actor: Actor, *, own: bool | None = None) -> list[Crumb]:
    """The trail to the registration: from one's own events, or from the list of the event."""
    mine_ = is_own(found, actor) if own is None else own
    if mine_ or not actor.may(P.REGISTRATION_SEE):
        return [
            Crumb(_("My events"), reverse("events:mine")),
            Crumb(found.event.title, found.get_absolute_url()),
        ]
    return [*crumbs_of_list(found.event, actor), Crumb(found.name, found.get_absolute_url())]


def crumbs_of_list(event: Event, actor: Actor) -> list[Crumb]:
    """The trail to the registrations of an event: an organiser's from the control page, a reader's from the public one."""
    keeps = actor.may(P.EVENT_EDIT)
    above = Crumb(
        event.title, reverse("events:kept_event", args=[event.pk]) if keeps else event.get_absolute_url()
    )
    return [
        *([Crumb(_("Run events"), reverse("events:kept"))] if keeps else []),
        above,
        Crumb(_("Registrations"), reverse("events:registrations", args=[event.slug])),
    ]


@needs(P.EVENT_ATTEND)
@require_GET
def mine_page(request: Request) -> HttpResponse:
    """One's own events: the next on top, then the others, then what is over."""
    found = mine.mine_of(request.actor, at=request.now)
    context = {"mine": found, "may_keep": request.actor.may(P.EVENT_EDIT)}
    return render(request, "events/mine.html", context)


@needs(P.EVENT_ATTEND)
@require_GET
def registration(request: Request, pk: int) -> HttpResponse:
    """One registration."""
    return registration_page(request, pk)


def registration_page(request: Request, pk: int, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    """Where it stands, what is missing, the code, the programme; for organisers what they may decide."""
    found, actor = seen_by(request.actor, pk), request.actor
    own, event = is_own(found, actor), found.event
    keeps = Event.objects.kept_by(actor).filter(pk=event.pk).exists()
    written = coming.written_of(found)
    complete = registering.completeness_of(written)
    ahead = list(registering.problems_with(written)) if found.state == Registered.DRAFT else []
    number = places.number_in_line(found)
    context: dict[str, Any] = {
        "found": found,
        "event": event,
        "own": own,
        "keeps": keeps,
        "problems": problems,
        "ahead": [] if problems else ahead,
        "complete": complete,
        "missing": [_(label) for label in complete.labels],
        "steps": coming_steps.way(found),
        "next": coming_steps.next_step(
            found, complete=complete, number=number, at=request.now, is_blocked=bool(ahead)
        )
        if own
        else None,
        "number": number,
        "code": codes.grouped(found.code),
        "shows_code": (own or keeps) and found.state in TAKING_PART,
        "programme": coming.programme_for(found),
        "answers": mine.answers_of(found) if own or keeps else [],
        "challenges": mine.challenges_for(found),
        "arrivals": arrivals.arrivals_of(found) if own or keeps else [],
        "languages": mine.language_names(found),
        "zone": event.time_zone,
        "own_zone": coming.own_zone(found),
        "calendar": calendar_address(found) if own else "",
        "may": _may(found, actor, own=own, keeps=keeps),
        "sees_history": own or keeps or actor.may(P.AUDIT_SEE),
        "breadcrumbs": [*crumbs_of(found, actor, own=own)[:-1], Crumb(event.title if own else found.name)],
    }
    return render(request, "events/registration.html", context, status=409 if problems else 200)


def _may(found: Registration, actor: Actor, *, own: bool, keeps: bool) -> dict[str, bool]:
    def allows(move: RegistrationMove) -> bool:
        return REGISTRATION_WORKFLOW.allows(move, of=found, by=actor)

    changes = own or keeps
    return {
        "write": changes and found.state in (*TAKING_PART, *registering.STILL_OPEN),
        "cancel": changes and allows(M.CANCEL),
        "approve": keeps and allows(M.APPROVE),
        "wait": keeps and allows(M.WAIT),
        "reject": keeps and allows(M.REJECT),
        "undo": keeps and allows(M.UNDO_CHECK_IN),
        "check_in": keeps and allows(M.CHECK_IN),
        "remind": keeps and found.state in TAKING_PART,
        "sessions": changes and found.state in TAKING_PART,
    }
