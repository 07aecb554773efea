"""When an introduction may be prepared and asked, how many a provider takes, and until when it is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from landbridge.foundation.problems import N_, Problem
from landbridge.introductions.rules.traces import Identity, problems_with_text

DAYS_TO_ANSWER = 14
MOST_OPEN = 3  # where a provider has not said otherwise
MOST_OPEN_EVER = 50
LONGEST_TITLE, LONGEST_TEXT = 150, 5000


@dataclass(frozen=True, slots=True)
class Preparation:
    """An offer that a company could be introduced to, as the rules see it."""

    can_be_introduced: bool
    has_approved_summary: bool
    offer_is_public: bool
    company_id: int
    provider_id: int
    is_unwanted: bool = False
    is_open_already: bool = False


def number_for(introduction_id: int, *, at: datetime) -> str:
    """The number of an introduction, such as I-2026-00017; it says nothing about either side."""
    return f"I-{at.year}-{introduction_id:05d}"


def lapse_of(asked_at: datetime, *, zone: str) -> datetime:
    """The end of the last day on which an answer counts: so many days after the question, where the provider lives.

    An aware moment in UTC: the first of the day after, on the clock of that zone.
    """
    clock = ZoneInfo(zone)
    first_too_late = asked_at.astimezone(clock).date() + timedelta(days=DAYS_TO_ANSWER + 1)
    return _midnight(first_too_late, clock)


def _midnight(day: date, clock: tzinfo) -> datetime:
    return datetime.combine(day, time(0), tzinfo=clock).astimezone(ZoneInfo("UTC"))


def problems_with_preparation(facts: Preparation) -> Iterator[Problem]:
    """Why this offer and this company cannot be brought together now."""
    if not facts.can_be_introduced:
        yield Problem(
            code="enquiry_not_searching",
            message=N_("The enquiry is not at the step at which people are introduced."),
            cure=N_("Introduce after the search, while the enquiry is open and not on hold."),
        )
    if not facts.has_approved_summary:
        yield Problem(
            code="no_approved_summary",
            message=N_("The company has not approved a summary that may leave the region."),
            cure=N_("Write one on the enquiry's page and let the company approve it."),
        )
    if not facts.offer_is_public:
        yield Problem(
            code="offer_not_public",
            message=N_("This offer does not stand in the catalogue at present."),
            cure=N_("Choose another, or have it confirmed and published."),
        )
    if facts.company_id == facts.provider_id:
        yield Problem(
            code="same_organisation",
            message=N_("Company and provider are the same organisation."),
            cure=N_("Choose an offer of another organisation."),
        )
    if facts.is_unwanted:
        yield Problem(
            code="offer_unwanted",
            message=N_("The company has answered that it does not want this offer."),
            cure=N_("Choose another from the shortlist, or talk to the company first."),
        )
    if facts.is_open_already:
        yield Problem(
            code="open_already",
            message=N_("An introduction to this provider is open for the enquiry."),
            cure=N_("Carry on with that one; withdraw it before you prepare another."),
        )


def problems_with_texts(
    *, title: str, shown_to_provider: str, shown_to_company: str, company: Identity, provider: Identity
) -> Iterator[Problem]:
    """Why these texts cannot be sent: missing, too long, or giving the other side away."""
    yield from _problems_with_length(title, field="title", longest=LONGEST_TITLE)
    yield from _problems_with_length(shown_to_provider, field="shown_to_provider", longest=LONGEST_TEXT)
    yield from _problems_with_length(shown_to_company, field="shown_to_company", longest=LONGEST_TEXT)
    yield from problems_with_text(shown_to_provider, field="shown_to_provider", of=company)
    yield from problems_with_text(shown_to_company, field="shown_to_company", of=provider)
    seen = set()
    for identity in (company, provider):
        for problem in problems_with_text(title, field="title", of=identity):
            if problem.code not in seen:
                seen.add(problem.code)
                yield problem


def _problems_with_length(text: str, *, field: str, longest: int) -> Iterator[Problem]:
    if not text.strip():
        yield Problem(
            code="text_missing",
            message=N_("There is nothing to read yet."),
            cure=N_("Say in a few sentences what it is about."),
            field=field,
        )
    elif len(text) > longest:
        yield Problem(
            code="text_too_long",
            message=N_("The text is too long."),
            cure=N_("Shorten it to %(longest)s characters."),
            field=field,
            params={"longest": longest},
        )


def problems_with_cap(*, open_now: int, most: int, free_again: datetime | None) -> Iterator[Problem]:
    """A provider is asked by so many at a time; the problem says when a place is free at the latest."""
    if open_now < most:
        return
    if most == 0 or free_again is None:
        yield Problem(
            code="provider_takes_none",
            message=N_("This provider takes no introductions at present."),
            cure=N_("Choose another offer, or ask the provider's desk when that changes."),
        )
        return
    yield Problem(
        code="provider_is_full",
        message=N_("This provider has %(open)s open introductions and takes %(most)s at a time."),
        cure=N_("Ask again when one has been answered, at the latest on %(day)s; or choose another offer."),
        params={"open": open_now, "most": most, "day": free_again},
    )


def problems_with_limit(most_open: int) -> Iterator[Problem]:
    """A provider takes from none to very many at a time."""
    if not 0 <= most_open <= MOST_OPEN_EVER:
        yield Problem(
            code="limit_out_of_range",
            message=N_("Between 0 and %(most)s are possible."),
            cure=N_("Give 0 if you want none at present."),
            field="most_open",
            params={"most": MOST_OPEN_EVER},
        )
