"""Every change to access: the common rules, requests, quotes, slots, agreements, feedback and complaints."""

from __future__ import annotations

from landbridge.access.actions.agreeing import agree, begin, cancel, close, deliver, keep_agreement
from landbridge.access.actions.answering import accept, answer_feasibility, quote
from landbridge.access.actions.asking import save, start, submit, withdraw
from landbridge.access.actions.checking import decline, find_eligible, return_for_correction
from landbridge.access.actions.judging import answer_complaint, complain, give_feedback
from landbridge.access.actions.ruling import (
    bring_rules,
    draft_rules,
    edit_rules,
    end_signature,
    publish_rules,
    sign,
)
from landbridge.access.actions.slots import give_back, hold, offer_slot, take_away_slot

__all__ = [
    "accept",
    "agree",
    "answer_complaint",
    "answer_feasibility",
    "begin",
    "bring_rules",
    "cancel",
    "close",
    "complain",
    "decline",
    "deliver",
    "draft_rules",
    "edit_rules",
    "end_signature",
    "find_eligible",
    "give_back",
    "give_feedback",
    "hold",
    "keep_agreement",
    "offer_slot",
    "publish_rules",
    "quote",
    "return_for_correction",
    "save",
    "sign",
    "start",
    "submit",
    "take_away_slot",
    "withdraw",
]
