"""What an e-mail may belong to. A word registers its kind; the kernel knows nothing of the words above it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from landbridge.foundation.files.store import Received
from landbridge.foundation.inbox.addresses import Addressed
from landbridge.foundation.inbox.reading import Mail
from landbridge.foundation.permissions.actor import Actor


class UnknownSender(Exception):
    """The address was written for somebody else than whoever sent this, or they have no part in it any more."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """An e-mail with its files received and inspected; `refused_files` are the names of those that were not taken."""

    mail: Mail
    files: tuple[Received, ...] = ()
    refused_files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of object that answers belong to, by the first word of its reply addresses.

    `deliver` lays an answer down and returns the row; it raises UnknownSender or Refused, and the e-mail goes to
    quarantine. `attach` does so for a person who sorts the quarantine, `find` reads which object they mean, and
    `seen_by` gives the ids of the objects that they see.
    """

    key: str
    name: str
    deliver: Callable[[Addressed, Delivery, datetime], models.Model]
    attach: Callable[[int, Delivery, Actor, datetime], models.Model]
    find: Callable[[str, Actor], models.Model | None]
    seen_by: Callable[[Actor], models.QuerySet[Any, Any]]


class Kinds:
    """The kinds that were registered, by their key."""

    known: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Take answers in for this kind; called once, by the word it belongs to."""
    Kinds.known[kind.key] = kind
