"""The operations of budgets."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.budgets.forms import LineForm, MovementForm, TransferForm
from landbridge.foundation.ui.forms import ReasonForm

OPERATIONS = (
    Operation("budgets:new_line", LineForm),
    Operation("budgets:new_transfer", TransferForm, query=("from",)),
    Operation("budgets:allocation", MovementForm),
    Operation("budgets:withdrawal", MovementForm),
    Operation("budgets:agreement"),
    Operation("budgets:refusal", ReasonForm),
    Operation("budgets:transfer_withdrawal"),
)
