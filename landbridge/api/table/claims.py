"""The operations of claims."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.claims.forms import AnswerForm, CostForm, PaymentFileForm, ReportForm, VerificationForm
from landbridge.foundation.ui.forms import ReasonForm

OPERATIONS = (
    Operation("claims:new"),
    Operation("claims:voucher_closing", ReasonForm),
    Operation("claims:report", ReportForm),
    Operation("claims:cost", CostForm),
    Operation("claims:cost_edit", CostForm),
    Operation("claims:cost_removal"),
    Operation("claims:submission"),
    Operation("claims:verification", VerificationForm),
    Operation("claims:approval"),
    Operation("claims:reopening", ReasonForm),
    Operation("claims:return", ReasonForm),
    Operation("claims:refusal", ReasonForm),
    Operation("claims:payment_file_new", PaymentFileForm),
    Operation("claims:payment_release"),
    Operation("claims:payment_cancellation", ReasonForm),
    Operation("claims:payment_answer", AnswerForm),
)
