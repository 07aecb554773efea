"""The named queries that indicators are counted by."""

from __future__ import annotations

from landbridge.indicators.queries.sources import desks, money
from landbridge.indicators.queries.sources.shape import Parameter, Source

SOURCES: dict[str, Source] = {source.key: source for module in (money, desks) for source in module.SOURCES}

__all__ = ["SOURCES", "Parameter", "Source"]
