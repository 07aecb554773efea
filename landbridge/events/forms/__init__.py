"""What people send about events, read into clean values."""

from __future__ import annotations

from landbridge.events.forms.finding import (
    EventFilters,
    KeptFilters,
)
from landbridge.events.forms.inside import (
    ChallengeForm,
    QuestionForm,
    RoomForm,
    SessionForm,
    SlotsForm,
    TableForm,
    TablesForm,
    challenge_initial,
    question_initial,
    session_initial,
    slots_initial,
)
from landbridge.events.forms.preparing import (
    AboutForm,
    CopyForm,
    DatesForm,
    LanguageForm,
    NewEventForm,
    NoticeForm,
    PictureForm,
    PlaceForm,
    QuotasForm,
    TermsForm,
    TextsForm,
    VersionedForm,
)

__all__ = [
    "AboutForm",
    "ChallengeForm",
    "CopyForm",
    "DatesForm",
    "EventFilters",
    "KeptFilters",
    "LanguageForm",
    "NewEventForm",
    "NoticeForm",
    "PictureForm",
    "PlaceForm",
    "QuestionForm",
    "QuotasForm",
    "RoomForm",
    "SessionForm",
    "SlotsForm",
    "TableForm",
    "TablesForm",
    "TermsForm",
    "TextsForm",
    "VersionedForm",
    "challenge_initial",
    "question_initial",
    "session_initial",
    "slots_initial",
]
