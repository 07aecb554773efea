"""Every change to pitches: the call, pitches and decks, the jury, the stage, investors and what comes of it."""

from __future__ import annotations

from landbridge.pitches.actions.following import (
    ask_again,
    follow,
    note_money,
    say_what_became,
    take_back_money,
)
from landbridge.pitches.actions.investing import Profile, react, save_profile, take_deck, withdraw_consent
from landbridge.pitches.actions.judging import declare, invite, join_audience, mark, remove_juror
from landbridge.pitches.actions.ordering import bring_on, close, finish, order, start
from landbridge.pitches.actions.pitching import (
    Stale,
    add_deck,
    begin,
    consent,
    return_,
    save,
    submit,
    withdraw,
)
from landbridge.pitches.actions.preparing import create, edit, extend, judge, publish
from landbridge.pitches.actions.selecting import Decision, move_up, select, turn_down

__all__ = [
    "Decision",
    "Profile",
    "Stale",
    "add_deck",
    "ask_again",
    "begin",
    "bring_on",
    "close",
    "consent",
    "create",
    "declare",
    "edit",
    "extend",
    "finish",
    "follow",
    "invite",
    "join_audience",
    "judge",
    "mark",
    "move_up",
    "note_money",
    "order",
    "publish",
    "react",
    "remove_juror",
    "return_",
    "save",
    "save_profile",
    "say_what_became",
    "select",
    "start",
    "submit",
    "take_back_money",
    "take_deck",
    "turn_down",
    "withdraw",
    "withdraw_consent",
]
