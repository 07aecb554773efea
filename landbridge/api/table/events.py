"""The operations of events."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.events.forms import (
    AboutForm,
    CopyForm,
    DatesForm,
    LanguageForm,
    NewEventForm,
    NoticeForm,
    PictureForm,
    PlaceForm,
    QuestionForm,
    QuotasForm,
    RoomForm,
    SessionForm,
    SlotsForm,
    TableForm,
    TablesForm,
    TermsForm,
    TextsForm,
)
from landbridge.events.forms.coming import ChallengeForm as ComingChallengeForm
from landbridge.events.forms.coming import RegistrationForm
from landbridge.events.forms.deciding import GuestForm
from landbridge.events.forms.inside import ChallengeForm as InsideChallengeForm
from landbridge.foundation.ui.forms import Form, ReasonForm

OPERATIONS = (
    Operation("events:new", NewEventForm),
    Operation("events:publication"),
    Operation("events:cancellation", ReasonForm),
    Operation("events:notice_new", NoticeForm),
    Operation("events:copy", CopyForm),
    Operation("events:about", AboutForm),
    Operation("events:dates", DatesForm),
    Operation("events:place", PlaceForm),
    Operation("events:registration_terms", TermsForm),
    Operation("events:quotas", QuotasForm),
    Operation("events:picture", PictureForm),
    Operation("events:texts", LanguageForm),
    Operation("events:text", TextsForm),
    Operation("events:session_new", SessionForm),
    Operation("events:room_new", RoomForm),
    Operation("events:challenge_new", InsideChallengeForm),
    Operation("events:slots", SlotsForm, takes=("save",)),
    Operation("events:tables", TablesForm),
    Operation("events:question_new", QuestionForm),
    Operation("events:question", QuestionForm),
    Operation("events:question_removal"),
    Operation("events:question_rise"),
    Operation("events:session", SessionForm),
    Operation("events:session_removal"),
    Operation("events:room", RoomForm),
    Operation("events:room_removal"),
    Operation("events:challenge", InsideChallengeForm),
    Operation("events:challenge_removal"),
    Operation("events:table", TableForm),
    Operation("events:table_removal"),
    Operation("events:table_loss"),
    Operation("events:table_return"),
    Operation("events:registration_text", RegistrationForm, takes=("do",)),
    Operation("events:registration_submission"),
    Operation("events:registration_cancellation", Form),
    Operation("events:registration_reopening"),
    Operation("events:availability", Form),
    Operation("events:session_place"),
    Operation("events:session_leaving"),
    Operation("events:challenge_answer", ComingChallengeForm),
    Operation("events:registration_approval"),
    Operation("events:registration_waiting"),
    Operation("events:registration_refusal", ReasonForm),
    Operation("events:registration_reminder"),
    Operation("events:check_in_undo"),
    Operation("events:registering", RegistrationForm),
    Operation("events:guest_new", GuestForm),
    Operation(
        "events:registrations_decision",
        takes=(
            "do",
            "chosen*",
        ),
    ),
    Operation("events:slots_reminder"),
    Operation("events:check_in", takes=("code",), query=("text",)),
)
