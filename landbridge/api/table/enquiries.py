"""The operations of enquiries."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.enquiries.forms import (
    AskForm,
    CloseForm,
    HoldForm,
    HowForm,
    MessageForm,
    NoteForm,
    OutcomeForm,
    SummaryForm,
)
from landbridge.enquiries.forms.desk import AbsenceForm, BulkForm, GivingForm, HandOverForm, SightForm
from landbridge.enquiries.forms.desk import RemarkForm as DeskRemarkForm
from landbridge.enquiries.forms.moving import RemarkForm as MovingRemarkForm
from landbridge.enquiries.forms.partners import ShortlistForm
from landbridge.foundation.ui.forms import ReasonForm

OPERATIONS = (
    Operation("enquiries:new", AskForm),
    Operation("enquiries:question", AskForm),
    Operation("enquiries:acknowledgement"),
    Operation("enquiries:analysis"),
    Operation("enquiries:readiness"),
    Operation("enquiries:searching"),
    Operation("enquiries:outcome", OutcomeForm),
    Operation("enquiries:closing", CloseForm),
    Operation("enquiries:declining", ReasonForm),
    Operation("enquiries:holding", HoldForm),
    Operation("enquiries:resumption"),
    Operation("enquiries:reopening", ReasonForm),
    Operation("enquiries:summary", SummaryForm),
    Operation("enquiries:messages", MessageForm),
    Operation("enquiries:notes", NoteForm),
    Operation("enquiries:approval"),
    Operation("enquiries:sending_back", MovingRemarkForm),
    Operation("enquiries:noted_approval", HowForm),
    Operation("enquiries:moves", BulkForm),
    Operation("enquiries:absence_new", AbsenceForm),
    Operation("enquiries:absence_removal"),
    Operation("enquiries:taking"),
    Operation("enquiries:giving", GivingForm),
    Operation("enquiries:hand_over", HandOverForm),
    Operation("enquiries:returning", ReasonForm),
    Operation("enquiries:offer_acceptance"),
    Operation("enquiries:offer_refusal", ReasonForm),
    Operation("enquiries:offer_withdrawal"),
    Operation("enquiries:scouts", SightForm),
    Operation("enquiries:proposal"),
    Operation("enquiries:sight_end"),
    Operation("enquiries:candidate_new"),
    Operation("enquiries:shortlist_sending"),
    Operation("enquiries:shortlist_answer", ShortlistForm),
    Operation("enquiries:candidate_remark", DeskRemarkForm),
    Operation("enquiries:candidate_rise"),
    Operation("enquiries:candidate_removal"),
)
