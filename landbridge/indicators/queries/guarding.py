"""What answers of surveys may be shown to whom: offices and auditors read each, everybody else five or more together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.indicators.models import Indicator, Reading
from landbridge.indicators.queries.periods import Kept, Line
from landbridge.indicators.queries.readings import series_of
from landbridge.indicators.queries.scopes import Scope
from landbridge.indicators.queries.sources import SOURCES
from landbridge.indicators.rules import Counted, Made

FEWEST = 5


def reads_each(actor: Actor) -> bool:
    """Whether somebody may read what one side alone has said."""
    return actor.role in (Role.OFFICE, Role.AUDITOR, Role.SYSTEM)


def is_of_answers(indicator: Indicator) -> bool:
    """Whether the rows behind it are answers of surveys."""
    source = SOURCES.get(indicator.source)
    return source is not None and source.asked is not None


def shown_to(actor: Actor, indicator: Indicator, counted: Counted) -> Counted:
    """The figure, without its value where fewer than five answers stand behind it and the reader reads no single one."""
    if not is_of_answers(indicator) or reads_each(actor):
        return counted
    return (
        counted
        if _many(counted.whole, counted.value) >= FEWEST
        else replace(counted, value=None, part=None, rows=())
    )


def hides(actor: Actor, reading: Reading) -> bool:
    """Whether the value of a reading is too few answers for this reader; load it with its indicator."""
    if not is_of_answers(reading.indicator) or reads_each(actor):
        return False
    return _many(reading.whole, reading.value) < FEWEST


def course_shown_to(
    actor: Actor, indicator: Indicator, scope: Scope, course: Sequence[tuple[date, Decimal | None]]
) -> list[tuple[date, Decimal | None]]:
    """The course with the days left out on which fewer than five answers had come."""
    if not is_of_answers(indicator) or reads_each(actor):
        return list(course)
    source = replace(SOURCES[indicator.source], made=Made.COUNT)
    many = series_of(source, replace(scope, parameters=indicator.parameters), [day for day, _value in course])
    return [
        (day, value if (of or 0) >= FEWEST else None) for (day, value), of in zip(course, many, strict=True)
    ]


def line_shown_to(actor: Actor, line: Line) -> Line:
    """A line of an open period, as somebody may read it."""
    return replace(
        line,
        whole=shown_to(actor, line.indicator, line.whole),
        within=shown_to(actor, line.indicator, line.within),
    )


def kept_shown_to(actor: Actor, kept: Kept) -> Kept:
    """A line of a frozen period, as somebody may read it."""
    whole = None if kept.whole is None or hides(actor, kept.whole) else kept.whole
    within = None if kept.within is None or hides(actor, kept.within) else kept.within
    return replace(kept, whole=whole, within=within, again=kept.again if whole else None)


def _many(whole: int | None, value: Decimal | None) -> Decimal:
    """How many answers: of a mean, sum or per cent as it says, of a count the count itself."""
    return Decimal(whole) if whole is not None else value or Decimal(0)
