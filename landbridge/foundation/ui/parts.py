"""Values that the parts of a page are drawn from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from typing import Literal

StepState = Literal["done", "current", "coming", "off"]


@dataclass(frozen=True, slots=True)
class Step:
    """One state on an object's way, with the moment it was, or will be, reached."""

    label: str
    at: dt.datetime | dt.date | None = None
    state: StepState = "coming"
    note: str = ""


def way_of(
    reached: Iterable[tuple[str, dt.datetime | dt.date | None]],
    *,
    ended: str = "",
    at: dt.datetime | None = None,
) -> list[Step]:
    """The way of an object from its steps and when each was reached: the first that was not is the current one.

    Where it `ended` elsewhere (refused, withdrawn), what was reached and that end.
    """
    steps: list[Step] = []
    for label, moment in reached:
        is_next = moment is None and all(step.state == "done" for step in steps)
        steps.append(Step(label, moment, "done" if moment else "current" if is_next else "coming"))
    if ended:
        return [*(step for step in steps if step.state == "done"), Step(ended, at, "off")]
    return steps


@dataclass(frozen=True, slots=True)
class Next:
    """The one next step of an object: what, who has the ball and until when; `{% next_step next %}` draws it.

    `href` makes `action` a link, `post` a button that posts there; leave `action` out for whoever waits for others.
    """

    title: str
    text: str = ""
    _: KW_ONLY
    who: str = ""
    until: dt.datetime | dt.date | None = None
    zone: str = ""
    action: str = ""
    href: str = ""
    post: str = ""


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
