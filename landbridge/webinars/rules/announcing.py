"""What a webinar needs before it is announced, and what its recording needs before others see it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from landbridge.foundation import reasons
from landbridge.foundation.problems import N_, Problem

LONGEST_REASON = 1000
LONGEST_WEBINAR = timedelta(hours=8)
LONGEST_SLUG = 70


@dataclass(frozen=True, slots=True)
class Dates:
    """From when until when."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Announced:
    """What everybody will read, as facts."""

    dates: Dates
    has_summary: bool
    has_speakers: bool
    has_join_link: bool


def slug_for(title: str, *, number: int) -> str:
    """A webinar's part of its address: its title in plain letters, and a number that makes it its own."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-")
    return f"{words or 'webinar'}-{number}"


def problems_with_dates(dates: Dates) -> Iterator[Problem]:
    """A webinar ends after it begins, on the same working day."""
    if dates.ends_at <= dates.starts_at:
        yield Problem(
            code="ends_first",
            message=N_("The webinar ends before it begins."),
            cure=N_("Give an end that is later."),
            field="ends_at",
        )
    elif dates.ends_at - dates.starts_at > LONGEST_WEBINAR:
        yield Problem(
            code="too_long",
            message=N_("A webinar of more than eight hours is surely a mistake."),
            cure=N_("Look at the dates; announce several webinars in a series for several days."),
            field="ends_at",
        )


def problems_with_announcing(announced: Announced, *, at: datetime) -> Iterator[Problem]:
    """What is missing before everybody may read it and sign up."""
    if announced.dates.starts_at <= at:
        yield Problem(
            code="begins_in_the_past",
            message=N_("It would have begun already."),
            cure=N_("Give a beginning that lies ahead."),
            field="starts_at",
        )
    if not announced.has_summary:
        yield Problem(
            code="no_summary",
            message=N_("Nothing says yet what it is about."),
            cure=N_("Write the summary: two sentences that make people want to listen."),
            field="summary",
        )
    if not announced.has_speakers:
        yield Problem(
            code="no_speakers",
            message=N_("Nobody is named who speaks."),
            cure=N_("Add the first speaker."),
        )
    if not announced.has_join_link:
        yield Problem(
            code="no_join_link",
            message=N_("There is no address to join at."),
            cure=N_(
                "Enter the address that your provider of webinars gave you; only people who sign up see it."
            ),
            field="join_link",
        )


def problems_with_reason(reason: str) -> Iterator[Problem]:
    """Whoever signed up reads why it was called off."""
    return reasons.problems_with(
        reason, cure=N_("Say why; everybody who signed up reads it."), longest=LONGEST_REASON
    )


def problems_with_recording(unwilling: Sequence[str], *, what: str) -> Iterator[Problem]:
    """A recording or slides are shown when every speaker agreed. Source: Article 6(1)(a) of Regulation (EU) 2016/679."""
    for name in unwilling:
        yield Problem(
            code="no_consent",
            message=N_("%(name)s has not agreed yet."),
            cure=N_("Send the speaker the letter that asks, or leave this out."),
            field=what,
            params={"name": name},
        )
