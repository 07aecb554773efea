"""When an application may be handed in: one computation for the pre-check, the desk's list and the refusal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from landbridge.applications.rules.content import (
    canonical,
    fingerprint,
    is_empty,
    number_prefix,
    problem_with_answer,
    problems_with_amount,
    problems_with_answers,
    problems_with_title,
)
from landbridge.applications.rules.decisions import (
    problems_with_award,
    problems_with_decider,
    problems_with_reason,
    problems_with_return,
)
from landbridge.applications.rules.facts import Asked, Facts, Party
from landbridge.applications.rules.merging import Draft, Merge, merge
from landbridge.applications.rules.parties import hints_about, problems_with_applicant, problems_with_provider
from landbridge.foundation.problems import N_, Problem

__all__ = [
    "Asked",
    "Draft",
    "Facts",
    "Merge",
    "Party",
    "canonical",
    "fingerprint",
    "hints_about",
    "is_empty",
    "merge",
    "number_prefix",
    "problem_with_answer",
    "problems_with",
    "problems_with_amount",
    "problems_with_answers",
    "problems_with_applicant",
    "problems_with_attendance",
    "problems_with_award",
    "problems_with_call",
    "problems_with_decider",
    "problems_with_provider",
    "problems_with_reason",
    "problems_with_return",
    "problems_with_title",
    "wall_clock",
]


def problems_with(facts: Facts, *, at: datetime) -> Iterator[Problem]:
    """Every reason why this application cannot be handed in at this moment, in the order of the page."""
    yield from problems_with_call(facts, at=at)
    yield from problems_with_attendance(facts)
    yield from problems_with_applicant(facts)
    yield from problems_with_provider(facts)
    yield from problems_with_title(facts.title)
    yield from problems_with_amount(facts.requested_eur, cap=facts.cap_eur)
    yield from problems_with_answers(facts.answers, questions=facts.questions)
    if facts.provider is not None:
        yield from problems_with_confirmation(facts)


def problems_with_call(facts: Facts, *, at: datetime) -> Iterator[Problem]:
    """The window to the second: its opening second belongs to it, its closing second does not."""
    window = {
        "opens_at": wall_clock(facts.call_opens_at, zone=facts.call_time_zone),
        "closes_at": wall_clock(facts.call_closes_at, zone=facts.call_time_zone),
    }
    if not facts.call_is_published:
        yield Problem(
            code="call_not_published",
            message=N_("This call takes no applications."),
            cure=N_("Look at the list of calls for one that is open."),
        )
    elif at < facts.call_opens_at:
        yield Problem(
            code="call_not_open_yet",
            message=N_("This call is not open yet."),
            cure=N_("It opens at %(opens_at)s. Your draft is kept until then."),
            params=window,
        )
    elif at >= facts.call_closes_at:
        yield Problem(
            code="call_closed",
            message=N_("This call closed at %(closes_at)s."),
            cure=N_("Your draft is kept. Ask your region's desk which call comes next."),
            params=window,
        )


def problems_with_attendance(facts: Facts) -> Iterator[Problem]:
    """Where the call asks for it, somebody of the applicant has been at its event."""
    if facts.asks_for_event and not facts.has_attended:
        yield Problem(
            code="not_attended",
            message=N_("This call asks for attendance: nobody of your company was at “%(event)s”."),
            cure=N_("Register for the event and come, or ask the programme's office if somebody was there."),
            params={"event": facts.asks_for_event},
        )


def problems_with_confirmation(facts: Facts) -> Iterator[Problem]:
    """The provider must have said yes to exactly this text."""
    if facts.content_hash in facts.confirmed:
        return
    if facts.confirmed:
        yield Problem(
            code="confirmation_outdated",
            message=N_("The text was changed after the provider confirmed it."),
            cure=N_("Ask the provider to read it again and confirm."),
            field="confirmation",
        )
    else:
        yield Problem(
            code="not_confirmed",
            message=N_("The provider has not confirmed yet."),
            cure=N_("The provider reads the shared draft and says yes to its text."),
            field="confirmation",
        )


def wall_clock(moment: datetime, *, zone: str) -> str:
    """A deadline as the clocks of its zone show it, to the second, readable in every language."""
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S} ({zone})"
