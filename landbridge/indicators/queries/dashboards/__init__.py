"""The figures of the dashboards: few queries each, counted by the database, as of any day and within any place."""

from __future__ import annotations

from landbridge.indicators.queries.dashboards.absorption import Absorption, Held, absorption, held_by_partner
from landbridge.indicators.queries.dashboards.answers import Marked, marks, rates_by_months
from landbridge.indicators.queries.dashboards.choosing import (
    Look,
    chosen_look,
    partners_for,
    phases_of,
    programmes_for,
)
from landbridge.indicators.queries.dashboards.crossing import WAYS, Way, ways, ways_with_regions
from landbridge.indicators.queries.dashboards.durations import STRETCHES, Quarter, Stretch, by_quarter
from landbridge.indicators.queries.dashboards.progress import Progress, headline, progress
from landbridge.indicators.queries.dashboards.waiting import AGES, WAITING, Waiting, Wish, unmet, waiting

__all__ = [
    "AGES", "STRETCHES", "WAITING", "WAYS", "Absorption", "Held", "Look", "Marked", "Progress", "Quarter", "Stretch",
    "Waiting", "Way", "Wish", "absorption", "by_quarter", "chosen_look", "headline", "held_by_partner", "marks",
    "partners_for", "phases_of", "programmes_for", "progress", "rates_by_months", "unmet", "waiting", "ways", "ways_with_regions",
]  # fmt: skip
