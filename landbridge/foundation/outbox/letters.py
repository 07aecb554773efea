"""Writing letters: a row in the transaction of the change; a job sends it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a letter goes to, and in which language."""

    email: str
    name: str
    language: str = "en-gb"
