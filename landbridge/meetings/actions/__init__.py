"""Every change to meetings: asking and answering, the timetable, the day, and what came of it."""

from __future__ import annotations

from landbridge.meetings.actions.answering import accept, decline, expire
from landbridge.meetings.actions.asking import ask, prioritise, withdraw
from landbridge.meetings.actions.booking import book
from landbridge.meetings.actions.by_hand import cancel, lock, move, place, swap, unlock
from landbridge.meetings.actions.keeping_apart import block, leave, unblock
from landbridge.meetings.actions.outcomes import conclude, finish_step, introduce, say_outcome
from landbridge.meetings.actions.presence import decide_presence, decide_who_came
from landbridge.meetings.actions.publishing import publish_run
from landbridge.meetings.actions.repairing import (
    at_the_bar,
    give_back_table,
    lift_absence,
    lose_table,
    repair,
    report_missing,
)
from landbridge.meetings.actions.ruling import renew_screen_key, set_rules
from landbridge.meetings.actions.running import (
    fail_run,
    finish_run,
    let_go,
    note_progress,
    queue_run,
    start_run,
    stop_run,
)
from landbridge.meetings.actions.telling import ask_what_came, remind_of_step, tell_news

__all__ = [
    "accept",
    "ask",
    "ask_what_came",
    "at_the_bar",
    "block",
    "book",
    "cancel",
    "conclude",
    "decide_presence",
    "decide_who_came",
    "decline",
    "expire",
    "fail_run",
    "finish_run",
    "finish_step",
    "give_back_table",
    "introduce",
    "leave",
    "let_go",
    "lift_absence",
    "lock",
    "lose_table",
    "move",
    "note_progress",
    "place",
    "prioritise",
    "publish_run",
    "queue_run",
    "remind_of_step",
    "renew_screen_key",
    "repair",
    "report_missing",
    "say_outcome",
    "set_rules",
    "start_run",
    "stop_run",
    "swap",
    "tell_news",
    "unblock",
    "unlock",
    "withdraw",
]
