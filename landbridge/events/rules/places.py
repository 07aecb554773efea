"""Who gets the places: capacity, quotas, and the waiting list in the order of submission."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from landbridge.foundation.problems import N_, Problem


@dataclass(frozen=True, slots=True)
class Comer:
    """One who has or wants a place."""

    key: int
    region: int | None
    attendee: str


@dataclass(frozen=True, slots=True)
class Limits:
    """At most so many: altogether, from a region, of a kind. What is not named has no limit."""

    capacity: int | None = None
    regions: Mapping[int, int] = field(default_factory=dict)
    attendees: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Taken:
    """The places taken so far, altogether and as the quotas count them."""

    limits: Limits
    total: int = 0
    regions: Counter[int | None] = field(default_factory=Counter)
    attendees: Counter[str] = field(default_factory=Counter)

    def take(self, comer: Comer) -> None:
        """One more place is taken."""
        self.total += 1
        self.regions[comer.region] += 1
        self.attendees[comer.attendee] += 1

    def has_room_for(self, comer: Comer) -> bool:
        """Whether there is a place for this one."""
        return not any(self.problems_with(comer))

    def problems_with(self, comer: Comer) -> Iterator[Problem]:
        """Why there is no place for this one."""
        limits = self.limits
        if limits.capacity is not None and self.total >= limits.capacity:
            yield _full("event_full", N_("All %(most)s places are taken."), limits.capacity)
            return
        most = limits.regions.get(comer.region) if comer.region is not None else None
        if most is not None and self.regions[comer.region] >= most:
            yield _full("region_full", N_("The %(most)s places for people of this region are taken."), most)
        most = limits.attendees.get(comer.attendee)
        if most is not None and self.attendees[comer.attendee] >= most:
            yield _full(
                "attendee_full", N_("The %(most)s places for people who come as this are taken."), most
            )


def taken_by(limits: Limits, comers: Iterable[Comer]) -> Taken:
    """The places that these have."""
    taken = Taken(limits)
    for comer in comers:
        taken.take(comer)
    return taken


def moving_up(taken: Taken, waiting: Iterable[Comer]) -> list[Comer]:
    """Who moves up now, of those who wait in their order. Whoever is kept out by a quota of theirs holds up nobody else.

    `taken` counts them from here on.
    """
    up: list[Comer] = []
    for comer in waiting:
        if taken.limits.capacity is not None and taken.total >= taken.limits.capacity:
            break
        if taken.has_room_for(comer):
            taken.take(comer)
            up.append(comer)
    return up


def _full(code: str, message: str, most: int) -> Problem:
    cure = N_("There is a place again when somebody cancels, or when the organiser opens more.")
    return Problem(code=code, message=message, cure=cure, params={"most": most})
