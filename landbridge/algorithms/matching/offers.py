"""A question with its wishes, and an offer with its facts, as plain values."""

from __future__ import annotations

import enum
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from landbridge.algorithms.matching.question import EMPTY, Reading

EARTH_KM = 6371.0088  # mean radius (IUGG)


class Reach(enum.StrEnum):
    """Where offers may come from, seen from the region that asks."""

    OUTSIDE_FIRST = "outside_first"
    OUTSIDE_ONLY = "outside_only"
    ANYWHERE = "anywhere"
    INSIDE_ONLY = "inside_only"


class Capacity(enum.StrEnum):
    UNKNOWN = ""
    FREE = "free"
    LIMITED = "limited"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Place:
    """Degrees north and east."""

    north: float
    east: float


@dataclass(frozen=True, slots=True)
class Question:
    """What a company wants. Codes are the catalogue's; what is left empty is no wish.

    `competences` holds each wanted competence with its weight; of `access_modes` and `languages` one suffices; every
    one of `certificates` counts. `needed_on` is the day the work is to be done by, `today` the day of asking.
    """

    reading: Reading = EMPTY
    competences: Mapping[str, float] = field(default_factory=dict)
    access_modes: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    certificates: frozenset[str] = frozenset()
    needed_on: date | None = None
    today: date = date.min
    region: str = ""
    place: Place | None = None
    reach: Reach = Reach.OUTSIDE_FIRST


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody offers. Mappings go from code to the name that is read aloud, in the reader's language.

    `certificates` go to the last day they hold (None: without end). `lead_days` is how long it takes to begin and do
    the work. `results` counts what came of it before.
    """

    id: int
    title: str = ""
    sentences: tuple[str, ...] = ()
    competences: Mapping[str, str] = field(default_factory=dict)
    access_modes: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    certificates: Mapping[str, date | None] = field(default_factory=dict)
    certificate_names: Mapping[str, str] = field(default_factory=dict)
    capacity: Capacity = Capacity.UNKNOWN
    lead_days: int | None = None
    results: int = 0
    confirmed_on: date | None = None
    is_overdue: bool = False
    region: str = ""
    place: Place | None = None


def kilometres(one: Place, other: Place) -> float:
    """The way over the ground between two places as the crow flies (haversine)."""
    north, other_north = math.radians(one.north), math.radians(other.north)
    across = math.radians(other.east - one.east)
    half = math.sin((other_north - north) / 2) ** 2
    half += math.cos(north) * math.cos(other_north) * math.sin(across / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(half, 1.0)))
