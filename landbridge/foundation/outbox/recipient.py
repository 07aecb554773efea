"""Whom a letter goes to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person with an address, as plain data. Without an address they are not written to."""

    email: str
    name: str = ""
    language: str = "en"
