"""What the organiser of meetings sees at a glance: who takes part, what is asked, who has said nothing, which versions exist."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from landbridge.events.models import Event, MeetingTable, Registration, Slot
from landbridge.meetings.models import Absence, Meeting, Request, Run
from landbridge.meetings.queries.versions import Difference, difference_of
from landbridge.meetings.states import OPEN_REQUEST, Asked, MeetingState


@dataclass(frozen=True, slots=True)
class Control:
    """The figures of the control page."""

    people: int
    silent: int
    asked_nobody: int
    slots: int
    slots_ahead: int
    tables: int
    lost_tables: int
    requests: tuple[tuple[Asked, int], ...]
    planned: int
    held: int
    no_show: int
    missing: int
    doubts: int

    @property
    def requests_there(self) -> list[tuple[Asked, int]]:
        """The states in which there are requests."""
        return [(state, number) for state, number in self.requests if number]

    @property
    def accepted(self) -> int:
        return dict(self.requests).get(Asked.ACCEPTED, 0)


@dataclass(frozen=True, slots=True)
class Version:
    """One version in the list, with what it changed."""

    run: Run
    difference: Difference | None


def control_of(event: Event, *, at: datetime) -> Control:
    """The state of the meetings of an event; six queries, however many people."""
    people = _taking_part(event)
    counts = people.aggregate(
        people=Count("pk"),
        silent=Count("pk", filter=Q(slots__isnull=True)),
        asked_nobody=Count("pk", filter=~Exists(_open_requests_of(event))),
    )
    states = Counter(
        dict(
            Request.objects.filter(event=event)
            .values_list("state")
            .annotate(number=Count("pk"))
            .values_list("state", "number")
        )
    )
    meetings = dict(
        Meeting.objects.filter(event=event)
        .values_list("state")
        .annotate(number=Count("pk"))
        .values_list("state", "number")
    )
    slots = Slot.objects.filter(event=event).aggregate(
        every=Count("pk"), ahead=Count("pk", filter=Q(starts_at__gt=at))
    )
    tables = MeetingTable.objects.filter(event=event).aggregate(
        every=Count("pk"), lost=Count("pk", filter=Q(out_since__isnull=False))
    )
    missing = Absence.objects.filter(event=event, lifted_at__isnull=True, ends_at__gt=at).count()
    return Control(
        people=counts["people"],
        silent=counts["silent"],
        asked_nobody=counts["asked_nobody"],
        slots=slots["every"],
        slots_ahead=slots["ahead"],
        tables=tables["every"] - tables["lost"],
        lost_tables=tables["lost"],
        requests=tuple((state, states[state]) for state in Asked),
        planned=meetings.get(MeetingState.PLANNED, 0),
        held=meetings.get(MeetingState.HELD, 0),
        no_show=meetings.get(MeetingState.NO_SHOW, 0),
        missing=missing,
        doubts=doubts(event),
    )


def doubts(event: Event) -> int:
    """Meetings that one side says did not happen, and that nobody has decided about."""
    rows = Meeting.objects.filter(event=event, seats__outcome__was_held=False)
    rows = rows.exclude(state__in=[MeetingState.CANCELLED, MeetingState.NO_SHOW])
    return rows.exclude(seats__came__isnull=False).distinct().count()


def silent_people(event: Event) -> QuerySet[Registration]:
    """Those who take part and have not ticked any slot; the newest last."""
    return _taking_part(event).filter(slots__isnull=True).order_by("name", "pk")


def people_without_requests(event: Event) -> QuerySet[Registration]:
    """Those who take part, and neither asked anybody nor were asked."""
    return _taking_part(event).filter(~Exists(_open_requests_of(event))).order_by("name", "pk")


def versions_of(event: Event) -> list[Version]:
    """All versions, the newest first."""
    rows = Run.objects.filter(event=event).defer("inputs").order_by("-number")
    return [Version(run, difference_of(run)) for run in rows]


def _taking_part(event: Event) -> QuerySet[Registration]:
    return Registration.objects.filter(event=event, wants_meetings=True).taking_part()


def _open_requests_of(event: Event) -> QuerySet[Request]:
    mine = Q(sender=OuterRef("pk")) | Q(receiver=OuterRef("pk"))
    return Request.objects.filter(mine, event=event, state__in=OPEN_REQUEST)
