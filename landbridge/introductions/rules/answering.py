"""When an answer counts, when an introduction lapses, and what may be read after it was made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from landbridge.foundation import reasons
from landbridge.foundation.problems import N_, Problem
from landbridge.introductions.states import Nda, Outcome

LONGEST_REASON = 1000
LONGEST_OUTCOME = 2000
REMINDED_BEFORE = timedelta(days=7)


def reminds_at(lapses_at: datetime) -> datetime:
    """When whoever has not answered is reminded, once."""
    return lapses_at - REMINDED_BEFORE


def problems_with_answer(
    *, said_yes: bool, reason: str, has_answered: bool, lapses_at: datetime, at: datetime
) -> Iterator[Problem]:
    """Each side answers once, in time; a no has a reason."""
    if has_answered:
        yield Problem(
            code="answered_already",
            message=N_("You have answered this question already."),
            cure=N_("Write to your region's desk if you changed your mind."),
        )
    if at >= lapses_at:
        yield Problem(
            code="too_late_to_answer",
            message=N_("The time to answer has passed."),
            cure=N_("Write to your region's desk if you are still interested; it can ask again."),
        )
    if not said_yes:
        yield from problems_with_reason(reason)


def problems_with_reason(reason: str) -> Iterator[Problem]:
    """A reason is given, and fits."""
    return reasons.problems_with(
        reason, cure=N_("Say why in one or two sentences; only the desk reads it."), longest=LONGEST_REASON
    )


def problems_with_lapse(*, lapses_at: datetime, at: datetime) -> Iterator[Problem]:
    """An introduction lapses when the time to answer has passed, not before."""
    if at < lapses_at:
        yield Problem(
            code="still_open",
            message=N_("It can be answered until %(day)s."),
            cure=N_("Wait until then, or withdraw it with a reason."),
            params={"day": lapses_at},
        )


def problems_with_outcome(outcome: str, text: str) -> Iterator[Problem]:
    """What came of it is one of the known kinds, with a few words that fit."""
    if outcome not in list(Outcome):
        yield Problem(
            code="unknown_outcome",
            message=N_("Say what came of it."),
            cure=N_("Choose one of the four."),
            field="outcome",
        )
    if len(text) > LONGEST_OUTCOME:
        yield Problem(
            code="text_too_long",
            message=N_("The text is too long."),
            cure=N_("Shorten it to %(longest)s characters."),
            field="outcome_text",
            params={"longest": LONGEST_OUTCOME},
        )


def may_read_confidential(*, is_made: bool, nda: str, is_released: bool) -> bool:
    """Whether the provider reads the confidential text: both said yes, the agreement stands, and the desk agreed."""
    return is_made and is_released and nda in (Nda.NOT_NEEDED, Nda.SIGNED)
