"""What people send about enquiries, read into clean values."""

from __future__ import annotations

from landbridge.enquiries.forms.asking import WANT, AskForm, as_asked, wanted_ids
from landbridge.enquiries.forms.moving import (
    CloseForm,
    EnquiryFilters,
    HoldForm,
    HowForm,
    MessageForm,
    NoteForm,
    OutcomeForm,
    RemarkForm,
    SummaryForm,
)

__all__ = [
    "WANT",
    "AskForm",
    "CloseForm",
    "EnquiryFilters",
    "HoldForm",
    "HowForm",
    "MessageForm",
    "NoteForm",
    "OutcomeForm",
    "RemarkForm",
    "SummaryForm",
    "as_asked",
    "wanted_ids",
]
