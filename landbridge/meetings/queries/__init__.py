"""Reading meetings: requests, suggestions, agendas, outcomes, the timetable and its figures."""

from __future__ import annotations

__all__: list[str] = []
