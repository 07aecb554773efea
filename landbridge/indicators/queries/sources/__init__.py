"""The named queries that indicators are counted by."""

from __future__ import annotations

from landbridge.indicators.queries.sources import answers, cooperation, desks, enterprises, gatherings, money
from landbridge.indicators.queries.sources.shape import Parameter, Source

MODULES = (enterprises, money, desks, cooperation, gatherings, answers)
SOURCES: dict[str, Source] = {source.key: source for module in MODULES for source in module.SOURCES}

__all__ = ["SOURCES", "Parameter", "Source"]
