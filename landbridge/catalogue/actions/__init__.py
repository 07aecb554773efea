"""Every change to the catalogue."""

from __future__ import annotations

from landbridge.catalogue.actions.consent import agree, disagree
from landbridge.catalogue.actions.keeping import (
    confirm,
    disown,
    hide,
    note_link,
    publish,
    remind,
    restore,
    return_for_correction,
    submit,
    withdraw,
)
from landbridge.catalogue.actions.stamp import touched
from landbridge.catalogue.actions.writing import Stale, create, edit

__all__ = [
    "Stale",
    "agree",
    "confirm",
    "create",
    "disagree",
    "disown",
    "edit",
    "hide",
    "note_link",
    "publish",
    "remind",
    "restore",
    "return_for_correction",
    "submit",
    "touched",
    "withdraw",
]
