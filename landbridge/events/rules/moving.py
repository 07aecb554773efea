"""Moving what happens to other days: the clock on the wall keeps its time, whether or not clocks change in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time; `part` groups the slots between which there is no break."""

    starts_at: datetime
    ends_at: datetime
    part: int = 1

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at

    def overlaps(self, other: Stretch) -> bool:
        """Whether they have a moment in common; one may begin when the other ends."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def moment_at(wall: datetime, zone: str) -> datetime:
    """When a clock in the zone shows this time; an hour that is skipped is shown an hour later, one that comes twice first."""
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def wall_of(moment: datetime, zone: str) -> datetime:
    """What a clock in the zone shows, without its zone."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def day_of(moment: datetime, zone: str) -> date:
    """The calendar day in the zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def moved(moment: datetime, *, days: int, zone: str) -> datetime:
    """So many days later (or earlier), at the same time of the clock on the wall."""
    return moment_at(wall_of(moment, zone) + timedelta(days=days), zone)


def moved_stretch(stretch: Stretch, *, days: int, zone: str) -> Stretch:
    """Begin and end at their times of the clock; over the night of a change, where that leaves nothing, as long as it was."""
    starts_at = moved(stretch.starts_at, days=days, zone=zone)
    ends_at = moved(stretch.ends_at, days=days, zone=zone)
    if ends_at <= starts_at:
        ends_at = starts_at + stretch.length
    return Stretch(starts_at, ends_at, stretch.part)


def moved_slots(slots: Iterable[Stretch], *, days: int, zone: str) -> Iterator[Stretch]:
    """Each part begins at its time of the clock; within it lengths and pauses stay what they were.

    Slots in the order of time. What would begin before the one before has ended is left out: that can only be where a
    part lies in the hour that is skipped.
    """
    last: datetime | None = None
    for part, inside in groupby(slots, key=lambda slot: slot.part):
        rows = list(inside)
        begin = moved(rows[0].starts_at, days=days, zone=zone)
        for slot in rows:
            starts_at = begin + (slot.starts_at - rows[0].starts_at)
            if last is not None and starts_at < last:
                continue
            last = starts_at + slot.length
            yield Stretch(starts_at, last, part)
