"""Every change to a partner profile, and to the interest in it."""

from __future__ import annotations

from landbridge.profiles.actions.interest import accept, decline, express, withdraw_interest
from landbridge.profiles.actions.writing import (
    Details,
    edit,
    expire,
    publish,
    renew,
    return_to_desk,
    submit,
    warn,
    withdraw,
    write,
)

__all__ = [
    "Details",
    "accept",
    "decline",
    "edit",
    "expire",
    "express",
    "publish",
    "renew",
    "return_to_desk",
    "submit",
    "warn",
    "withdraw",
    "withdraw_interest",
    "write",
]
