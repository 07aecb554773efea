"""Ranking by marks of several people, some of whom are stricter than others.

Each mark is taken relative to the habits of whoever gave it, and put back on the common scale:

    z = (x - m'_j) / s'_j        normalised = M + S * z

M and S are mean and standard deviation of all marks. A person's own mean m_j and variance v_j are shrunk towards them,
since few marks say little about habits: with n_j marks and strength k,

    m'_j = (n_j * m_j + k * M) / (n_j + k)        s'_j^2 = ((n_j - 1) * v_j + k * S^2) / (n_j - 1 + k)

This is the usual z-standardisation by assessor with credibility weights n / (n + k) (H. Bühlmann, Experience rating and
credibility, ASTIN Bulletin 4, 1967; B. Efron and C. Morris, Stein's paradox in statistics, Scientific American 236, 1977).
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

STRENGTH = 3.0
DIGITS = 9  # beyond that a difference is arithmetic, not judgement


@dataclass(frozen=True, slots=True)
class Mark:
    """What one person gave one thing, on the common scale."""

    judge: int
    item: int
    value: float


@dataclass(frozen=True, slots=True)
class Standing:
    """One thing among the others: mean raw, mean normalised by judge, spread of the raw marks, and how many."""

    item: int
    raw: float | None = None
    normalised: float | None = None
    spread: float | None = None
    marks: int = 0


def standings(marks: Iterable[Mark], *, items: Sequence[int], strength: float = STRENGTH) -> list[Standing]:
    """How each thing stands, in the order of `items`; without marks it has no means."""
    given = list(marks)
    normal = _normalised(given, strength=strength)
    raw_of: dict[int, list[float]] = defaultdict(list)
    normal_of: dict[int, list[float]] = defaultdict(list)
    for mark, value in zip(given, normal, strict=True):
        raw_of[mark.item].append(mark.value)
        normal_of[mark.item].append(value)
    return [
        Standing(
            item=item,
            raw=round(_mean(raw_of[item]), DIGITS),
            normalised=round(_mean(normal_of[item]), DIGITS),
            spread=round(math.sqrt(_variance(raw_of[item])), DIGITS),
            marks=len(raw_of[item]),
        )
        if raw_of[item]
        else Standing(item=item)
        for item in items
    ]


def lot(seed: str, purpose: str, item: int) -> str:
    """The lot of one thing: whoever knows the seed draws the same one again."""
    return hashlib.sha256(f"{seed}|{purpose}|{item}".encode()).hexdigest()


def by_lot(items: Iterable[int], *, seed: str, purpose: str) -> list[int]:
    """The things in the order of their lots."""
    return sorted(items, key=lambda item: (lot(seed, purpose, item), item))


def ranked(
    found: Iterable[Standing], *, seed: str, also: Callable[[int], float | None] = lambda _item: None
) -> list[Standing]:
    """The best first: by normalised mean, raw mean, `also`, number of marks, all as shown with two decimals; then by lot.

    What has no marks stands last.
    """

    def key(one: Standing) -> tuple[object, ...]:
        return (
            one.normalised is None,
            -_shown(one.normalised),
            -_shown(one.raw),
            -_shown(also(one.item)),
            -one.marks,
            lot(seed, "tie", one.item),
            one.item,
        )

    return sorted(found, key=key)


def _shown(value: float | None) -> float:
    return round(value, 2) if value is not None else 0.0


def _normalised(marks: Sequence[Mark], *, strength: float) -> list[float]:
    if not marks:
        return []
    every = [mark.value for mark in marks]
    mean, variance = _mean(every), _variance(every)
    if variance == 0:
        return every
    by_judge: dict[int, list[float]] = defaultdict(list)
    for mark in marks:
        by_judge[mark.judge].append(mark.value)
    habits = {}
    for judge, own in by_judge.items():
        count = len(own)
        centre = (count * _mean(own) + strength * mean) / (count + strength)
        width = ((count - 1) * _variance(own) + strength * variance) / (count - 1 + strength)
        habits[judge] = centre, math.sqrt(width)
    spread = math.sqrt(variance)
    return [mean + spread * (mark.value - habits[mark.judge][0]) / habits[mark.judge][1] for mark in marks]


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _variance(values: Sequence[float]) -> float:
    """Of a sample; 0 for one value."""
    if len(values) < 2:
        return 0.0
    mean = _mean(values)
    return math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)
