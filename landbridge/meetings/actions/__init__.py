"""Every change to meetings: asking and answering, the timetable, the day, and what came of it."""

from __future__ import annotations

__all__: list[str] = []
