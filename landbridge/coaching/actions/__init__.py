"""Every change to coaching: cases, coaches and their free time, plans, sessions, reports, feedback."""

from __future__ import annotations

from landbridge.coaching.actions.advising import (
    Needs,
    analyse,
    assign,
    contact,
    end,
    hand_on,
    tell_whom_to_call,
)
from landbridge.coaching.actions.asking import ask, withdraw
from landbridge.coaching.actions.coaches import Described, activate, become, describe, rest
from landbridge.coaching.actions.free_time import lay_time, lay_week, take_away
from landbridge.coaching.actions.matching import accept, choose, decline, propose, rematch, withdraw_offer
from landbridge.coaching.actions.planning import accept_plan, plan, return_plan
from landbridge.coaching.actions.reporting import (
    approve,
    check,
    give_feedback,
    report,
    return_report,
    send_back,
)
from landbridge.coaching.actions.sessions import (
    approve_hours,
    book,
    cancel,
    correct,
    dispute,
    hold,
    miss,
    remind,
)

__all__ = [
    "Described",
    "Needs",
    "accept",
    "accept_plan",
    "activate",
    "analyse",
    "approve",
    "approve_hours",
    "ask",
    "assign",
    "become",
    "book",
    "cancel",
    "check",
    "choose",
    "contact",
    "correct",
    "decline",
    "describe",
    "dispute",
    "end",
    "give_feedback",
    "hand_on",
    "hold",
    "lay_time",
    "lay_week",
    "miss",
    "plan",
    "propose",
    "rematch",
    "remind",
    "report",
    "rest",
    "return_plan",
    "return_report",
    "send_back",
    "take_away",
    "tell_whom_to_call",
    "withdraw",
    "withdraw_offer",
]
