"""Every change to an enquiry: asking, moving it on, its summaries."""

from __future__ import annotations

from landbridge.enquiries.actions.asking import ask, revise
from landbridge.enquiries.actions.ending import close, decline, hold, reopen, resume
from landbridge.enquiries.actions.moves import (
    acknowledge,
    analyse,
    introduce,
    make_ready,
    report_outcome,
    search,
    send_shortlist,
)
from landbridge.enquiries.actions.summaries import (
    approve_summary,
    note_approval,
    send_back_summary,
    write_summary,
)

__all__ = [
    "acknowledge",
    "analyse",
    "approve_summary",
    "ask",
    "close",
    "decline",
    "hold",
    "introduce",
    "make_ready",
    "note_approval",
    "reopen",
    "report_outcome",
    "resume",
    "revise",
    "search",
    "send_back_summary",
    "send_shortlist",
    "write_summary",
]
