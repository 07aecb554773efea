"""Who has come: check-ins, the list for the door, and presence for the record of support."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, Max, OuterRef

from landbridge.events.models import CheckIn, Event, Registration
from landbridge.events.states import WITH_A_PLACE
from landbridge.foundation.permissions.actor import Actor


@dataclass(frozen=True, slots=True)
class Presence:
    """So many people of an organisation were at an event on a day."""

    organisation_id: int
    event_id: int
    day: date
    people: int


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """One line of the list for the door."""

    pk: int
    code: str
    name: str
    organisation: str
    state: str
    is_in: bool

    @property
    def has_place(self) -> bool:
        return self.state in WITH_A_PLACE


def arrivals_of(found: Registration) -> list[CheckIn]:
    """The days on which somebody came."""
    return list(CheckIn.objects.filter(registration=found).order_by("day"))


def event_day(event: Event, at: datetime) -> date:
    """The day of the event that it is now; before it its first, afterwards its last."""
    zone = ZoneInfo(event.time_zone)
    first, last = event.starts_at.astimezone(zone).date(), event.ends_at.astimezone(zone).date()
    return min(max(at.astimezone(zone).date(), first), last)


def door_list(event: Event, *, day: date) -> list[AtTheDoor]:
    """Everybody with a code that could be shown at the door, by name. One query."""
    in_today = CheckIn.objects.filter(registration=OuterRef("pk"), day=day)
    rows = Registration.objects.filter(event=event, submitted_at__isnull=False)
    found = rows.annotate(is_in=Exists(in_today)).order_by("name", "pk")
    return [
        AtTheDoor(*row)
        for row in found.values_list("pk", "code", "name", "organisation_name", "state", "is_in")
    ]


def presence(*, event_id: int | None = None, organisation_id: int | None = None) -> Iterator[Presence]:
    """Which organisation had how many people at which event on which day: support that somebody received."""
    rows = CheckIn.objects.filter(registration__organisation__isnull=False)
    if event_id is not None:
        rows = rows.filter(registration__event=event_id)
    if organisation_id is not None:
        rows = rows.filter(registration__organisation=organisation_id)
    counted = (
        rows.values("registration__organisation_id", "registration__event_id", "day")
        .annotate(people=Count("registration", distinct=True))
        .order_by("day", "registration__event_id", "registration__organisation_id")
    )
    for row in counted.iterator(chunk_size=1000):
        yield Presence(
            row["registration__organisation_id"], row["registration__event_id"], row["day"], row["people"]
        )


def last_arrival(event: Event) -> datetime | None:
    """When the last one came."""
    found: datetime | None = CheckIn.objects.filter(registration__event=event).aggregate(
        last=Max("scanned_at")
    )["last"]
    return found


def may_be_checked_in_by(actor: Actor, event: Event) -> bool:
    """Whether somebody stands at this event's door."""
    return Event.objects.kept_by(actor).filter(pk=event.pk).exists()
