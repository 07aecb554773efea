"""What a request for access needs before it may be handed in, and who may check it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from landbridge.foundation import reasons
from landbridge.foundation.problems import N_, Problem

LONGEST_TITLE = 150
LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """What the company writes on its request; a draft may have gaps."""

    title: str = ""
    purpose: str = ""
    samples: str = ""
    access_mode: str = ""
    units: int | None = None
    wanted_from: date | None = None
    wanted_until: date | None = None
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """A request as the rules see it before it is handed in."""

    asked: Asked
    modes_offered: tuple[str, ...]
    is_in_directory: bool
    has_region: bool


def number_for(serial: int, *, year: int) -> str:
    """The number of a request, such as A26-0042: the year it was first handed in and its running number."""
    return f"A{year % 100:02d}-{serial:04d}"


def problems_with(facts: Facts, *, today: date) -> Iterator[Problem]:
    """Every reason why this request cannot be handed in today, in the order of the page."""
    asked = facts.asked
    if not facts.is_in_directory:
        yield Problem(
            code="not_in_directory",
            message=N_("What you ask for is no longer in the directory."),
            cure=N_("Look for another offer, or ask your region's desk."),
        )
    if not facts.has_region:
        yield Problem(
            code="no_desk",
            message=N_(
                "Your company lies in none of the network's regions, so no desk can check the request."
            ),
            cure=N_("Correct your company's address."),
        )
    if not asked.title.strip():
        yield Problem(
            code="no_title",
            message=N_("The title is missing."),
            cure=N_("Say in one line what it is about."),
            field="title",
        )
    if not asked.purpose.strip():
        yield Problem(
            code="no_purpose",
            message=N_("It is not said what you want to do, and what for."),
            cure=N_("A few sentences are enough for the facility to see whether it can help."),
            field="purpose",
        )
    yield from _with_mode(asked.access_mode, offered=facts.modes_offered)
    yield from _with_days(asked, today=today)


def _with_mode(mode: str, *, offered: tuple[str, ...]) -> Iterator[Problem]:
    if not mode:
        yield Problem(
            code="no_access_mode",
            message=N_("It is not said how you want to use it."),
            cure=N_("Choose whether you come, send a sample, or let them do the work."),
            field="access_mode",
        )
    elif offered and mode not in offered:
        yield Problem(
            code="access_mode_not_offered",
            message=N_("The facility does not offer this kind of access."),
            cure=N_("Choose one of those that it offers."),
            field="access_mode",
        )


def _with_days(asked: Asked, *, today: date) -> Iterator[Problem]:
    if asked.wanted_until is None:
        yield Problem(
            code="no_wanted_until",
            message=N_("It is not said by when you need it."),
            cure=N_("Give the last day that would still help you."),
            field="wanted_until",
        )
    elif asked.wanted_until < today:
        yield Problem(
            code="wanted_in_the_past",
            message=N_("The day by which you need it has passed."),
            cure=N_("Give a day that lies ahead."),
            field="wanted_until",
        )
    yield from problems_with_draft(asked)


def problems_with_draft(asked: Asked) -> Iterator[Problem]:
    """What even a draft cannot hold."""
    if asked.wanted_from and asked.wanted_until and asked.wanted_until < asked.wanted_from:
        yield Problem(
            code="ends_before_it_begins",
            message=N_("The last day lies before the first."),
            cure=N_("Exchange the two, or correct one."),
            field="wanted_until",
        )


def problems_with_origin(*, company_id: int, provider_id: int, has_rules: bool) -> Iterator[Problem]:
    """A request asks another organisation, under rules that are in force."""
    if company_id == provider_id:
        yield Problem(
            code="own_offer",
            message=N_("This is an offer of your own organisation."),
            cure=N_("Access is asked of others."),
        )
    if not has_rules:
        yield Problem(
            code="no_rules_in_force",
            message=N_("No common rules of access are in force today."),
            cure=N_("Ask the programme office when they begin."),
        )


def problems_with_checker(*, region_id: int | None, company_region_id: int | None) -> Iterator[Problem]:
    """The desk of the company's own region checks a request; None stands for Landbridge itself."""
    if region_id is not None and region_id != company_region_id:
        yield Problem(
            code="not_your_company",
            message=N_("The desk of the company's own region checks this request."),
            cure=N_("Wait for them; you see what they find."),
        )


def problems_with_reason(reason: str) -> Iterator[Problem]:
    """A reason is given, and fits."""
    return reasons.problems_with(
        reason, cure=N_("Say why in one or two sentences; the other side reads it."), longest=LONGEST_REASON
    )


def problems_with_text(text: str, *, field: str = "text") -> Iterator[Problem]:
    """Something was written."""
    if not text.strip():
        yield Problem(
            code="no_text",
            message=N_("The text is missing."),
            cure=N_("Write a sentence or two."),
            field=field,
        )
