"""The pages of enquiries."""

from __future__ import annotations

from landbridge.enquiries.views.asking import asking, number, question
from landbridge.enquiries.views.desk import (
    absence_new,
    absence_removal,
    bulk_moves,
    desk,
    desk_of,
    desks,
)
from landbridge.enquiries.views.enquiry import enquiries, enquiry
from landbridge.enquiries.views.leading import (
    giving,
    hand_over,
    offer,
    offer_acceptance,
    offer_refusal,
    offer_withdrawal,
    returning,
    taking,
)
from landbridge.enquiries.views.moves import (
    acknowledgement,
    analysis,
    closing,
    declining,
    holding,
    outcome,
    readiness,
    reopening,
    resumption,
    searching,
)
from landbridge.enquiries.views.partners import (
    candidate_new,
    candidate_remark,
    candidate_removal,
    candidate_rise,
    partners,
    shortlist,
    shortlist_answer,
    shortlist_sending,
)
from landbridge.enquiries.views.scouting import (
    proposal,
    scouting,
    scouts,
    sight,
    sight_end,
)
from landbridge.enquiries.views.summaries import approval, noted_approval, sending_back, summary
from landbridge.enquiries.views.writing import file, messages, notes

__all__ = [
    "absence_new",
    "absence_removal",
    "acknowledgement",
    "analysis",
    "approval",
    "asking",
    "bulk_moves",
    "candidate_new",
    "candidate_remark",
    "candidate_removal",
    "candidate_rise",
    "closing",
    "declining",
    "desk",
    "desk_of",
    "desks",
    "enquiries",
    "enquiry",
    "file",
    "giving",
    "hand_over",
    "holding",
    "messages",
    "noted_approval",
    "notes",
    "number",
    "offer",
    "offer_acceptance",
    "offer_refusal",
    "offer_withdrawal",
    "outcome",
    "partners",
    "proposal",
    "question",
    "readiness",
    "reopening",
    "resumption",
    "returning",
    "scouting",
    "scouts",
    "searching",
    "sending_back",
    "shortlist",
    "shortlist_answer",
    "shortlist_sending",
    "sight",
    "sight_end",
    "summary",
    "taking",
]
