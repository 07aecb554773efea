"""The pages of indicators."""

from __future__ import annotations

from landbridge.indicators.views.keeping import common, edit, figure_new, new, target_new
from landbridge.indicators.views.periods import (
    period,
    period_freezing,
    period_frozen,
    period_new,
    period_text,
    periods,
)
from landbridge.indicators.views.reading import (
    course_csv,
    indicator,
    indicators,
    reading,
    rows,
    rows_csv,
    table_csv,
    table_xlsx,
)

__all__ = [
    "common",
    "course_csv",
    "edit",
    "figure_new",
    "indicator",
    "indicators",
    "new",
    "period",
    "period_freezing",
    "period_frozen",
    "period_new",
    "period_text",
    "periods",
    "reading",
    "rows",
    "rows_csv",
    "table_csv",
    "table_xlsx",
    "target_new",
]
