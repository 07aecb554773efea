"""The forms of meetings."""

from __future__ import annotations

__all__: list[str] = []
