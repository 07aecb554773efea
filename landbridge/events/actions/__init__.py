"""What happens to events: prepared, published, filled with a programme, announced, called off, ended."""

from __future__ import annotations

from landbridge.events.actions.arriving import check_in, undo_check_in
from landbridge.events.actions.choosing import answer_challenge, leave_session, set_slots, take_session
from landbridge.events.actions.deciding import approve, enter_guest, miss, move_up, reject, wait
from landbridge.events.actions.registering import begin, cancel_registration, reopen, save, submit
from landbridge.events.actions.reminding import follow_up, note_reminded, remind_of_event, remind_of_gaps

__all__ = [
    "answer_challenge",
    "approve",
    "begin",
    "cancel_registration",
    "check_in",
    "enter_guest",
    "follow_up",
    "leave_session",
    "miss",
    "move_up",
    "note_reminded",
    "reject",
    "remind_of_event",
    "remind_of_gaps",
    "reopen",
    "save",
    "set_slots",
    "submit",
    "take_session",
    "undo_check_in",
    "wait",
]
