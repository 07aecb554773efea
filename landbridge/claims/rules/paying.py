"""When a bank can carry out a transfer, what it needs to know, and what its answer may say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from landbridge.foundation.problems import N_, Problem

# A file is made for a day not further away than this; what is approved later goes into a later file.
DAYS_AHEAD = 60
MOST_TRANSFERS = 200


def is_banking_day(day: date) -> bool:
    """Whether the euro's settlement system works on this day (TARGET calendar, in force since 2002)."""
    easter = easter_sunday(day.year)
    closed = {
        date(day.year, 1, 1),
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        date(day.year, 5, 1),
        date(day.year, 12, 25),
        date(day.year, 12, 26),
    }
    return day.weekday() < 5 and day not in closed


def next_banking_day(day: date) -> date:
    """This day, or the first one after it on which banks settle."""
    while not is_banking_day(day):
        day += timedelta(days=1)
    return day


def easter_sunday(year: int) -> date:
    """Easter in the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def problems_with_day(execute_on: date, *, today: date) -> Iterator[Problem]:
    """A transfer is asked for on a banking day, today or soon."""
    latest = today + timedelta(days=DAYS_AHEAD)
    if execute_on < today:
        yield Problem(
            code="day_is_past",
            message=N_("This day has passed."),
            cure=N_("Choose today or a day after it."),
            field="execute_on",
        )
    elif execute_on > latest:
        yield Problem(
            code="day_is_far",
            message=N_("This day is too far away."),
            cure=N_("Choose a day until %(latest)s."),
            field="execute_on",
            params={"latest": latest},
        )
    elif not is_banking_day(execute_on):
        yield Problem(
            code="no_banking_day",
            message=N_("Banks do not settle on %(day)s."),
            cure=N_("The next banking day is %(next)s."),
            field="execute_on",
            params={"day": execute_on, "next": next_banking_day(execute_on)},
        )


def problems_with_answer(on: date, *, released_on: date, today: date) -> Iterator[Problem]:
    """The bank answers after the release, and not tomorrow."""
    if not released_on <= on <= today:
        yield Problem(
            code="answer_day_out_of_range",
            message=N_("The bank answered between the release on %(released)s and today."),
            cure=N_("Enter the day that stands in its answer."),
            field="on",
            params={"released": released_on},
        )


def problems_with_payer(*, iban: str, street: str, town: str, postcode: str) -> Iterator[Problem]:
    """A partner pays from an account, with a structured address (mandatory in SEPA since 15 November 2026)."""
    if not (iban and street and town and postcode):
        yield Problem(
            code="payer_incomplete",
            message=N_("The paying partner's account or address is incomplete."),
            cure=N_("The programme office completes the partner: IBAN, street, postcode and town."),
        )
