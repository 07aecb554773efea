"""Every change to an application: writing it, handing it in, deciding on it."""

from __future__ import annotations

from landbridge.applications.actions.decision import mark_awarded, reject
from landbridge.applications.actions.drafting import Stale, save, start
from landbridge.applications.actions.provider import Contact, NewProvider, confirm, name_provider, share
from landbridge.applications.actions.submission import keep_receipt, return_for_correction, submit, withdraw

__all__ = [
    "Contact",
    "NewProvider",
    "Stale",
    "confirm",
    "keep_receipt",
    "mark_awarded",
    "name_provider",
    "reject",
    "return_for_correction",
    "save",
    "share",
    "start",
    "submit",
    "withdraw",
]
