"""Every change to the catalogue."""

from __future__ import annotations

from landbridge.catalogue.actions import vocabulary
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
from landbridge.catalogue.actions.owning import accept_claim, claim, enter_code, refuse_claim
from landbridge.catalogue.actions.stamp import touched
from landbridge.catalogue.actions.suggesting import accept_suggestion, decline_suggestion, suggest
from landbridge.catalogue.actions.writing import Stale, create, edit, lock_fields

__all__ = [
    "Stale",
    "accept_claim",
    "accept_suggestion",
    "agree",
    "claim",
    "confirm",
    "create",
    "decline_suggestion",
    "disagree",
    "disown",
    "edit",
    "enter_code",
    "hide",
    "lock_fields",
    "note_link",
    "publish",
    "refuse_claim",
    "remind",
    "restore",
    "return_for_correction",
    "submit",
    "suggest",
    "touched",
    "vocabulary",
    "withdraw",
]
