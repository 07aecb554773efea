"""Where the public records stand and how they are called, in the memory of each process: for sorting and the map."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.db.models.functions import Coalesce

from landbridge.algorithms.matching.offers import EARTH_KM
from landbridge.algorithms.matching.words import folded
from landbridge.catalogue.models import Record
from landbridge.catalogue.search.index import newest_change

Numbers = npt.NDArray[np.int64]
Degrees = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Places:
    """Public records by rising number: degrees (not a number where unknown) and their place in the order of names.

    A record without a place of its own stands where its facility does.
    """

    numbers: Numbers
    north: Degrees
    east: Degrees
    alphabet: Numbers

    def rows(self, numbers: Sequence[int] | Numbers) -> Numbers:
        """The rows of these records here; those that are not public are left out."""
        wanted = np.asarray(numbers, dtype=np.int64)
        if not self.numbers.size:
            return np.zeros(0, dtype=np.int64)
        found = np.minimum(np.searchsorted(self.numbers, wanted), self.numbers.size - 1)
        here: Numbers = found[self.numbers[found] == wanted]
        return here

    def by_name(self, numbers: Sequence[int] | Numbers) -> list[int]:
        """These records in the order of their names."""
        rows = self.rows(numbers)
        order = np.argsort(self.alphabet[rows], kind="stable")
        return [int(number) for number in self.numbers[rows[order]]]

    def by_distance(self, numbers: Sequence[int] | Numbers, *, north: float, east: float) -> list[int]:
        """These records by their way from a place, those without a place last; ties by name."""
        rows = self.rows(numbers)
        away = self.kilometres(rows, north=north, east=east)
        order = np.lexsort((self.alphabet[rows], np.where(np.isnan(away), np.inf, away)))
        return [int(number) for number in self.numbers[rows[order]]]

    def kilometres(self, rows: Numbers, *, north: float, east: float) -> Degrees:
        """The way over the ground from a place to these rows (haversine)."""
        here, there = np.radians(north), np.radians(self.north[rows])
        across = np.radians(self.east[rows] - east)
        half = np.sin((there - here) / 2) ** 2 + np.cos(here) * np.cos(there) * np.sin(across / 2) ** 2
        found: Degrees = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
        return found


_lock = threading.Lock()
_kept: dict[str, tuple[int, Places]] = {}


def places() -> Places:
    """The places as of the last change; read again after each."""
    key, newest = str(settings.LANDBRIDGE_INDEX_DIR), newest_change()
    found = _kept.get(key)
    if found is not None and found[0] == newest:
        return found[1]
    with _lock:
        read = _read()
        _kept.clear()
        _kept[key] = (newest, read)
    return read


def _read() -> Places:
    rows = list(
        Record.objects.public()
        .order_by("pk")
        .annotate(
            north=Coalesce("latitude", "parent__latitude"), east=Coalesce("longitude", "parent__longitude")
        )
        .values_list("pk", "north", "east", "name")
    )
    order = sorted(range(len(rows)), key=lambda at: (folded(rows[at][3]), rows[at][0]))
    alphabet = np.empty(len(rows), dtype=np.int64)
    alphabet[order] = np.arange(len(rows))
    return Places(
        numbers=np.array([row[0] for row in rows], dtype=np.int64),
        north=_degrees([row[1] for row in rows]),
        east=_degrees([row[2] for row in rows]),
        alphabet=alphabet,
    )


def _degrees(values: list[object]) -> Degrees:
    return np.array([np.nan if value is None else float(str(value)) for value in values], dtype=np.float64)
