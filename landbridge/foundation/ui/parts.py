"""Values that the parts of a page are drawn from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

StepState = Literal["done", "current", "coming", "off"]


@dataclass(frozen=True, slots=True)
class Step:
    """One state on an object's way, with the moment it was, or will be, reached."""

    label: str
    at: dt.datetime | dt.date | None = None
    state: StepState = "coming"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits for somebody: where it is done, until when, and how far it is."""

    label: str
    href: str = ""
    note: str = ""
    until: dt.datetime | dt.date | None = None
    zone: str = ""
    state: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Slice:
    """One part of a long list by key: the keys that continue it (empty at its ends) and, where counted, the total."""

    previous: str = ""
    next: str = ""
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Crumb:
    """One link of the trail above a page's title; without an address it is the page itself."""

    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a timeline: what happened, when, by whom."""

    text: str
    at: dt.datetime
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of a list: its name, the address that serves it, its size in octets and when it came."""

    name: str
    href: str
    size: int
    at: dt.datetime | None = None
    note: str = ""
