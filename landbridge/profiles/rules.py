"""When a partner profile may be published without naming anybody, for how long, and how interest is expressed."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from landbridge.foundation import reasons
from landbridge.foundation.problems import N_, Problem
from landbridge.introductions.rules import Identity, problems_with_text
from landbridge.profiles.states import Kind

MONTHS_OF_VALIDITY = 12
# So many days before its end a profile's desk is reminded; from the first of them on it may be renewed.
DAYS_OF_WARNING = (30, 7)
LONGEST_REMARK = 1000
LONGEST_ANSWER = 2000
LONGEST = {
    "title": 150, "summary": 500, "description": 4000, "advantages": 2000, "wanted_partner": 2000, "stage": 200,
    "rights": 200,
}  # fmt: skip
NEEDED = ("title", "summary", "description", "wanted_partner")

# The three questions of every expression of interest, desk to desk. Source: rules of the field, section 2.
QUESTIONS = {
    "who": N_("Who are you, and what do you bring?"),
    "together": N_("What do you want to do together?"),
    "stage": N_("At which stage are you, and when could it begin?"),
}


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything of a profile that the public reads."""

    title: str
    summary: str
    description: str
    advantages: str = ""
    wanted_partner: str = ""
    stage: str = ""
    rights: str = ""

    def by_field(self) -> Iterator[tuple[str, str]]:
        """Each text by the name of its field, in the order of the page."""
        for name in LONGEST:
            yield name, getattr(self, name)


def number_for(kind: str, *, country: str, day: date, place: int) -> str:
    """The number of a profile, such as RDR-NL-20260114-003: the third of its kind in its country on that day.

    Source: rules of the field, section 2.
    """
    return f"{kind}-{country}-{day:%Y%m%d}-{place:03d}"


def last_day(published_on: date) -> date:
    """The last day of a profile that is published or renewed today: the same day a year later."""
    year = published_on.year + MONTHS_OF_VALIDITY // 12
    return date(
        year, published_on.month, min(published_on.day, calendar.monthrange(year, published_on.month)[1])
    )


def due_warning(valid_until: date, *, today: date) -> int | None:
    """Which warning is due, the nearest to the end; a day on which nobody looked is made up for."""
    left = (valid_until - today).days
    return min((days for days in DAYS_OF_WARNING if 0 <= left <= days), default=None)


def problems_with_kind(kind: str) -> Iterator[Problem]:
    """One of the five kinds."""
    if kind not in list(Kind):
        yield Problem(
            code="unknown_kind",
            message=N_("There is no such kind of profile."),
            cure=N_("Choose one of the five."),
            field="kind",
        )


def problems_with(texts: Texts, *, of: Identity) -> Iterator[Problem]:
    """Why a profile cannot be read by the public: incomplete, too long, or giving its organisation away."""
    for field, text in texts.by_field():
        if field in NEEDED and not text.strip():
            yield Problem(
                code=f"{field}_missing",
                message=N_("This part is empty."),
                cure=N_("Other regions decide by it whether they have a partner."),
                field=field,
            )
        if len(text) > LONGEST[field]:
            yield Problem(
                code=f"{field}_too_long",
                message=N_("The text is too long."),
                cure=N_("Shorten it to %(longest)s characters."),
                field=field,
                params={"longest": LONGEST[field]},
            )
        yield from problems_with_text(text, field=field, of=of)


def problems_with_checker(*, own_region: int, checking_region: int | None) -> Iterator[Problem]:
    """A second region checks; never the one that wrote it."""
    if checking_region is None or checking_region == own_region:
        yield Problem(
            code="own_region",
            message=N_("A profile is checked by the desk of another region."),
            cure=N_("Ask a colleague abroad to read it."),
        )


def problems_with_remark(remark: str) -> Iterator[Problem]:
    """Whoever gives a profile back says what to change."""
    for problem in reasons.problems_with(
        remark, cure=N_("Say what should be changed."), longest=LONGEST_REMARK
    ):
        yield Problem(
            code=problem.code,
            message=problem.message,
            cure=problem.cure,
            field="remark",
            params=problem.params,
        )


def problems_with_reason(reason: str) -> Iterator[Problem]:
    """Whoever declines or withdraws says why."""
    return reasons.problems_with(reason, cure=N_("Say why in one or two sentences."), longest=LONGEST_REMARK)


def problems_with_renewal(*, valid_until: date, today: date) -> Iterator[Problem]:
    """A profile is renewed near its end or after it, not at once."""
    first = valid_until - timedelta(days=DAYS_OF_WARNING[0])
    if today < first:
        yield Problem(
            code="renewed_too_early",
            message=N_("This profile is valid until %(day)s."),
            cure=N_("Renew it from %(first)s on."),
            params={"day": valid_until, "first": first},
        )


def problems_with_expiry(*, valid_until: date, today: date) -> Iterator[Problem]:
    """A profile expires when its last day is over."""
    if today <= valid_until:
        yield Problem(
            code="still_valid",
            message=N_("This profile is valid until %(day)s."),
            cure=N_("Withdraw it if it should end before."),
            params={"day": valid_until},
        )


def problems_with_interest(
    *, owner_id: int, organisation_id: int, is_open_already: bool, answers: Mapping[str, str]
) -> Iterator[Problem]:
    """Interest comes from another organisation, once at a time, and answers all three questions."""
    if owner_id == organisation_id:
        yield Problem(
            code="own_profile",
            message=N_("The profile is this organisation's own."),
            cure=N_("Choose another organisation."),
            field="organisation",
        )
    if is_open_already:
        yield Problem(
            code="interested_already",
            message=N_("An expression of interest of this organisation waits already."),
            cure=N_("Wait for the answer of the other desk."),
            field="organisation",
        )
    yield from _problems_with_answers(answers, keys=QUESTIONS)


def _problems_with_answers(answers: Mapping[str, str], *, keys: Iterable[str]) -> Iterator[Problem]:
    for key in keys:
        text = answers.get(key, "")
        if not text.strip():
            yield Problem(
                code=f"{key}_missing",
                message=N_("This question is not answered."),
                cure=N_("Two or three sentences are enough; without names."),
                field=key,
            )
        if len(text) > LONGEST_ANSWER:
            yield Problem(
                code=f"{key}_too_long",
                message=N_("The text is too long."),
                cure=N_("Shorten it to %(longest)s characters."),
                field=key,
                params={"longest": LONGEST_ANSWER},
            )
