"""The operations of webinars."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.webinars.forms import (
    AnswerForm,
    KeyForm,
    MinutesForm,
    OpinionForm,
    QuestionForm,
    RecordingForm,
    SeriesForm,
    SignUpForm,
    SlidesForm,
    SpeakerForm,
    TableForm,
    WebinarForm,
)

OPERATIONS = (
    Operation("webinars:new", WebinarForm),
    Operation("webinars:series_new", SeriesForm),
    Operation("webinars:series_edit", SeriesForm),
    Operation("webinars:speaker_edit", SpeakerForm),
    Operation("webinars:speaker_removal"),
    Operation("webinars:answer", AnswerForm),
    Operation("webinars:minutes", MinutesForm),
    Operation("webinars:sign_up", SignUpForm),
    Operation("webinars:sign_up_cancellation"),
    Operation("webinars:question", QuestionForm),
    Operation("webinars:opinion", OpinionForm),
    Operation("webinars:edit", WebinarForm),
    Operation("webinars:speaker_new", SpeakerForm),
    Operation("webinars:publication"),
    Operation("webinars:holding"),
    Operation("webinars:cancellation", ReasonForm),
    Operation("webinars:presence", TableForm),
    Operation("webinars:key", KeyForm),
    Operation("webinars:recording", RecordingForm),
    Operation("webinars:slides_new", SlidesForm),
)
