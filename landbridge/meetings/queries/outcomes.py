"""What came of meetings: what each side says for itself, what the organiser is asked, contacts, steps to remember."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from landbridge.events.models import Event, Registration
from landbridge.foundation.permissions.actor import Actor
from landbridge.meetings import rules
from landbridge.meetings.models import Meeting, Outcome, Seat
from landbridge.meetings.queries.asking import own_registrations
from landbridge.meetings.states import MeetingState
from landbridge.organisations.models import Kind, Organisation
from landbridge.programmes.models import Region

WITH_BOTH = (
    "meeting__event",
    "meeting__slot",
    "meeting__request",
    "meeting__first",
    "meeting__second",
    "slot",
)


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody whom one has met; how to reach them only where they show it."""

    registration: Registration
    met_at: datetime
    seat: Seat
    outcome: Outcome | None

    @property
    def email(self) -> str:
        return self.registration.email if self.registration.shows_contact else ""

    @property
    def telephone(self) -> str:
        return self.registration.telephone if self.registration.shows_contact else ""


@dataclass(frozen=True, slots=True)
class Question:
    """A meeting that one side says did not happen: the organiser decides who was there."""

    meeting: Meeting
    seats: tuple[Seat, ...]

    @property
    def said(self) -> tuple[bool | None, ...]:
        """What each seat's person says, in the order of the seats; None: nothing yet."""
        return tuple(_said(seat) for seat in self.seats)


@dataclass(frozen=True, slots=True)
class Parties:
    """The two organisations of an introduction, and the desks that look after them."""

    company: Organisation
    provider: Organisation
    region: Region
    provider_region: Region | None


def own_seats(actor: Actor) -> QuerySet[Seat]:
    """One's own seats."""
    return Seat.objects.filter(registration__in=own_registrations(actor).values("pk"))


def other_of(seat: Seat) -> Registration:
    """Whom the person of this seat meets."""
    meeting = seat.meeting
    return meeting.second if meeting.first_id == seat.registration_id else meeting.first


def outcome_of(seat: Seat) -> Outcome | None:
    """What this side said. One query, none where it was fetched with the seat."""
    found: Outcome | None = getattr(seat, "outcome", None)
    return found


def said_of(meeting: Meeting) -> list[bool | None]:
    """What the two sides say. One query."""
    seats = Seat.objects.filter(meeting=meeting).select_related("outcome").order_by("pk")
    return [_said(seat) for seat in seats]


def questions(event: Event) -> list[Question]:
    """Meetings that one side says did not happen, and that nobody has decided about. Two queries."""
    denied = Outcome.objects.filter(seat__meeting=OuterRef("pk"), was_held=False)
    decided = Seat.objects.filter(meeting=OuterRef("pk"), came__isnull=False)
    rows = (
        Meeting.objects.filter(Exists(denied), event=event)
        .exclude(Exists(decided))
        .exclude(state__in=[MeetingState.CANCELLED, MeetingState.NO_SHOW])
        .select_related("slot", "table", "first", "second")
        .order_by("slot__starts_at", "pk")
    )
    found = {meeting.pk: meeting for meeting in rows}
    seats: dict[int, list[Seat]] = {pk: [] for pk in found}
    for seat in (
        Seat.objects.filter(meeting__in=found).select_related("outcome", "registration").order_by("pk")
    ):
        seats[seat.meeting_id].append(seat)
    return [Question(meeting, tuple(seats[pk])) for pk, meeting in found.items()]


def contacts_of(registration: Registration) -> list[Contact]:
    """Whom one has met, by name: meetings that both, or oneself, say were held. One query."""
    rows = (
        Seat.objects.filter(registration=registration.pk)
        .exclude(meeting__state__in=[MeetingState.CANCELLED, MeetingState.NO_SHOW])
        .select_related("outcome", "slot", "meeting__first__region", "meeting__second__region")
    )
    found: dict[int, Contact] = {}
    for seat in rows.order_by("slot__starts_at", "pk"):
        outcome = outcome_of(seat)
        if seat.meeting.state == MeetingState.HELD or (outcome is not None and outcome.was_held):
            other = other_of(seat)
            found[other.pk] = Contact(other, seat.slot.starts_at, seat, outcome)
    return sorted(found.values(), key=lambda one: (one.registration.name.casefold(), one.registration.pk))


