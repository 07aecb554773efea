"""Every change to meetings: asking and answering, the timetable, the day, and what came of it."""

from __future__ import annotations

from landbridge.meetings.actions.answering import accept, decline, expire
from landbridge.meetings.actions.asking import ask, prioritise, withdraw
from landbridge.meetings.actions.keeping_apart import block, leave, unblock
from landbridge.meetings.actions.outcomes import conclude, finish_step, introduce, say_outcome
from landbridge.meetings.actions.telling import ask_what_came, remind_of_step, tell_news

__all__ = [
    "accept",
    "ask",
    "ask_what_came",
    "block",
    "conclude",
    "decline",
    "expire",
    "finish_step",
    "introduce",
    "leave",
    "prioritise",
    "remind_of_step",
    "say_outcome",
    "tell_news",
    "unblock",
    "withdraw",
]
