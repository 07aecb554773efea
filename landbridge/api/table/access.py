"""The operations of access."""

from __future__ import annotations

from landbridge.access.forms import (
    AgreementForm,
    FeasibilityForm,
    FeedbackForm,
    LongTextForm,
    QuoteForm,
    RulesForm,
    SignatureForm,
    SlotForm,
    TextForm,
)
from landbridge.api.table.operation import Operation
from landbridge.foundation.ui.forms import ReasonForm

OPERATIONS = (
    Operation("access:new", TextForm),
    Operation("access:text", TextForm),
    Operation("access:submission"),
    Operation("access:withdrawal", ReasonForm),
    Operation("access:eligibility"),
    Operation("access:return", ReasonForm),
    Operation("access:refusal", ReasonForm),
    Operation("access:feasibility", FeasibilityForm),
    Operation("access:quote", QuoteForm),
    Operation("access:acceptance"),
    Operation("access:holding"),
    Operation("access:release"),
    Operation("access:agreement", AgreementForm),
    Operation("access:beginning"),
    Operation("access:delivery"),
    Operation("access:closing"),
    Operation("access:cancellation", ReasonForm),
    Operation("access:feedback", FeedbackForm),
    Operation("access:complaint", LongTextForm),
    Operation("access:complaint_answer", LongTextForm),
    Operation("access:slots", SlotForm),
    Operation("access:slot_removal"),
    Operation("access:rules_new", RulesForm),
    Operation("access:rules_edit", RulesForm),
    Operation("access:rules_publication"),
    Operation("access:signature", SignatureForm),
    Operation("access:signature_ending"),
)
