"""What an indicator, a figure entered by hand and a reporting period must be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from landbridge.foundation.problems import N_, Problem

LONGEST_DEFINITION = 2000
LONGEST_NARRATIVE = 10_000
MOST_DECIMALS = 2
LARGEST_VALUE = Decimal("99999999999999.99")
EARLIEST = date(2000, 1, 1)
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Wording:
    """An indicator as the office writes it."""

    code: str
    name: str
    unit: str
    definition: str
    kind: str = "output"
    source: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    decimals: int = 0
    is_public: bool = True
    is_active: bool = True
    position: int = 0


def problems_with_indicator(wording: Wording, *, sources: frozenset[str], taken: bool) -> Iterator[Problem]:
    """A code of its own, a name, a unit and a definition; a source that exists."""
    if not CODE.fullmatch(wording.code):
        yield Problem(
            code="not_a_code",
            message=N_("A code has small letters, figures and hyphens alone."),
            cure=N_("Write it like rco01 or vouchers-granted."),
            field="code",
        )
    if taken:
        yield Problem(
            code="code_is_taken",
            message=N_("Another indicator of this programme has this code."),
            cure=N_("Choose another code."),
            field="code",
        )
    if wording.source and wording.source not in sources:
        yield Problem(
            code="no_such_source",
            message=N_("There is no such way to count."),
            cure=N_("Choose one of the list, or none to enter figures by hand."),
            field="source",
        )
    if not wording.definition.strip():
        yield Problem(
            code="no_definition",
            message=N_("A figure without a definition can be read in two ways."),
            cure=N_("Say what counts, from when on, and what one row is."),
            field="definition",
        )


def problems_with_entry(
    *, value: Decimal, as_of: date, source_text: str, today: date, is_counted: bool
) -> Iterator[Problem]:
    """A figure entered by hand names its source, and belongs to a day that has come."""
    if is_counted:
        yield Problem(
            code="is_counted",
            message=N_("This indicator is counted in the records."),
            cure=N_("Make an indicator of its own for figures that are entered by hand."),
        )
    if not source_text.strip():
        yield Problem(
            code="no_source",
            message=N_("A figure entered by hand needs its source."),
            cure=N_("Say where it was published, or who counted it."),
            field="source_text",
        )
    if as_of > today:
        yield Problem(
            code="not_yet",
            message=N_("This day has not come yet."),
            cure=N_("Give the day for which the figure holds."),
            field="as_of",
        )
    if abs(value) > LARGEST_VALUE:
        yield Problem(
            code="too_large",
            message=N_("This number is too large."),
            cure=N_("Check the number and its unit."),
            field="value",
        )


def problems_with_period(*, begins_on: date, ends_on: date, starts_on: date) -> Iterator[Problem]:
    """A period ends after it begins, and not before its phase."""
    if ends_on < begins_on:
        yield Problem(
            code="ends_first",
            message=N_("The period ends before it begins."),
            cure=N_("Give a last day that is later."),
            field="ends_on",
        )
    if ends_on < starts_on:
        yield Problem(
            code="before_phase",
            message=N_("The phase began later."),
            cure=N_("Give days within the phase, or choose an earlier phase."),
            field="ends_on",
        )


def problems_with_freezing(*, ends_on: date, today: date, readings: int) -> Iterator[Problem]:
    """What is frozen is over."""
    if ends_on >= today:
        yield Problem(
            code="not_over",
            message=N_("The period is not over."),
            cure=N_("Freeze it on the day after its last one."),
        )
    if not readings:
        yield Problem(
            code="nothing_to_freeze",
            message=N_("There is no indicator to read."),
            cure=N_("Add the common indicators, or your own, first."),
        )
