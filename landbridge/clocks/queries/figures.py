"""How many duties were met in time."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q

from landbridge.clocks.models import ClockRows
from landbridge.clocks.states import Ending


@dataclass(frozen=True, slots=True)
class Met:
    """Of one duty: how often it was done, and how often in time."""

    duty: str
    done: int
    in_time: int

    @property
    def share(self) -> float | None:
        """The share done in time, 0 to 1; None where nothing was done."""
        return self.in_time / self.done if self.done else None


def met_on_time(clocks: ClockRows) -> list[Met]:
    """Each duty that was done at least once, by name; what was handed over or cancelled does not count."""
    rows = clocks.filter(ending=Ending.MET).values("duty__name").order_by("duty__name")
    counted = rows.annotate(done=Count("pk"), in_time=Count("pk", filter=Q(ended_at__lte=F("due_at"))))
    return [Met(row["duty__name"], row["done"], row["in_time"]) for row in counted]