def unsaid(event: Event, *, before: datetime) -> dict[int, list[Seat]]:
    """Meetings that are over and of which somebody has said nothing, by registration. One query."""
    rows = (
        Seat.objects.filter(
            meeting__event=event, meeting__state=MeetingState.PLANNED, is_taken=True, slot__ends_at__lte=before,
            outcome__isnull=True,
        )
        .select_related("registration", "slot", "meeting__first", "meeting__second")
        .order_by("slot__starts_at", "pk")
    )  # fmt: skip
    found: dict[int, list[Seat]] = {}
    for seat in rows:
        found.setdefault(seat.registration_id, []).append(seat)
    return found


def steps_due(at: datetime) -> Iterator[Outcome]:
    """Next steps that are not done, of which the next reminder is due."""
    rows = (
        Outcome.objects.filter(next_step_done_at__isnull=True, reminders__lt=len(rules.REMIND_AFTER))
        .exclude(next_step="")
        .select_related("seat__registration", "seat__slot", "seat__meeting__event")
    )
    for one in rows.order_by("pk").iterator(chunk_size=500):
        if rules.reminder_due(met_on=met_on(one.seat), today=at.date(), reminders=one.reminders):
            yield one


def met_on(seat: Seat) -> date:
    """The day of the meeting, in the event's time zone."""
    return seat.slot.ends_at.astimezone(ZoneInfo(seat.meeting.event.time_zone)).date()


def to_conclude(at: datetime) -> list[int]:
    """Planned meetings of which one side says they were held, long enough ago for the other to contradict. One query."""
    rows = Meeting.objects.filter(
        state=MeetingState.PLANNED,
        slot__ends_at__lte=at - rules.SILENT_FOR,
        seats__outcome__was_held=True,
    ).exclude(seats__outcome__was_held=False)
    return sorted(set(rows.values_list("pk", flat=True)))


def events_with_unsaid(at: datetime) -> list[Event]:
    """Events with meetings that ended within a day and of which somebody has said nothing. One query."""
    rows = Seat.objects.filter(
        meeting__state=MeetingState.PLANNED,
        is_taken=True,
        slot__ends_at__lte=at,
        slot__ends_at__gt=at - timedelta(days=1),
        outcome__isnull=True,
    )
    return list(Event.objects.filter(pk__in=rows.values("meeting__event")).order_by("pk"))


def parties_of(meeting: Meeting, *, asked_by: Registration) -> Parties | None:
    """The company and the provider of an introduction after a meeting, with the desks that look after them.

    Where one side is a facility and the other is not, it is the provider; else the one who asks is the company. None
    where an organisation or the leading region is not known.
    """
    sides = {one.pk: one for one in (meeting.first, meeting.second)}
    mine = _organisation(sides[asked_by.pk])
    other = next(one for pk, one in sides.items() if pk != asked_by.pk)
    theirs = _organisation(other)
    if mine is None or theirs is None or mine.pk == theirs.pk:
        return None
    company, provider = (theirs, mine) if _is_facility(mine) and not _is_facility(theirs) else (mine, theirs)
    region = company.region or provider.region
    return Parties(company, provider, region, provider.region) if region else None


def sides_of(meeting: Meeting, *, asked_by: Registration) -> rules.Sides:
    """What decides whether an introduction can follow."""
    mine, theirs = (_organisation(one) for one in (meeting.first, meeting.second))
    known = mine is not None and theirs is not None
    return rules.Sides(
        was_held=Outcome.objects.filter(
            seat__meeting=meeting, seat__registration=asked_by, was_held=True
        ).exists(),
        has_organisations=known,
        is_same_organisation=bool(mine and theirs and mine.pk == theirs.pk),
        has_region=bool((mine and mine.region_id) or (theirs and theirs.region_id)),
    )


def _organisation(registration: Registration) -> Organisation | None:
    if registration.organisation_id is None:
        return None
    return Organisation.objects.select_related("region").filter(pk=registration.organisation_id).first()


def _is_facility(organisation: Organisation) -> bool:
    return organisation.offers_access or organisation.kind != Kind.COMPANY


def _said(seat: Seat) -> bool | None:
    found = outcome_of(seat)
    return found.was_held if found is not None else None


def title_of_introduction(meeting: Meeting) -> str:
    """What the introduction after a meeting is called: it names nobody, as titles of introductions must not."""
    return f"After a meeting at {meeting.event.title}"[:150]


def seat_with_both(seat_id: int) -> Seat:
    """A seat with its meeting, both people and the event. One query."""
    return Seat.objects.select_related(*WITH_BOTH, "registration", "outcome").get(pk=seat_id)
