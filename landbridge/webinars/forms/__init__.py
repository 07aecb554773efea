"""What people send about webinars, read into clean values."""

from __future__ import annotations

from landbridge.webinars.forms.keeping import (
    AnswerForm,
    KeptFilters,
    KeyForm,
    MinutesForm,
    RecordingForm,
    SeriesForm,
    SlidesForm,
    SpeakerForm,
    TableForm,
    WebinarForm,
)
from landbridge.webinars.forms.listening import ConsentForm, OpinionForm, QuestionForm, SignUpForm

__all__ = [
    "AnswerForm",
    "ConsentForm",
    "KeptFilters",
    "KeyForm",
    "MinutesForm",
    "OpinionForm",
    "QuestionForm",
    "RecordingForm",
    "SeriesForm",
    "SignUpForm",
    "SlidesForm",
    "SpeakerForm",
    "TableForm",
    "WebinarForm",
]
