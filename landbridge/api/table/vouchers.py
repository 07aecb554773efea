"""The operations of vouchers."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.vouchers.forms import AwardForm, ExtensionForm

OPERATIONS = (
    Operation("vouchers:award", AwardForm),
    Operation("vouchers:acceptance"),
    Operation("vouchers:refusal", ReasonForm),
    Operation("vouchers:extension", ExtensionForm),
)
