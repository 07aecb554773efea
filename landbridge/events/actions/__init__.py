"""What happens to events: prepared, published, filled with a programme, announced, called off, ended."""

from __future__ import annotations

from landbridge.events.actions._parts import (
    Stale,
)
from landbridge.events.actions.arriving import check_in, undo_check_in
from landbridge.events.actions.choosing import answer_challenge, leave_session, set_slots, take_session
from landbridge.events.actions.copying import (
    copy,
)
from landbridge.events.actions.deciding import approve, enter_guest, miss, move_up, reject, wait
from landbridge.events.actions.forgetting import forget_needs
from landbridge.events.actions.laying import (
    drop_table,
    edit_table,
    give_back_table,
    lay_slots,
    lay_tables,
    lose_table,
)
from landbridge.events.actions.preparing import (
    draft,
    edit,
    set_picture,
    set_questions,
    set_quotas,
    set_texts,
)
from landbridge.events.actions.programme import (
    SessionText,
    add_challenge,
    add_room,
    add_session,
    drop_challenge,
    drop_room,
    drop_session,
    edit_challenge,
    edit_room,
    edit_session,
)
from landbridge.events.actions.publishing import (
    cancel,
    end,
    notify,
    publish,
)
from landbridge.events.actions.registering import begin, cancel_registration, reopen, save, submit
from landbridge.events.actions.reminding import follow_up, note_reminded, remind_of_event, remind_of_gaps

__all__ = [
    "SessionText",
    "Stale",
    "add_challenge",
    "add_room",
    "add_session",
    "answer_challenge",
    "approve",
    "begin",
    "cancel",
    "cancel_registration",
    "check_in",
    "copy",
    "draft",
    "drop_challenge",
    "drop_room",
    "drop_session",
    "drop_table",
    "edit",
    "edit_challenge",
    "edit_room",
    "edit_session",
    "edit_table",
    "end",
    "enter_guest",
    "follow_up",
    "forget_needs",
    "give_back_table",
    "lay_slots",
    "lay_tables",
    "leave_session",
    "lose_table",
    "miss",
    "move_up",
    "note_reminded",
    "notify",
    "publish",
    "reject",
    "remind_of_event",
    "remind_of_gaps",
    "reopen",
    "save",
    "set_picture",
    "set_questions",
    "set_quotas",
    "set_slots",
    "set_texts",
    "submit",
    "take_session",
    "undo_check_in",
    "wait",
]
