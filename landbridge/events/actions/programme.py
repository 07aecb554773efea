"""The programme of an event: rooms and sessions; and the challenges that companies set."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from landbridge.events import rules
from landbridge.events.actions._parts import _changed, _open, _tell
from landbridge.events.models import Challenge, Event, Room, Session
from landbridge.events.queries.grid import planned_of
from landbridge.events.queries.people import recipients_of_session
from landbridge.events.rules.moving import Stretch
from landbridge.events.rules.programme import Planned
from landbridge.events.states import S, SessionKind
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class SessionText:
    """What a session says beside its time and its room."""

    title: str
    kind: str = SessionKind.PLENARY
    text: str = ""
    speakers: str = ""
    needs_sign_up: bool = False
    capacity: int | None = None
    link: str = ""


@transaction.atomic
def add_room(
    *,
    event_id: int,
    name: str,
    by: Actor,
    at: datetime,
    places: int | None = None,
    is_step_free: bool = True,
) -> Room:
    """One more room, after the others."""
    event = _open(event_id, by=by)
    refuse_if(rules.problems_with_number(event.rooms.count(), more=1, most=rules.MOST_ROOMS, field="name"))
    _refuse_a_second(event, name)
    last = event.rooms.aggregate(last=Max("number"))["last"] or 0
    room = Room.objects.create(
        event=event, name=name.strip(), places=places, is_step_free=is_step_free, number=last + 1
    )
    record("event.room_added", event, by=by, at=at, room=room.name)
    return room


@transaction.atomic
def edit_room(
    *, room_id: int, name: str, places: int | None, is_step_free: bool, by: Actor, at: datetime
) -> Room:
    """Another name, size or way in."""
    event = _open(Room.objects.get(pk=room_id).event_id, by=by)
    room = Room.objects.for_update().get(pk=room_id)
    _refuse_a_second(event, name, besides=room.pk)
    room.name, room.places, room.is_step_free = name.strip(), places, is_step_free
    room.save(update_fields=["name", "places", "is_step_free"])
    record("event.room_edited", event, by=by, at=at, room=room.name)
    return room


@transaction.atomic
def drop_room(*, room_id: int, by: Actor, at: datetime) -> Event:
    """The room is not used; its sessions and tables stay without one."""
    event = _open(Room.objects.get(pk=room_id).event_id, by=by)
    room = Room.objects.for_update().get(pk=room_id)
    record("event.room_dropped", event, by=by, at=at, room=room.name)
    room.delete()
    return _changed(event, by=by, at=at, in_calendars=True)


@transaction.atomic
def add_session(
    *,
    event_id: int,
    text: SessionText,
    starts_at: datetime,
    ends_at: datetime,
    by: Actor,
    at: datetime,
    room_id: int | None = None,
) -> Session:
    """One more stretch of the programme."""
    event = _open(event_id, by=by)
    refuse_if(rules.problems_with_number(event.sessions.count(), more=1, most=rules.MOST_SESSIONS))
    room = _room(event, room_id)
    _check(event, text, Stretch(starts_at, ends_at), room=room)
    session = Session.objects.create(
        event=event, room=room, starts_at=starts_at, ends_at=ends_at, **_columns(text)
    )
    _changed(event, by=by, at=at, in_calendars=True)
    record("event.session_added", event, by=by, at=at, session=session.title, starts_at=starts_at)
    return session


@transaction.atomic
def edit_session(
    *,
    session_id: int,
    text: SessionText,
    starts_at: datetime,
    ends_at: datetime,
    room_id: int | None,
    by: Actor,
    at: datetime,
) -> Session:
    """Change a session. Whoever has a place in it is told when its time or its room is another."""
    event = _open(Session.objects.get(pk=session_id).event_id, by=by)
    session = Session.objects.for_update().get(pk=session_id)
    room = _room(event, room_id)
    _check(event, text, Stretch(starts_at, ends_at), room=room, besides=session.pk)
    has_moved = (session.starts_at, session.ends_at, session.room_id) != (starts_at, ends_at, room_id)
    for name, value in _columns(text).items():
        setattr(session, name, value)
    session.room, session.starts_at, session.ends_at = room, starts_at, ends_at
    session.save()
    _changed(event, by=by, at=at, in_calendars=True)
    record("event.session_edited", event, by=by, at=at, session=session.title, has_moved=has_moved)
    if has_moved:
        _tell_of(event, session, at=at, is_dropped=False)
    return session


@transaction.atomic
def drop_session(*, session_id: int, by: Actor, at: datetime) -> Event:
    """It does not take place. Whoever had a place in it is told."""
    event = _open(Session.objects.get(pk=session_id).event_id, by=by)
    session = Session.objects.for_update().get(pk=session_id)
    _tell_of(event, session, at=at, is_dropped=True)
    record("event.session_dropped", event, by=by, at=at, session=session.title)
    session.delete()
    return _changed(event, by=by, at=at, in_calendars=True)


@transaction.atomic
def add_challenge(
    *,
    event_id: int,
    organisation_name: str,
    title: str,
    text: str,
    by: Actor,
    at: datetime,
    offers: str = "",
    organisation_id: int | None = None,
) -> Challenge:
    """A company sets a challenge; its people read the answers when it is one of the network's organisations."""
    event = _open(event_id, by=by)
    last = event.challenges.aggregate(last=Max("number"))["last"] or 0
    organisation = Organisation.objects.get(pk=organisation_id) if organisation_id else None
    challenge = Challenge.objects.create(
        event=event,
        organisation=organisation,
        organisation_name=organisation_name.strip() or (organisation.name if organisation else ""),
        title=title.strip(),
        text=text.strip(),
        offers=offers.strip(),
        number=last + 1,
    )
    record("event.challenge_added", event, by=by, at=at, challenge=challenge.title)
    return challenge


