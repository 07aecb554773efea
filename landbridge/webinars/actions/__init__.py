"""Every change to webinars: announcing, listening, presence, what comes after."""

from __future__ import annotations

from landbridge.webinars.actions.afterwards import (
    answer,
    ask,
    consent,
    give_opinion,
    keep_certificate,
    show_recording,
    show_slides,
    thank,
)
from landbridge.webinars.actions.listening import cancel_sign_up, remind, sign_up
from landbridge.webinars.actions.preparing import (
    add_speaker,
    begin_series,
    cancel,
    change_key,
    draft,
    drop_speaker,
    edit,
    edit_series,
    edit_speaker,
    publish,
)
from landbridge.webinars.actions.presence import enter_minutes, hold, take_over, tell_presence

__all__ = [
    "add_speaker",
    "answer",
    "ask",
    "begin_series",
    "cancel",
    "cancel_sign_up",
    "change_key",
    "consent",
    "draft",
    "drop_speaker",
    "edit",
    "edit_series",
    "edit_speaker",
    "enter_minutes",
    "give_opinion",
    "hold",
    "keep_certificate",
    "publish",
    "remind",
    "show_recording",
    "show_slides",
    "sign_up",
    "take_over",
    "tell_presence",
    "thank",
]
