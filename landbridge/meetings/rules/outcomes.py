"""What may be said of a meeting, what two sides together say, and when a next step is called to mind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from landbridge.foundation.problems import N_, Problem

LONGEST_NOTE = 2000
LONGEST_STEP = 300
LEAST_WORTH, MOST_WORTH = 1, 5
REMIND_AFTER = (3, 14, 90)  # days after the meeting
SILENT_FOR = timedelta(days=3)  # then one side's word is enough for what was held


@dataclass(frozen=True, slots=True)
class Said:
    """What one side says."""

    was_held: bool
    worth: int | None = None
    note: str = ""
    next_step: str = ""
    next_step_by_me: bool = True
    next_step_on: date | None = None
    wants_introduction: bool = False


class Verdict(StrEnum):
    """What both sides together say of a meeting."""

    OPEN = "open"
    HELD = "held"
    QUESTION = "question"


def problems_with_saying(
    said: Said, *, starts_at: datetime, is_cancelled: bool, at: datetime
) -> Iterator[Problem]:
    """A meeting that took place, or should have, can be spoken of from its beginning; a cancelled one never was one."""
    if is_cancelled:
        yield Problem(
            code="meeting_cancelled",
            message=N_("This meeting was cancelled; nobody was expected."),
            cure=N_("Ask to meet this person again, or their desk for an introduction."),
        )
        return
    if at < starts_at:
        yield Problem(
            code="meeting_ahead",
            message=N_("This meeting begins on %(starts)s."),
            cure=N_("Come back when you have met."),
            params={"starts": starts_at},
        )
    yield from _problems_with_worth(said)
    yield from _problems_with_texts(said)
    if said.wants_introduction and not said.was_held:
        yield Problem(
            code="introduction_without_meeting",
            message=N_("You did not meet."),
            cure=N_("An introduction follows a meeting; your region's desk helps without one."),
            field="wants_introduction",
        )


def _problems_with_worth(said: Said) -> Iterator[Problem]:
    if said.worth is None:
        return
    if not said.was_held:
        yield Problem(
            code="worth_without_meeting",
            message=N_("What was not held is not rated."),
            cure=N_("Leave out how much it was worth."),
            field="worth",
        )
    elif not LEAST_WORTH <= said.worth <= MOST_WORTH:
        yield Problem(
            code="worth_out_of_range",
            message=N_("A meeting is worth 1 to 5."),
            cure=N_("Choose one of these."),
            field="worth",
        )


def _problems_with_texts(said: Said) -> Iterator[Problem]:
    if len(said.note) > LONGEST_NOTE:
        yield Problem(
            code="note_too_long",
            message=N_("The note is longer than %(most)s characters."),
            cure=N_("Keep what you will want to know in a year."),
            field="note",
            params={"most": LONGEST_NOTE},
        )
    if len(said.next_step) > LONGEST_STEP:
        yield Problem(
            code="step_too_long",
            message=N_("The next step is longer than %(most)s characters."),
            cure=N_("One sentence is enough; the rest belongs into the note."),
            field="next_step",
            params={"most": LONGEST_STEP},
        )
    if said.next_step_on is not None and not said.next_step.strip():
        yield Problem(
            code="day_without_step",
            message=N_("There is a day, but no next step."),
            cure=N_("Say what is to be done by then, or leave out the day."),
            field="next_step",
        )


def verdict(said: Sequence[bool | None]) -> Verdict:
    """What the two sides together say: held when both say so; one that says no opens a question for the organiser."""
    if any(one is False for one in said):
        return Verdict.QUESTION
    return Verdict.HELD if all(said) and said else Verdict.OPEN


def verdict_after_silence(said: Sequence[bool | None], *, ended_at: datetime, at: datetime) -> Verdict:
    """As `verdict`; after three days one side's word is enough, unless the other contradicts."""
    found = verdict(said)
    if found is Verdict.OPEN and any(said) and at >= ended_at + SILENT_FOR:
        return Verdict.HELD
    return found


def reminder_due(*, met_on: date, today: date, reminders: int) -> bool:
    """Whether the next of the three reminders of a step is due; one that was missed is not sent twice."""
    return reminders < len(REMIND_AFTER) and today >= met_on + timedelta(days=REMIND_AFTER[reminders])


def reminders_passed(*, met_on: date, today: date) -> int:
    """How many of the three moments have passed: after a silence of the jobs, one letter counts for all of them."""
    return sum(today >= met_on + timedelta(days=days) for days in REMIND_AFTER)


@dataclass(frozen=True, slots=True)
class Sides:
    """What an introduction after a meeting needs of the two organisations."""

    was_held: bool
    has_organisations: bool
    is_same_organisation: bool
    has_region: bool


def problems_with_introduction(sides: Sides) -> Iterator[Problem]:
    """Two organisations of the network who met, one of them in a region whose desk leads."""
    if not sides.was_held:
        yield Problem(
            code="introduction_without_meeting",
            message=N_("You have not said that you met."),
            cure=N_("Say first what came of the meeting."),
        )
    elif not sides.has_organisations:
        yield Problem(
            code="no_organisation",
            message=N_("One of you comes without an organisation that the network knows."),
            cure=N_("Ask your region's desk: it enters the organisation and introduces you then."),
        )
    elif sides.is_same_organisation:
        yield Problem(
            code="same_organisation",
            message=N_("You come from the same organisation."),
            cure=N_("Nobody is introduced to themselves."),
        )
    elif not sides.has_region:
        yield Problem(
            code="no_region",
            message=N_("Neither of you is based in a region of the network."),
            cure=N_("Write to the organiser of the event: they know whom to ask."),
        )
