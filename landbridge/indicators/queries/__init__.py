"""What indicators ask: their sources, figures as of a day, readings and periods."""

from __future__ import annotations

from landbridge.indicators.queries.listing import to_read
from landbridge.indicators.queries.readings import counted, read, series
from landbridge.indicators.queries.scopes import Scope, day_of, placed
from landbridge.indicators.queries.sources import SOURCES, Source
from landbridge.indicators.queries.wording import words_of
from landbridge.indicators.rules import Counted, Made, Row

__all__ = [
    "SOURCES",
    "Counted",
    "Made",
    "Row",
    "Scope",
    "Source",
    "counted",
    "day_of",
    "placed",
    "read",
    "series",
    "to_read",
    "words_of",
]
