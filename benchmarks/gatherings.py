"""Invented matchmaking events: a few are asked by many, most are not there the whole time, some requests are mutual.

What makes them like real ones: popularity falls by a power (Zipf, 0.9), people send about 12 requests, the number
varying widely; 30 % of everybody's slots are taken up, mostly in one piece at the beginning or the end; who is asked
by many accepts 1.6 times what would fit. The same seed makes the same event.
"""

from __future__ import annotations

import bisect
import itertools
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from landbridge.algorithms.timetable import Person, Problem, Wish

SENT = 12  # requests of a person on average
SPREAD = 0.6  # of the logarithm of that number
POPULARITY = 0.9
AWAY = 0.30  # of the slots
IN_ONE_PIECE = 0.7  # of the people are away in one piece
ASKED_BACK = 0.15
OVERBOOKED = 1.6  # a popular person accepts so many times what would fit
ACCEPTED = 0.75  # at most
HIGH, MEDIUM, LOW = 3, 2, 1
MUTUAL = 2  # a mutual wish weighs both priorities and this


@dataclass(frozen=True, slots=True)
class Gathering:
    """An event: its problem, whose wishes stand in the order in which they were accepted, and who was turned down."""

    problem: Problem
    declined: tuple[tuple[int, int], ...]


def gathering(people: int, *, slots: int, tables: int, seed: int, floor: int = 3) -> Gathering:
    """An event of so many people. With half as many tables as people, tables never lack."""
    chance = random.Random(seed)
    requests = _requests(people, chance)
    received = _received(people, requests)
    there = [_there(slots, chance) for _ in range(people)]
    wishes: list[tuple[int, int, int, bool]] = []
    declined: list[tuple[int, int]] = []
    for (one, other), priority in requests.items():
        back = requests.get((other, one))
        if back is not None:
            if one < other:
                wishes.append((one, other, priority + back + MUTUAL, True))
            continue
        accepts = min(ACCEPTED, OVERBOOKED * len(there[other]) / max(1, received[other]))
        if chance.random() < accepts:
            wishes.append((one, other, priority, False))
        else:
            declined.append((one, other))
    chance.shuffle(wishes)
    return Gathering(
        problem=Problem(
            slots=slots,
            tables=(tuple(range(tables)),) * slots,
            people=tuple(Person(key=key, slots=free) for key, free in enumerate(there)),
            wishes=tuple(
                Wish(key=key, first=one, second=other, weight=weight, is_mutual=mutual)
                for key, (one, other, weight, mutual) in enumerate(wishes)
            ),
            floor=floor,
        ),
        declined=tuple(declined),
    )


def _requests(people: int, chance: random.Random) -> dict[tuple[int, int], int]:
    """Who asks whom, and how much they want it; now and then the other asks back."""
    ranks = list(range(people))
    chance.shuffle(ranks)
    drawn = list(itertools.accumulate(1 / (rank + 3) ** POPULARITY for rank in ranks))
    requests: dict[tuple[int, int], int] = {}
    for one in range(people):
        others = _asked(one, drawn, chance)
        chance.shuffle(others)
        for place, other in enumerate(others):
            share = place / len(others)
            requests[one, other] = HIGH if share < 0.25 else MEDIUM if share < 0.6 else LOW
    received = _received(people, requests)
    for one, other in list(requests):
        asks_back = ASKED_BACK * min(1, SENT / received[other])
        if (other, one) not in requests and chance.random() < asks_back:
            requests[other, one] = chance.choice((HIGH, MEDIUM, MEDIUM, LOW))
            received[one] += 1
    return requests


def _asked(one: int, drawn: Sequence[float], chance: random.Random) -> list[int]:
    """Whom one person asks: the popular more often; some are active, some ask hardly anybody."""
    number = int(chance.lognormvariate(math.log(SENT) - SPREAD**2 / 2, SPREAD))
    number = max(1, min(len(drawn) - 1, number))
    found: dict[int, None] = {}
    for _ in range(40 * number):
        other = bisect.bisect_left(drawn, chance.random() * drawn[-1])
        if other not in (one, len(drawn)):
            found[other] = None
        if len(found) == number:
            break
    return list(found)


def _received(people: int, requests: dict[tuple[int, int], int]) -> list[int]:
    received = [0] * people
    for _, other in requests:
        received[other] += 1
    return received


def _there(slots: int, chance: random.Random) -> tuple[int, ...]:
    """The slots in which somebody can meet."""
    absent = round(AWAY * slots)
    away: set[int] = set()
    if chance.random() < IN_ONE_PIECE:
        piece = chance.randint(0, absent)
        begins = (
            chance.randint(0, slots - piece) if chance.random() < 0.4 else chance.choice((0, slots - piece))
        )
        away |= set(range(begins, begins + piece))
    while len(away) < absent:
        away.add(chance.randrange(slots))
    return tuple(slot for slot in range(slots) if slot not in away)
