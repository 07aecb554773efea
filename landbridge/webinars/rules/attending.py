"""Who may listen, how long somebody was there, and what people say afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from landbridge.foundation.problems import N_, Problem

LONGEST_QUESTION = 1000


@dataclass(frozen=True, slots=True)
class Stretch:
    """One time of being there."""

    joined_at: datetime
    left_at: datetime


def problems_with_sign_up(*, is_announced: bool, ends_at: datetime, at: datetime) -> Iterator[Problem]:
    """One signs up from the announcement until the end, to the second."""
    if not is_announced:
        yield Problem(
            code="not_announced",
            message=N_("One cannot sign up for this webinar."),
            cure=N_("Look at the webinars that are announced."),
        )
    elif at >= ends_at:
        yield Problem(
            code="over",
            message=N_("This webinar is over."),
            cure=N_("Where there is a recording, its page shows it."),
        )


def has_room(*, capacity: int | None, taken: int) -> bool:
    """Whether one more may listen."""
    return capacity is None or taken < capacity


def minutes_of(stretches: Iterable[Stretch], *, starts_at: datetime, ends_at: datetime) -> int:
    """Whole minutes of being there while it lasted; time in two windows at once counts once."""
    within = sorted(
        (max(stretch.joined_at, starts_at), min(stretch.left_at, ends_at))
        for stretch in stretches
        if stretch.left_at > starts_at and stretch.joined_at < ends_at
    )
    there, until = timedelta(), starts_at
    for joined, left in within:
        begin = max(joined, until)
        if left > begin:
            there += left - begin
            until = left
    return int(there.total_seconds() // 60)


def is_certified(*, minutes: int | None, needed: int) -> bool:
    """Whether somebody was there long enough for a certificate."""
    return minutes is not None and minutes >= max(1, needed)


def problems_with_question(text: str) -> Iterator[Problem]:
    """A question has words, and not too many."""
    if not text.strip():
        yield Problem(
            code="no_question",
            message=N_("The question is missing."),
            cure=N_("Write what you want to know."),
            field="text",
        )
    elif len(text) > LONGEST_QUESTION:
        yield Problem(
            code="question_too_long",
            message=N_("The question is too long."),
            cure=N_("Shorten it to %(longest)s characters."),
            field="text",
            params={"longest": LONGEST_QUESTION},
        )


def problems_with_opinion(*, minutes: int | None, is_over: bool) -> Iterator[Problem]:
    """Whoever was there says what they thought, after it."""
    if not is_over:
        yield Problem(
            code="not_over",
            message=N_("The webinar is not over yet."),
            cure=N_("Come back when you have heard it."),
        )
    elif minutes == 0:
        yield Problem(
            code="was_not_there",
            message=N_("According to the list of those present you were not there."),
            cure=N_("Write to the organiser if that is wrong."),
        )
