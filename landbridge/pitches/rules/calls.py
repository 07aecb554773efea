"""What a call for pitches has to say, and when it moves on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from landbridge.foundation.problems import N_, Problem

LONGEST_TITLE = 150
LONGEST_REASON = 1000
MOST_CRITERIA = 6
MOST_PLACES = 60
MOST_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is marked 0 to 5; its weight is relative to those of the others."""

    key: str
    name: str
    weight: int


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What an organiser writes about a call."""

    title: str
    text: str
    time_zone: str
    opens_at: datetime
    closes_at: datetime
    places: int
    minutes_to_pitch: int
    minutes_of_questions: int
    minutes_between: int
    stage_starts_at: datetime | None = None
    event_id: int | None = None
    session_id: int | None = None
    has_audience: bool = False
    draw_value: str = ""
    criteria: tuple[Criterion, ...] = field(default=())


def criteria_from(rows: object) -> tuple[Criterion, ...]:
    """The criteria as they are kept, read."""
    kept: list[Mapping[str, Any]] = list(rows) if isinstance(rows, list) else []
    return tuple(Criterion(str(row["key"]), str(row["name"]), int(row["weight"])) for row in kept)


def criteria_rows(criteria: tuple[Criterion, ...]) -> list[dict[str, object]]:
    """The criteria as they are kept."""
    return [{"key": one.key, "name": one.name, "weight": one.weight} for one in criteria]


def seed_of(call_id: int, value: str) -> str:
    """The seed of all draws of a call: made of its id and a public value, so that everybody can make it again."""
    return hashlib.sha256(f"{call_id}|{value.strip()}".encode()).hexdigest()[:32]


def problems_with_call(facts: CallFacts) -> Iterator[Problem]:
    """A call can be kept: its window is one, its zone exists, its criteria can be told apart."""
    if facts.time_zone not in available_timezones():
        yield _problem("time_zone", N_("This time zone does not exist."), N_("Write it like Europe/Berlin."))
    if facts.closes_at <= facts.opens_at:
        yield _problem("closes_at", N_("The call closes before it opens."), N_("Give a later end."))
    if facts.stage_starts_at is not None and facts.stage_starts_at <= facts.closes_at:
        yield _problem(
            "stage_starts_at",
            N_("The stage begins before the call has closed."),
            N_("The jury needs time between the two."),
        )
    if facts.session_id is not None and facts.event_id is None:
        yield _problem("session_id", N_("A session belongs to an event."), N_("Choose the event as well."))
    names = [one.name.strip().casefold() for one in facts.criteria]
    if len(set(names)) < len(names):
        yield _problem("criteria", N_("Two criteria have the same name."), N_("Name each differently."))
    if any(one.weight < 1 for one in facts.criteria):
        yield _problem(
            "criteria", N_("A criterion has no weight."), N_("Give each at least 1, or leave it out.")
        )


def problems_with_opening(facts: CallFacts, *, at: datetime) -> Iterator[Problem]:
    """A call can be opened: it says what it is about and how it selects, and has not closed already."""
    yield from problems_with_call(facts)
    if not facts.text.strip():
        yield _problem(
            "text",
            N_("The call says nothing yet."),
            N_("Write who may pitch, for what, and what it leads to."),
        )
    if not facts.criteria:
        yield _problem(
            "criteria",
            N_("The call has no criteria."),
            N_("Companies must know by what the jury selects; one is enough."),
        )
    if at >= facts.closes_at:
        yield _problem("closes_at", N_("The call would be closed already."), N_("Give a later end."))


def problems_with_judging(
    *, closes_at: datetime, handed_in: int, jurors: int, at: datetime
) -> Iterator[Problem]:
    """The jury begins when nothing can be handed in any more, there is something to judge, and somebody to do it."""
    if at < closes_at:
        yield _problem(
            "call_still_open",
            N_("Companies may hand in until %(closes_at)s."),
            N_("Wait until then, or let the call close earlier."),
            closes_at=closes_at,
        )
    if not handed_in:
        yield _problem("no_pitches", N_("No pitch was handed in."), N_("Let the call run longer."))
    if not jurors:
        yield _problem("no_jury", N_("Nobody sits on the jury."), N_("Invite somebody first."))


def problems_with_change_of_window(*, old: datetime, new: datetime, at: datetime) -> Iterator[Problem]:
    """Of an open call only the end moves, into the future, while it is still open."""
    if at >= old:
        yield _problem(
            "closed", N_("The call has closed; it cannot be opened again."), N_("Begin a new call.")
        )
    elif new <= at:
        yield _problem("closes_at", N_("This end is over already."), N_("Give a later end."))


def _problem(code: str, message: str, cure: str, **params: object) -> Problem:
    return Problem(code=code, message=message, cure=cure, field=code, params=params)
