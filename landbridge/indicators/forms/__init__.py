"""What people send about indicators, figures and reporting periods."""

from __future__ import annotations

from landbridge.indicators.forms.indicators import EntryForm, IndicatorForm, TargetForm
from landbridge.indicators.forms.periods import NarrativeForm, PeriodForm
from landbridge.indicators.forms.reading import AsOfFilters, ListFilters

__all__ = [
    "AsOfFilters",
    "EntryForm",
    "IndicatorForm",
    "ListFilters",
    "NarrativeForm",
    "PeriodForm",
    "TargetForm",
]
