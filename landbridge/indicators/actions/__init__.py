"""Everything that changes indicators, readings and reporting periods."""

from __future__ import annotations

from landbridge.indicators.actions.keeping import add, add_all_common, add_common, change, set_target
from landbridge.indicators.actions.periods import begin_period, freeze, keep_documents, write
from landbridge.indicators.actions.reading import enter, take, take_published

__all__ = [
    "add",
    "add_all_common",
    "add_common",
    "begin_period",
    "change",
    "enter",
    "freeze",
    "keep_documents",
    "set_target",
    "take",
    "take_published",
    "write",
]
