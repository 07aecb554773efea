"""What people send about events, read into clean values."""

from __future__ import annotations

__all__: list[str] = []
