"""What will have been committed by the end of a phase: a forecast by months, with a band.

Money is committed in bursts, with seasons (calls before the summer, little in August) and at a level that differs from
phase to phase. The months so far are divided by the season of their calendar month; what remains is resampled in
blocks of three neighbouring months, so that a burst stays a burst, and multiplied by the seasons of the months to come:

    season_m = (k + sum of month m's share of its year's mean) / (k + how many such months)
    rest_t   = committed_t / season_m(t)
    path     = sum over the months to come of  level * rest*_t * season_m(t)

`rest*` is a draw of the circular block bootstrap (H. R. Künsch, The jackknife and the bootstrap for general stationary
observations, Annals of Statistics 17, 1989; D. N. Politis and J. P. Romano, A circular block-resampling procedure for
stationary data, 1992). `level` is the mean of another such draw over the mean itself, since a level known from few
months is not known well (and less well than the draws show: phases differ), and it drifts: for each month ahead it takes a step whose size is estimated from how the level
of the past half-years changed (R. J. Hyndman and G. Athanasopoulos, Forecasting: Principles and Practice, 3rd edition,
section 5.5, on bands by simulation). Recent blocks are drawn more often: a block so many months old has the weight
0.5 ** (age / 12), and the first months in which a phase finds its feet are left out. The band holds the middle eight tenths of all paths; nothing is committed beyond the budget.

The same numbers give the same forecast: draws come from a generator with a fixed seed.
"""

from __future__ import annotations

import math
import random
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

FEWEST = 6  # months below which nothing can be said
LEAST_ACTIVE = 4  # of them with commitments
BLOCK = 3
PATHS = 400
HALF_LIFE = 12.0  # months
STRENGTH = 2.0  # of the belief that there are no seasons, in years
UNSURE = 1.1  # of the level after one month, falling with the root of their number
LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
SEED = 1
YEAR = 12
LEAST_LEVEL = 0.05  # of the usual; a phase does not turn into taking back
LEAST_DRIFT, MOST_DRIFT = 0.03, 0.12  # of the level, each month


@dataclass(frozen=True, slots=True)
class Forecast:
    """For each month to come what will have been committed by its end: the middle, and the band of eight tenths."""

    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]

    @property
    def is_known(self) -> bool:
        """Whether there were months enough to say anything."""
        return bool(self.middle)


NOTHING = Forecast((), (), ())


def forecast(
    committed: Sequence[float],
    *,
    first_month: int,
    ahead: int,
    limit: float | None = None,
    earlier: Sequence[tuple[int, Sequence[float]]] = (),
    seed: int = SEED,
) -> Forecast:
    """How much will have been committed at the end of each of the `ahead` months after the last known one.

    `committed` is what each month added (less than nothing where more was released), the first in the calendar month `first_month` (1 to 12); `earlier` are the
    months of past phases in the same shape, which teach the seasons alone. `limit` is the budget. Takes about
    10 ms for three years. Gives `NOTHING` for less than six months, when less than four of them
    committed anything, or when more was released of late than committed.
    """
    known = list(committed)
    if len(known) < FEWEST or ahead < 1 or sum(value > 0 for value in known) < LEAST_ACTIVE:
        return NOTHING
    begun = _begun(known)
    seasons = _seasons([*earlier, (first_month, known)])
    rest = [value / seasons[_month(first_month, n)] for n, value in enumerate(known)][begun:]
    if sum(value * share for value, share in zip(rest, _shares(len(rest)), strict=True)) <= 0:
        return NOTHING
    drift = _drift(rest)
    coming = [seasons[_month(first_month, len(known) + n)] for n in range(ahead)]
    unsure = UNSURE / math.sqrt(len(rest))
    growth = _growth(len(known), ahead=ahead, earlier=[months for _first, months in earlier])
    coming = [season * growth for season in coming]
    so_far = sum(known)
    most = max(limit, so_far) if limit is not None else math.inf
    draw = random.Random(seed)  # noqa: S311 - a simulation, no secret
    paths = [
        _path(rest, coming, draw=draw, unsure=unsure, drift=drift, so_far=so_far, most=most)
        for _ in range(PATHS)
    ]
    months = [sorted(month) for month in zip(*paths, strict=True)]
    return Forecast(
        low=tuple(quantile(month, LOW) for month in months),
        middle=tuple(quantile(month, MIDDLE) for month in months),
        high=tuple(quantile(month, HIGH) for month in months),
    )


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which this share of the ordered values lies, between two neighbours in proportion."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def weighted_quantiles(counted: Sequence[tuple[float, int]], shares: Sequence[float]) -> list[float]:
    """Quantiles of values that each occur so many times; the values need no order. Raises ValueError for none."""
    ordered = sorted(pair for pair in counted if pair[1] > 0)
    if not ordered:
        raise ValueError("There is no quantile of nothing.")
    ends = list(accumulate(count for _value, count in ordered))

    def nth(place: int) -> float:
        return ordered[bisect(ends, place)][0]

    found = []
    for share in shares:
        place = share * (ends[-1] - 1)
        below = int(place)
        above = min(below + 1, ends[-1] - 1)
        found.append(nth(below) + (nth(above) - nth(below)) * (place - below))
    return found


