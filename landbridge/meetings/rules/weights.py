"""What a wish weighs in the timetable. Everybody who asks is shown these figures."""

from __future__ import annotations

from dataclasses import dataclass

from landbridge.meetings.states import Priority


@dataclass(frozen=True, slots=True)
class Weights:
    """The figures of one event: for each priority, and what is added."""

    must: int = 8
    high: int = 3
    medium: int = 2
    low: int = 1
    mutual: int = 2
    cross_border: int = 0

    def of(self, priority: Priority) -> int:
        """What one side's wish weighs."""
        return int(getattr(self, priority.value))


def weight_of(one: Priority | None, other: Priority | None, *, crosses_border: bool, weights: Weights) -> int:
    """What a meeting of two weighs: each side's wish, more when both have one of their own, more across a border.

    None: that side only said yes. A meeting that both agreed to always weighs something.
    """
    wishes = [weights.of(wish) for wish in (one, other) if wish is not None]
    mutual = weights.mutual if len(wishes) == 2 else 0
    return max(sum(wishes), 1) + mutual + (weights.cross_border if crosses_border else 0)
