"""Coaching: coaches and their calendars; cases from the first talk to the report and what each side thought."""

from __future__ import annotations

from landbridge.coaching.models.case import (
    Analysis,
    Case,
    CaseRows,
    Feedback,
    Objective,
    Offer,
    Partnership,
    Plan,
    Report,
)
from landbridge.coaching.models.coach import Coach, CoachRows, FreeTime
from landbridge.coaching.models.session import Session

__all__ = [
    "Analysis",
    "Case",
    "CaseRows",
    "Coach",
    "CoachRows",
    "Feedback",
    "FreeTime",
    "Objective",
    "Offer",
    "Partnership",
    "Plan",
    "Report",
    "Session",
]
