"""The places of an event: limits, who has one, who waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from landbridge.events.models import Event, Quota, Registration, RegistrationRows
from landbridge.events.rules.places import Comer, Limits, Taken, taken_by
from landbridge.events.states import WITH_A_PLACE, Registered


@dataclass(frozen=True, slots=True)
class Places:
    """How many places there are, are taken and are waited for."""

    capacity: int | None
    taken: int
    waiting: int
    to_decide: int

    @property
    def free(self) -> int | None:
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def is_full(self) -> bool:
        return self.free == 0


def places_of(event: Event) -> Places:
    """One query."""
    rows = event.registrations.values("state").annotate(many=Count("pk")).order_by("state")
    many = {row["state"]: row["many"] for row in rows}
    return Places(
        capacity=event.capacity,
        taken=sum(many.get(state, 0) for state in WITH_A_PLACE),
        waiting=many.get(Registered.WAITING, 0),
        to_decide=many.get(Registered.SUBMITTED, 0),
    )


def limits_of(event: Event) -> Limits:
    """Capacity and quotas. One query."""
    quotas = list(Quota.objects.filter(event=event).order_by("pk"))
    return Limits(
        capacity=event.capacity,
        regions={quota.region_id: quota.at_most for quota in quotas if quota.region_id},
        attendees={quota.attendee: quota.at_most for quota in quotas if quota.attendee},
    )


def taken_of(event: Event) -> Taken:
    """The places taken, as the quotas count them. Two queries; call it with the event locked."""
    return taken_by(limits_of(event), _comers(Registration.objects.filter(event=event).with_a_place()))


def waiting_of(event: Event) -> list[Comer]:
    """Those on the waiting list, the first to have handed in first."""
    rows = Registration.objects.filter(event=event, state=Registered.WAITING)
    return list(_comers(rows.order_by("submitted_at", "pk")))


def comer_of(registration: Registration) -> Comer:
    """The registration as the rule of places sees it."""
    return Comer(registration.pk, registration.region_id, registration.attendee)


def number_in_line(registration: Registration) -> int:
    """Which number somebody has on the waiting list; 0 for whoever is not on it."""
    if registration.state != Registered.WAITING:
        return 0
    line = [comer.key for comer in waiting_of(registration.event)]
    return line.index(registration.pk) + 1


def _comers(rows: RegistrationRows) -> Iterable[Comer]:
    for key, region, attendee in rows.values_list("pk", "region_id", "attendee"):
        yield Comer(key, region, attendee)
