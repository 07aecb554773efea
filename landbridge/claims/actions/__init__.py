"""Every change to a claim: writing it, looking at it with four eyes, paying it."""

from __future__ import annotations

from landbridge.claims.actions.checking import approve, refuse, reopen, return_for_correction, verify
from landbridge.claims.actions.claiming import (
    CostDetails,
    add_cost,
    edit_cost,
    remove_cost,
    start,
    submit,
    write_report,
)
from landbridge.claims.actions.ending import close_voucher, end_unclaimed, lapse_voucher
from landbridge.claims.actions.paying import Answer, answer, cancel, make_payment_file, release

__all__ = [
    "Answer",
    "CostDetails",
    "add_cost",
    "answer",
    "approve",
    "cancel",
    "close_voucher",
    "edit_cost",
    "end_unclaimed",
    "lapse_voucher",
    "make_payment_file",
    "refuse",
    "release",
    "remove_cost",
    "reopen",
    "return_for_correction",
    "start",
    "submit",
    "verify",
    "write_report",
]
