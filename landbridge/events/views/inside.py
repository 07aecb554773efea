"""The organiser's programme: rooms, sessions and challenges."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.events import actions, queries, rules
from landbridge.events.forms import ChallengeForm, RoomForm, SessionForm, challenge_initial, session_initial
from landbridge.events.models import Challenge, Event, Room, Session
from landbridge.events.views.kept_parts import kept_by, part_page, trail
from landbridge.foundation.operations.form_pages import button_pressed, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Crumb


@needs(P.EVENT_EDIT)
@require_GET
def programme(request: Request, event_pk: int) -> HttpResponse:
    """The sessions by day and the rooms."""
    event = kept_by(request, event_pk)
    context = {
        "event": event,
        "days": queries.days_of(event, queries.programme_of(event)),
        "rooms": queries.rooms_of(event),
        "when": queries.when_of(event),
        "breadcrumbs": trail(event, Crumb(_(rules.PART_NAMES[rules.Part.PROGRAMME]))),
    }
    return render(request, "events/programme.html", context)


@needs(P.EVENT_EDIT)
def session_new(request: Request, event_pk: int) -> HttpResponse:
    """One more session; it begins where the last one ended."""
    event = kept_by(request, event_pk)
    last = event.sessions.order_by("-ends_at", "-pk").first()
    begin = last.ends_at if last and last.ends_at < event.ends_at else event.starts_at
    wall = rules.wall_of(begin, event.time_zone)
    initial = {"starts_at": wall, "ends_at": wall.replace(hour=min(wall.hour + 1, 23)), "kind": "plenary"}
    form = SessionForm(posted(request), event=event, rooms=queries.rooms_of(event), initial=initial)
    return part_page(
        request,
        form,
        event=event,
        act=lambda: actions.add_session(event_id=event.pk, **form.values, by=request.actor, at=request.now),
        to=_programme(event),
        title=_("A new session"),
        crumbs=_trail_inside(event),
    )


@needs(P.EVENT_EDIT)
def session(request: Request, event_session_pk: int) -> HttpResponse:
    """Change a session."""
    found = get_object_or_404(Session.objects.select_related("event"), pk=event_session_pk)
    event = kept_by(request, found.event_id)
    form = SessionForm(
        posted(request),
        event=event,
        rooms=queries.rooms_of(event),
        initial=session_initial(found, event.time_zone),
    )
    taken = found.places_taken.count()
    return part_page(
        request,
        form,
        event=event,
        act=lambda: actions.edit_session(
            session_id=found.pk, **form.values, by=request.actor, at=request.now
        ),
        to=_programme(event),
        title=_("Change the session"),
        lead=_("%(count)s people have a place in it; they are told when time or room change.")
        % {"count": taken}
        if taken
        else "",
        crumbs=_trail_inside(event),
    )


@needs(P.EVENT_EDIT)
@require_POST
def session_removal(request: Request, event_session_pk: int) -> HttpResponse:
    """It does not take place."""
    found = get_object_or_404(Session, pk=event_session_pk)
    event = kept_by(request, found.event_id)
    return button_pressed(
        request,
        lambda: actions.drop_session(session_id=found.pk, by=request.actor, at=request.now),
        to=_programme(event),
        done=_("Taken away."),
    )


@needs(P.EVENT_EDIT)
def room_new(request: Request, event_pk: int) -> HttpResponse:
    """One more room."""
    event = kept_by(request, event_pk)
    form = RoomForm(posted(request))
    return part_page(
        request,
        form,
        event=event,
        act=lambda: actions.add_room(
            event_id=event.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        to=_programme(event),
        title=_("A new room"),
        crumbs=_trail_inside(event),
    )


@needs(P.EVENT_EDIT)
def room(request: Request, room_pk: int) -> HttpResponse:
    """Change a room."""
    found = get_object_or_404(Room, pk=room_pk)
    event = kept_by(request, found.event_id)
    initial = {name: getattr(found, name) for name in ("name", "places", "is_step_free")}
    form = RoomForm(posted(request), initial=initial)
    return part_page(
        request,
        form,
        event=event,
        act=lambda: actions.edit_room(
            room_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        to=_programme(event),
        title=_("Change the room"),
        crumbs=_trail_inside(event),
    )


@needs(P.EVENT_EDIT)
@require_POST
def room_removal(request: Request, room_pk: int) -> HttpResponse:
    """The room is not used."""
    found = get_object_or_404(Room, pk=room_pk)
    event = kept_by(request, found.event_id)
    return button_pressed(
        request,
        lambda: actions.drop_room(room_id=found.pk, by=request.actor, at=request.now),
        to=_programme(event),
        done=_("Taken away. Its sessions have no room now."),
    )


@needs(P.EVENT_EDIT)
@require_GET
def challenges(request: Request, event_pk: int) -> HttpResponse:
    """The challenges that companies set."""
    event = kept_by(request, event_pk)
    context = {
        "event": event,
        "challenges": list(event.challenges.order_by("number", "pk")),
        "breadcrumbs": trail(event, Crumb(_(rules.PART_NAMES[rules.Part.CHALLENGES]))),
    }
    return render(request, "events/challenges.html", context)


@needs(P.EVENT_EDIT)
def challenge_new(request: Request, event_pk: int) -> HttpResponse:
    """One more challenge."""
    event = kept_by(request, event_pk)
    form = ChallengeForm(posted(request))
    return part_page(
        request,
        form,
        event=event,
        act=lambda: actions.add_challenge(event_id=event.pk, **form.values, by=request.actor, at=request.now),
        to=_challenges(event),
        title=_("A new challenge"),
        crumbs=trail(event, Crumb(_("Challenges"), _challenges(event))),
    )


@needs(P.EVENT_EDIT)
def challenge(request: Request, challenge_pk: int) -> HttpResponse:
    """Change a challenge."""
    found = get_object_or_404(Challenge, pk=challenge_pk)
    event = kept_by(request, found.event_id)
    form = ChallengeForm(posted(request), initial=challenge_initial(found))
    return part_page(
        request,
        form,
        event=event,
        act=lambda: actions.edit_challenge(
            challenge_id=found.pk, **form.values, by=request.actor, at=request.now
        ),
        to=_challenges(event),
        title=_("Change the challenge"),
        crumbs=trail(event, Crumb(_("Challenges"), _challenges(event))),
    )


@needs(P.EVENT_EDIT)
@require_POST
def challenge_removal(request: Request, challenge_pk: int) -> HttpResponse:
    """Take away a challenge that nobody has answered."""
    found = get_object_or_404(Challenge, pk=challenge_pk)
    event = kept_by(request, found.event_id)
    return button_pressed(
        request,
        lambda: actions.drop_challenge(challenge_id=found.pk, by=request.actor, at=request.now),
        to=_challenges(event),
        done=_("Taken away."),
        back=_challenges(event),
    )


def _programme(event: Event) -> str:
    return reverse("events:programme", args=[event.pk])


def _challenges(event: Event) -> str:
    return reverse("events:challenges", args=[event.pk])


def _trail_inside(event: Event) -> list[Crumb]:
    return trail(event, Crumb(_(rules.PART_NAMES[rules.Part.PROGRAMME]), _programme(event)))
