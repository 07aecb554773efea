"""How much a wish for a meeting weighs: both sides' priorities, mutual wishes first, and a border crossed."""

from __future__ import annotations

from dataclasses import dataclass

from landbridge.meetings.states import Priority


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of one event, as its organiser set them and as everybody may read them."""

    must: int
    high: int
    medium: int
    low: int
    mutual: int
    cross_border: int

    def of(self, priority: str) -> int:
        """What one side's priority weighs; a plain yes weighs nothing of its own."""
        return {
            Priority.MUST.value: self.must,
            Priority.HIGH.value: self.high,
            Priority.MEDIUM.value: self.medium,
            Priority.LOW.value: self.low,
        }.get(priority, 0)


def weight_of_wish(weights: Weights, *, one: str, other: str, countries: tuple[str, str]) -> int:
    """The weight of a pair: `one` and `other` are what each side wants, empty where a side only said yes."""
    weight = weights.of(one) + weights.of(other)
    if one and other:
        weight += weights.mutual
    here, there = countries
    if here and there and here != there:
        weight += weights.cross_border
    return max(1, weight)


def stronger(one: str, other: str) -> str:
    """Which of two priorities of the same side counts; empty is none."""
    order = ["", Priority.LOW, Priority.MEDIUM, Priority.HIGH, Priority.MUST]
    return max(one, other, key=lambda priority: order.index(priority) if priority in order else 0)
