"""The operations of indicators."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.indicators.forms import EntryForm, IndicatorForm, NarrativeForm, PeriodForm, TargetForm

OPERATIONS = (
    Operation("indicators:common"),
    Operation("indicators:new", IndicatorForm),
    Operation("indicators:period_new", PeriodForm),
    Operation("indicators:period_text", NarrativeForm),
    Operation("indicators:period_freezing"),
    Operation("indicators:edit", IndicatorForm),
    Operation("indicators:target_new", TargetForm),
    Operation("indicators:figure_new", EntryForm),
)
