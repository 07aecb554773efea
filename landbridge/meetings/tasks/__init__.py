"""The jobs of meetings: computing timetables, reminding, clearing up."""

from __future__ import annotations

from landbridge.meetings.tasks.making import again, asked, compute, watch

__all__ = ["again", "asked", "compute", "watch"]
