"""What is made of the rows behind an indicator, what may be written about one, and what a frozen period holds."""

from __future__ import annotations

from landbridge.indicators.rules.figures import (
    Counted,
    Made,
    Row,
    figure,
    figure_of,
    last_of_month,
    median,
    months_later,
    rounded,
)
from landbridge.indicators.rules.freezing import canonical, number_in, packed, sha256_of, sha256_of_rows
from landbridge.indicators.rules.writing import (
    LARGEST_VALUE,
    LONGEST_DEFINITION,
    LONGEST_NARRATIVE,
    Wording,
    problems_with_entry,
    problems_with_freezing,
    problems_with_indicator,
    problems_with_period,
)

__all__ = [
    "LARGEST_VALUE",
    "LONGEST_DEFINITION",
    "LONGEST_NARRATIVE",
    "Counted",
    "Made",
    "Row",
    "Wording",
    "canonical",
    "figure",
    "figure_of",
    "last_of_month",
    "median",
    "months_later",
    "number_in",
    "packed",
    "problems_with_entry",
    "problems_with_freezing",
    "problems_with_indicator",
    "problems_with_period",
    "rounded",
    "sha256_of",
    "sha256_of_rows",
]
