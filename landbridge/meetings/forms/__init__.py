"""The forms of meetings."""

from __future__ import annotations

from landbridge.meetings.forms.asking import (
    AnswerForm,
    AskForm,
    DeclineForm,
    PeopleFilters,
    PriorityForm,
    PrivateReasonForm,
)
from landbridge.meetings.forms.outcomes import OutcomeForm, TapForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "DeclineForm",
    "OutcomeForm",
    "PeopleFilters",
    "PriorityForm",
    "PrivateReasonForm",
    "TapForm",
]
