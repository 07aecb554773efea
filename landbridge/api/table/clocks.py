"""The operations of clocks."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.clocks.forms import DutyForm

OPERATIONS = (Operation("clocks:duty", DutyForm),)
