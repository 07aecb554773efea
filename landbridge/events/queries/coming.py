"""Reading registrations: whose they are, what the rules want to know of them, slots, sessions, completeness."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from landbridge.events.models import Event, Registration, Session, SessionPlace, Slot
from landbridge.events.rules.answers import questions_of
from landbridge.events.rules.presence import Span, free_of
from landbridge.events.rules.registering import Completeness, Doors, Written, completeness_of
from landbridge.events.states import Form, S, SessionKind
from landbridge.foundation.permissions.actor import Actor


@dataclass(frozen=True, slots=True)
class Chosen:
    """A session of the programme as one person sees it."""

    session: Session
    day: date
    is_mine: bool
    taken: int

    @property
    def is_full(self) -> bool:
        return self.session.capacity is not None and self.taken >= self.session.capacity

    @property
    def left(self) -> int | None:
        return None if self.session.capacity is None else max(0, self.session.capacity - self.taken)


@dataclass(frozen=True, slots=True)
class Part:
    """Slots in one row: a morning, an afternoon."""

    number: int
    slots: tuple[Slot, ...]

    @property
    def starts_at(self) -> datetime:
        return self.slots[0].starts_at

    @property
    def ends_at(self) -> datetime:
        return self.slots[-1].ends_at


def own_registration(event: Event, actor: Actor) -> Registration | None:
    """Somebody's own registration for the event. One query."""
    rows = Registration.objects.of_person(actor).filter(event=event)
    return rows.select_related("event", "region", "organisation").order_by("pk").first()


def doors_of(event: Event) -> Doors:
    """What decides whether one may register; its moments in the event's own time."""
    zone = ZoneInfo(event.time_zone)
    return Doors(
        state=event.state,
        opens_at=event.registration_opens_at.astimezone(zone),
        closes_at=event.registration_closes_at.astimezone(zone),
        ends_at=event.ends_at,
    )


def written_of(registration: Registration) -> Written:
    """What it says. One query for the competences, none where they were fetched before."""
    event = registration.event
    return Written(
        name=registration.name,
        organisation_name=registration.organisation_name,
        job_title=registration.job_title,
        attendee=registration.attendee,
        offers=registration.offers,
        seeks=registration.seeks,
        wants_to_meet=registration.wants_to_meet,
        competences=len(registration.competences.all()),
        languages=len(registration.languages),
        wants_meetings=event.has_meetings and registration.wants_meetings,
        has_said_when=registration.slots is not None,
        has_agreed=registration.agreed_to_conditions_at is not None,
        questions=questions_of(event.questions),
        answers=registration.answers,
    )


def completeness(registration: Registration) -> Completeness:
    """How complete the profile is, and what is missing. The event must be fetched with it, the competences may be."""
    return completeness_of(written_of(registration))


def slots_to_tick(event: Event) -> list[Part]:
    """The slots of the meetings, by the parts of the days."""
    parts: dict[int, list[Slot]] = {}
    for slot in Slot.objects.filter(event=event).order_by("number"):
        parts.setdefault(slot.part, []).append(slot)
    return [Part(number, tuple(slots)) for number, slots in parts.items()]


def free_slots(
    registration: Registration, slots: Iterable[Slot], busy: Iterable[Session] | None = None
) -> set[int] | None:
    """The slots in which somebody can meet: those ticked, without those during sessions they have chosen.

    None where they have not said when they are there. `busy` are their sessions, where the caller has them.
    """
    if registration.slots is None:
        return None
    sessions = sessions_of(registration) if busy is None else busy
    return free_of(
        (Span(slot.pk, slot.starts_at, slot.ends_at) for slot in slots),
        ticked=registration.slots,
        busy=[Span(one.pk, one.starts_at, one.ends_at) for one in sessions],
    )


def sessions_of(registration: Registration) -> list[Session]:
    """The sessions in which somebody has a place. One query."""
    rows = Session.objects.filter(places_taken__registration=registration)
    return list(rows.select_related("room").order_by("starts_at", "pk"))


def programme_for(registration: Registration) -> list[Chosen]:
    """The whole programme, with the places of those sessions for which one signs up. Two queries."""
    mine = set(SessionPlace.objects.filter(registration=registration).values_list("session_id", flat=True))
    rows = (
        Session.objects.filter(event=registration.event_id)
        .select_related("room")
        .annotate(many=Count("places_taken"))
        .order_by("starts_at", "pk")
    )
    zone = ZoneInfo(registration.event.time_zone)
    return [Chosen(one, one.starts_at.astimezone(zone).date(), one.pk in mine, one.many) for one in rows]


def agenda_sessions(registration: Registration) -> list[Session]:
    """What stands in somebody's calendar: what is for everyone, and the sessions they have chosen."""
    rows = Session.objects.filter(event=registration.event_id).exclude(kind=SessionKind.BREAK)
    rows = rows.filter(Q(needs_sign_up=False) | Q(places_taken__registration=registration))
    return list(rows.select_related("room").distinct().order_by("starts_at", "pk"))


def is_held_online(registration: Registration) -> bool:
    """Whether somebody is there by video."""
    return registration.event.form == Form.ONLINE or (
        registration.event.form == Form.HYBRID and registration.is_online
    )


def own_zone(registration: Registration) -> str:
    """The time zone that is shown beside the event's: where somebody sits who comes by video; else empty."""
    zone = registration.time_zone if is_held_online(registration) else ""
    return zone if zone != registration.event.time_zone else ""


def is_running(event: Event, *, at: datetime) -> bool:
    """Whether it is neither over nor called off."""
    return event.state == S.PUBLISHED and at < event.ends_at
