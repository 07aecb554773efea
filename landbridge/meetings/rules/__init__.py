"""What may be asked, answered, placed and said of a meeting, as plain data."""

from __future__ import annotations

__all__: list[str] = []
