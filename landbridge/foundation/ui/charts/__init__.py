"""Charts as SVG from the server: readable in print, in the dark and without eyes; each has its table."""

from __future__ import annotations

from landbridge.foundation.ui.charts.bars import Bar, Number, Stack, bars, line, sparkline, stacked
from landbridge.foundation.ui.charts.columns import Columns, Spread, Spreads
from landbridge.foundation.ui.charts.lines import Lines, Outlook, Series
from landbridge.foundation.ui.charts.paper import on_paper
from landbridge.foundation.ui.charts.rows import Goal, Goals, Heat, Multiples
from landbridge.foundation.ui.charts.sheet import Chart, Key, Sheet
from landbridge.foundation.ui.charts.wholes import Ranking, Wholes

__all__ = [
    "Bar", "Chart", "Columns", "Goal", "Goals", "Heat", "Key", "Lines", "Multiples", "Number", "Outlook", "Ranking",
    "Series", "Sheet", "Spread", "Spreads", "Stack", "Wholes", "bars", "line", "on_paper", "sparkline", "stacked",
]  # fmt: skip
