"""The operations of organisations."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.organisations.forms import BankAccountForm, OrganisationForm

OPERATIONS = (
    Operation("organisations:edit", OrganisationForm),
    Operation("organisations:closing", ReasonForm),
    Operation("organisations:new_bank_account", BankAccountForm),
    Operation("organisations:bank_account_approval"),
    Operation("organisations:bank_account_refusal", ReasonForm),
)
