"""Pages of meetings: people to meet, requests, the agenda, outcomes; the organiser's timetable."""

from __future__ import annotations

__all__: list[str] = []
