"""From the facility's check to the feedback: what each step needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from landbridge.access.rules.asking import problems_with_reason, problems_with_text
from landbridge.access.states import Feasibility
from landbridge.foundation.problems import N_, Problem

# So many days after the delivery a request closes, whether or not both sides have said what they think of it.
DAYS_FOR_FEEDBACK = 30


def problems_with_answer(*, feasibility: str, changes: str, reason: str) -> Iterator[Problem]:
    """What the facility found is said in full: the changes it asks for, or why it cannot be done."""
    if feasibility not in list(Feasibility):
        yield Problem(
            code="no_feasibility",
            message=N_("It is not said whether it is feasible."),
            cure=N_("Choose one of the three."),
            field="feasibility",
        )
    elif feasibility == Feasibility.WITH_CHANGES:
        yield from problems_with_text(changes, field="changes")
    elif feasibility == Feasibility.NO:
        yield from problems_with_reason(reason)


def problems_with_quote(*, has_signed: bool, holds_until: date, today: date) -> Iterator[Problem]:
    """A facility quotes under rules that it signed, and the quote holds for a while."""
    if not has_signed:
        yield Problem(
            code="rules_not_signed",
            message=N_("Your organisation has not signed the common rules under which this was asked."),
            cure=N_("Read and sign them first; where you cannot keep one of them, say so as a deviation."),
        )
    if holds_until <= today:
        yield Problem(
            code="quote_holds_no_day",
            message=N_("A quote holds for at least one day more."),
            cure=N_("Give a day that lies ahead."),
            field="holds_until",
        )


def problems_with_acceptance(
    *, version: int, newest: int, holds_until: date, today: date
) -> Iterator[Problem]:
    """Only the newest version of a quote can be accepted, and only while it holds."""
    if version != newest:
        yield Problem(
            code="quote_replaced",
            message=N_("The facility has sent a newer quote in the meantime."),
            cure=N_("Read the newest; only that one can be accepted."),
        )
    elif holds_until < today:
        yield Problem(
            code="quote_ran_out",
            message=N_("This quote held until %(day)s."),
            cure=N_("Ask the facility for a new one."),
            params={"day": holds_until},
        )


def problems_with_dates(
    *, starts_on: date, ends_on: date, held: tuple[tuple[date, date], ...]
) -> Iterator[Problem]:
    """What is agreed begins before it ends, and the slots that are held lie within."""
    if ends_on < starts_on:
        yield Problem(
            code="ends_before_it_begins",
            message=N_("The last day lies before the first."),
            cure=N_("Exchange the two, or correct one."),
            field="ends_on",
        )
    elif any(first < starts_on or last > ends_on for first, last in held):
        yield Problem(
            code="slots_outside",
            message=N_("A slot that the company holds lies outside these days."),
            cure=N_(
                "Let the days reach from the first slot to the last, or ask the company to give it back."
            ),
            field="starts_on",
        )


def problems_with_feedback(*, has_given: bool, rating: int) -> Iterator[Problem]:
    """Each side speaks once, and gives one to five."""
    if has_given:
        yield Problem(
            code="feedback_given",
            message=N_("Your organisation has said already what it thinks of this."),
            cure=N_("Each side says it once."),
        )
    if not 1 <= rating <= 5:
        yield Problem(
            code="rating_out_of_range",
            message=N_("The rating lies between 1 and 5."),
            cure=N_("Choose one of the five."),
            field="rating",
        )


def problems_with_closing(
    *, both_spoke: bool, delivered_at: datetime | None, at: datetime
) -> Iterator[Problem]:
    """A request is closed when both sides have spoken, or when they had their time."""
    if both_spoke or delivered_at is None:
        return
    until = delivered_at + timedelta(days=DAYS_FOR_FEEDBACK)
    if at < until:
        yield Problem(
            code="feedback_awaited",
            message=N_("One side has not yet said what it thinks of the work."),
            cure=N_("It closes by itself after %(day)s, or as soon as both have."),
            params={"day": until.date()},
        )


def reads_other_side(*, both_spoke: bool, is_closed: bool) -> bool:
    """Whether each side may read what the other wrote: neither shall answer the other's words."""
    return both_spoke or is_closed
