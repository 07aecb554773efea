"""Every change to collaborations: recording them, their life, what followed, what is to be done next."""

from __future__ import annotations

from landbridge.collaborations.actions.following import tell_follow_on, withdraw_follow_on
from landbridge.collaborations.actions.life import finish, renew, stop
from landbridge.collaborations.actions.recording import (
    describe,
    note,
    record_from,
    record_meeting,
    record_partnership,
)
from landbridge.collaborations.actions.steps import (
    change_step,
    drop_step,
    finish_step,
    plan_after,
    plan_for,
    plan_nothing,
    remind,
)

__all__ = [
    "change_step",
    "describe",
    "drop_step",
    "finish",
    "finish_step",
    "note",
    "plan_after",
    "plan_for",
    "plan_nothing",
    "record_from",
    "record_meeting",
    "record_partnership",
    "remind",
    "renew",
    "stop",
    "tell_follow_on",
    "withdraw_follow_on",
]
