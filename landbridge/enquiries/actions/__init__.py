"""Every change to an enquiry: asking, moving it on, its summaries."""

from __future__ import annotations

from landbridge.enquiries.actions.absences import enter_absence, tell_whom_to_call
from landbridge.enquiries.actions.asking import ask, revise
from landbridge.enquiries.actions.ending import close, decline, hold, reopen, resume
from landbridge.enquiries.actions.leading import (
    accept_lead,
    expire_lead,
    give,
    offer_lead,
    pass_on,
    refuse_lead,
    return_home,
    take,
    withdraw_lead,
)
from landbridge.enquiries.actions.moves import (
    acknowledge,
    analyse,
    introduce,
    make_ready,
    report_outcome,
    search,
    send_shortlist,
)
from landbridge.enquiries.actions.scouting import end_sight, grant_sight, propose
from landbridge.enquiries.actions.shortlist import (
    Wanted,
    add_candidate,
    answer_shortlist,
    drop_candidate,
    raise_candidate,
    remark_candidate,
)
from landbridge.enquiries.actions.summaries import (
    approve_summary,
    note_approval,
    send_back_summary,
    write_summary,
)
from landbridge.enquiries.actions.writing import mark_read, write_message, write_note

__all__ = [
    "Wanted",
    "accept_lead",
    "acknowledge",
    "add_candidate",
    "analyse",
    "answer_shortlist",
    "approve_summary",
    "ask",
    "close",
    "decline",
    "drop_candidate",
    "end_sight",
    "enter_absence",
    "expire_lead",
    "give",
    "grant_sight",
    "hold",
    "introduce",
    "make_ready",
    "mark_read",
    "note_approval",
    "offer_lead",
    "pass_on",
    "propose",
    "raise_candidate",
    "refuse_lead",
    "remark_candidate",
    "reopen",
    "report_outcome",
    "resume",
    "return_home",
    "revise",
    "search",
    "send_back_summary",
    "send_shortlist",
    "take",
    "tell_whom_to_call",
    "withdraw_lead",
    "write_message",
    "write_note",
    "write_summary",
]
