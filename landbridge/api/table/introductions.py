"""The operations of introductions."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.introductions.forms import (
    AgreementTextForm,
    LimitForm,
    OutcomeForm,
    PreparationForm,
    SignatureForm,
    TextsForm,
)

OPERATIONS = (
    Operation("introductions:preparation", PreparationForm),
    Operation("introductions:limit", LimitForm),
    Operation("introductions:template_new", AgreementTextForm),
    Operation("introductions:texts", TextsForm),
    Operation("introductions:question"),
    Operation("introductions:consent"),
    Operation("introductions:refusal", ReasonForm),
    Operation("introductions:withdrawal", ReasonForm),
    Operation("introductions:outcome", OutcomeForm),
    Operation("introductions:agreement_need", takes=("needed",)),
    Operation("introductions:agreement_sending"),
    Operation("introductions:agreement_signature", SignatureForm),
    Operation("introductions:release"),
)