def _seasons(phases: Sequence[tuple[int, Sequence[float]]]) -> dict[int, float]:
    """For each calendar month its share of a usual month, drawn towards 1 where few years speak."""
    sums, counts = dict.fromkeys(range(1, 13), 0.0), dict.fromkeys(range(1, 13), 0)
    for first, months in phases:
        begun = _begun(months)
        for begin in range(
            begun, len(months) - YEAR + 1, YEAR
        ):  # whole years alone: half a year has no seasons
            year = months[begin : begin + YEAR]
            mean = sum(max(value, 0.0) for value in year) / YEAR
            if mean <= 0:
                continue
            for n, value in enumerate(year):
                sums[_month(first, begin + n)] += max(value, 0.0) / mean
                counts[_month(first, begin + n)] += 1
    rough = {month: (STRENGTH + sums[month]) / (STRENGTH + counts[month]) for month in sums}
    mean = sum(rough.values()) / YEAR
    return {month: value / mean for month, value in rough.items()}


def _begun(months: Sequence[float]) -> int:
    """The month in which a phase is under way: three months in a row reach two thirds of its usual three."""
    usual = max(sum(months), 0.0) / len(months) * BLOCK if months else 0.0
    latest = min(YEAR, len(months) - FEWEST)
    for first in range(max(latest, 0)):
        if sum(months[first : first + BLOCK]) >= usual * 2 / 3:
            return first
    return max(latest, 0)


def _growth(known: int, *, ahead: int, earlier: Sequence[Sequence[float]]) -> float:
    """By how much past phases of this age went on faster or slower, drawn towards 1 where few speak.

    The reference class of B. Flyvbjerg, From Nobel Prize to project management, Project Management Journal 37, 2006.
    """
    logs = []
    for months in earlier:
        later = months[known : known + ahead]
        shares = _shares(min(known, len(months)))
        before = sum(value * share for value, share in zip(months[:known], shares, strict=True))
        if len(later) >= BLOCK and before > 0 and sum(later) > 0:
            logs.append(math.log(sum(later) / len(later) / before))
    return math.exp(sum(logs) / (1 + len(logs)))


def _path(
    rest: Sequence[float],
    coming: Sequence[float],
    *,
    draw: random.Random,
    unsure: float,
    drift: float,
    so_far: float,
    most: float,
) -> list[float]:
    """One possible future: for each month what will have been committed by its end."""
    weights = _weights(len(rest))
    usual = sum(value * weight for value, weight in zip(rest, _shares(len(rest)), strict=True))
    level = max(sum(_resampled(rest, len(rest), weights=weights, draw=draw)) / len(rest) / usual, LEAST_LEVEL)
    level *= math.exp(draw.gauss(0.0, unsure))
    path, total = [], so_far
    for value, season in zip(_resampled(rest, len(coming), weights=weights, draw=draw), coming, strict=True):
        level *= math.exp(draw.gauss(0.0, drift) - drift * drift / 2)
        total = min(total + value * level * season, most)
        path.append(total)
    return path


def _resampled(
    rest: Sequence[float], count: int, *, weights: Sequence[float], draw: random.Random
) -> list[float]:
    drawn: list[float] = []
    while len(drawn) < count:
        first = bisect(weights, draw.random() * weights[-1])
        drawn += (rest[(first + n) % len(rest)] for n in range(BLOCK))
    return drawn[:count]


def _weights(count: int) -> list[float]:
    """Running sums of the weights of the blocks that begin at each month."""
    return list(accumulate(0.5 ** ((count - 1 - n) / HALF_LIFE) for n in range(count)))


def _shares(count: int) -> list[float]:
    weights = [0.5 ** ((count - 1 - n) / HALF_LIFE) for n in range(count)]
    whole = sum(weights)
    return [weight / whole for weight in weights]


def _drift(rest: Sequence[float]) -> float:
    """How much the level moves from month to month, from the means of half-years beside each other."""
    halves = [sum(rest[n : n + 6]) / 6 for n in range(len(rest) % 6, len(rest) - 5, 6)]
    steps = [math.log(after / before) for before, after in pairwise(halves) if before > 0 and after > 0]
    if len(steps) < 2:
        return LEAST_DRIFT * 1.5
    spread = math.sqrt(sum(step * step for step in steps) / len(steps)) / math.sqrt(6)
    return min(max(spread, LEAST_DRIFT), MOST_DRIFT)


def _month(first: int, index: int) -> int:
    return (first - 1 + index) % YEAR + 1
