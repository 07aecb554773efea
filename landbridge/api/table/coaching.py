"""The operations of coaching."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.coaching.forms import (
    AcceptanceForm,
    AdviserForm,
    AnalysisForm,
    AskForm,
    BookingForm,
    CoachForm,
    FeedbackForm,
    HoursForm,
    PlanForm,
    ProposalForm,
    ReportForm,
    StretchForm,
    TalkForm,
    WeekForm,
)
from landbridge.foundation.ui.forms import ReasonForm

OPERATIONS = (
    Operation("coaching:new", AskForm),
    Operation("coaching:withdrawal", ReasonForm),
    Operation("coaching:ending", ReasonForm),
    Operation("coaching:adviser", AdviserForm),
    Operation("coaching:talk", TalkForm),
    Operation("coaching:analysis", AnalysisForm),
    Operation("coaching:coaches_of", ProposalForm, takes=("coaches",)),
    Operation("coaching:rematching", ReasonForm),
    Operation("coaching:answer", AcceptanceForm),
    Operation("coaching:refusal", ReasonForm),
    Operation("coaching:choice"),
    Operation("coaching:offer_withdrawal"),
    Operation("coaching:plan", PlanForm),
    Operation("coaching:plan_acceptance"),
    Operation("coaching:plan_return", ReasonForm),
    Operation("coaching:booking", BookingForm, takes=("opening",), query=("minutes",)),
    Operation("coaching:session_cancellation", ReasonForm),
    Operation("coaching:session_hours", HoursForm),
    Operation("coaching:session_absence"),
    Operation("coaching:session_approval"),
    Operation("coaching:session_dispute", ReasonForm),
    Operation("coaching:report", ReportForm),
    Operation("coaching:report_check"),
    Operation("coaching:report_return", ReasonForm),
    Operation("coaching:report_approval"),
    Operation("coaching:report_sending_back", ReasonForm),
    Operation("coaching:feedback", FeedbackForm),
    Operation("coaching:coach_new", CoachForm),
    Operation("coaching:coach_edit", CoachForm),
    Operation("coaching:coach_activation"),
    Operation("coaching:coach_rest", ReasonForm),
    Operation("coaching:week", WeekForm),
    Operation("coaching:stretch", StretchForm),
    Operation("coaching:free_time_removal"),
)
