"""Pages of events: public ones, those of organisers, those of people who come."""

from __future__ import annotations

__all__: list[str] = []
