"""The operations of inbox."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.foundation.inbox.forms import AttachForm
from landbridge.foundation.ui.forms import ReasonForm

OPERATIONS = (
    Operation("inbox:attaching", AttachForm),
    Operation("inbox:dropping", ReasonForm),
)
