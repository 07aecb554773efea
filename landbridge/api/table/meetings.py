"""The operations of meetings."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.meetings.forms import (
    AnswerForm,
    AskForm,
    DeclineForm,
    OutcomeForm,
    PriorityForm,
    PrivateReasonForm,
    TapForm,
)
from landbridge.meetings.forms.planning import (
    BarForm,
    BookingForm,
    LostTableForm,
    MeetingRulesForm,
    MissingForm,
    PlaceForm,
    RunForm,
    SwapForm,
    WhoCameForm,
)

OPERATIONS = (
    Operation("meetings:person", AskForm),
    Operation("meetings:block", PrivateReasonForm),
    Operation("meetings:unblock"),
    Operation("meetings:acceptance", AnswerForm),
    Operation("meetings:refusal", DeclineForm),
    Operation("meetings:withdrawal", PrivateReasonForm),
    Operation("meetings:priority", PriorityForm),
    Operation("meetings:booking", BookingForm),
    Operation("meetings:outcome", OutcomeForm),
    Operation("meetings:word", TapForm),
    Operation("meetings:step"),
    Operation("meetings:introduction"),
    Operation("meetings:rules", MeetingRulesForm),
    Operation("meetings:runs", RunForm),
    Operation("meetings:publication", MeetingRulesForm, takes=("all_the_same",)),
    Operation("meetings:stop"),
    Operation("meetings:move", PlaceForm),
    Operation("meetings:swap", SwapForm),
    Operation("meetings:cancellation", ReasonForm),
    Operation("meetings:lock"),
    Operation("meetings:unlock"),
    Operation("meetings:who_came", WhoCameForm),
    Operation("meetings:placement", PlaceForm),
    Operation("meetings:missing", MissingForm),
    Operation("meetings:repair"),
    Operation("meetings:bar", BarForm),
    Operation("meetings:table_loss", LostTableForm),
    Operation("meetings:return"),
    Operation("meetings:table_return"),
    Operation("meetings:screen_key", takes=("shut",)),
)