@transaction.atomic
def edit_challenge(
    *,
    challenge_id: int,
    organisation_name: str,
    title: str,
    text: str,
    offers: str,
    by: Actor,
    at: datetime,
    organisation_id: int | None = None,
) -> Challenge:
    """Other words for a challenge, or another company behind it."""
    event = _open(Challenge.objects.get(pk=challenge_id).event_id, by=by)
    challenge = Challenge.objects.for_update().get(pk=challenge_id)
    challenge.organisation = Organisation.objects.get(pk=organisation_id) if organisation_id else None
    challenge.organisation_name = organisation_name.strip()
    challenge.title, challenge.text, challenge.offers = title.strip(), text.strip(), offers.strip()
    challenge.save()
    record("event.challenge_edited", event, by=by, at=at, challenge=challenge.title)
    return challenge


@transaction.atomic
def drop_challenge(*, challenge_id: int, by: Actor, at: datetime) -> Event:
    """Take away a challenge that nobody has answered."""
    event = _open(Challenge.objects.get(pk=challenge_id).event_id, by=by)
    challenge = Challenge.objects.for_update().get(pk=challenge_id)
    if challenge.answers.exists():
        refuse(
            "challenge_answered",
            N_("Somebody has answered this challenge."),
            cure=N_("Change its words instead: say that it is closed."),
        )
    record("event.challenge_dropped", event, by=by, at=at, challenge=challenge.title)
    challenge.delete()
    return event


def _columns(text: SessionText) -> dict[str, object]:
    values = {field.name: getattr(text, field.name) for field in fields(text)}
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


def _room(event: Event, room_id: int | None) -> Room | None:
    return Room.objects.get(pk=room_id, event=event) if room_id else None


def _check(event: Event, text: SessionText, when: Stretch, *, room: Room | None, besides: int = 0) -> None:
    rows = Session.objects.filter(event=event).exclude(pk=besides).order_by("starts_at", "pk")
    plan = Planned(text.title, text.kind, when, room.pk if room else None, text.needs_sign_up, text.capacity)
    refuse_if(
        rules.problems_with_session_plan(
            plan,
            others=[planned_of(row) for row in rows],
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            room_places=room.places if room else None,
        )
    )


def _refuse_a_second(event: Event, name: str, *, besides: int = 0) -> None:
    if event.rooms.filter(name__iexact=name.strip()).exclude(pk=besides).exists():
        refuse(
            "room_twice",
            N_("There is a room of this name."),
            cure=N_("Give it another name."),
            field="name",
        )


def _tell_of(event: Event, session: Session, *, at: datetime, is_dropped: bool) -> None:
    if event.state != S.PUBLISHED:
        return
    _tell(
        "session_changed",
        event,
        to=recipients_of_session(session),
        at=at,
        key=f"events/session_changed|{session.pk}|{at.isoformat()}",
        session=session.title,
        is_dropped=is_dropped,
        begins=session.starts_at.astimezone(ZoneInfo(event.time_zone)),
        room=session.room.name if session.room else "",
    )
