"""Surveys as pages, letters, jobs and indicators need them."""

from __future__ import annotations

from landbridge.surveys.queries.baselines import Before, Gain, before, gains, support_began
from landbridge.surveys.queries.measures import Narrow, Said, latest_of_each, said
from landbridge.surveys.queries.rates import Rate, rate

__all__ = [
    "Before",
    "Gain",
    "Narrow",
    "Rate",
    "Said",
    "before",
    "gains",
    "latest_of_each",
    "rate",
    "said",
    "support_began",
]
