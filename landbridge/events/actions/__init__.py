"""What happens to events: prepared, published, filled with a programme, announced, called off, ended."""

from __future__ import annotations

__all__: list[str] = []
