"""What people send about coaching, read into clean values."""

from __future__ import annotations

from landbridge.coaching.forms.asking import AdviserForm, AnalysisForm, AskForm, TalkForm
from landbridge.coaching.forms.coaches import CoachForm, StretchForm, WeekForm
from landbridge.coaching.forms.coaching import (
    AcceptanceForm,
    BookingForm,
    FeedbackForm,
    HoursForm,
    PlanForm,
    ProposalForm,
    ReportForm,
)
from landbridge.coaching.forms.filters import CaseFilters, CoachFilters, FigureFilters

__all__ = [
    "AcceptanceForm",
    "AdviserForm",
    "AnalysisForm",
    "AskForm",
    "BookingForm",
    "CaseFilters",
    "CoachFilters",
    "CoachForm",
    "FeedbackForm",
    "FigureFilters",
    "HoursForm",
    "PlanForm",
    "ProposalForm",
    "ReportForm",
    "StretchForm",
    "TalkForm",
    "WeekForm",
]
