"""The operations of outbox."""

from __future__ import annotations

from landbridge.api.table.operation import Operation

OPERATIONS = (Operation("outbox:sending"),)
