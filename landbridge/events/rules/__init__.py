"""The rules of events: what is open before publication, programme and rooms, slots, questions, places."""

from __future__ import annotations

__all__: list[str] = []
