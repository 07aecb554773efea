"""What a company asks for, what the desk writes down of it, and what a coach says of themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from landbridge.foundation.problems import N_, Problem
from landbridge.foundation.reasons import problems_with as problems_with_the_reason

LONGEST_TITLE = 150
LONGEST_TEXT = 3000
LONGEST_REASON = 500
MOST_COMPETENCES = 3
MOST_HOURS = 200
MOST_CASES = 20


def number_for(pk: int, *, year: int) -> str:
    """What people call a case: `CO-2026-0042`."""
    return f"CO-{year}-{pk:04d}"


def problems_with_wish(*, title: str, wish: str, competences: int, has_region: bool) -> Iterator[Problem]:
    """A case has a title and says what for, names few competences, and a region's desk looks after the company."""
    if not title.strip():
        yield _missing("title")
    if not wish.strip():
        yield _missing("wish")
    if competences > MOST_COMPETENCES:
        yield Problem(
            code="too_many_competences",
            message=N_("A case names %(most)s competences at most."),
            cure=N_("Keep those that matter most; the adviser adds what is missing."),
            params={"most": MOST_COMPETENCES},
        )
    if not has_region:
        yield Problem(
            code="no_region",
            message=N_("Your company lies in none of the network's regions, so no desk can look after it."),
            cure=N_("Correct the company's address, or write to the programme office."),
        )


def problems_with_reason(reason: str) -> Iterator[Problem]:
    """Whoever declines, returns, cancels or ends says why, in words that the other side reads."""
    return problems_with_the_reason(
        reason, cure=N_("Say in a sentence why; the other side reads it."), longest=LONGEST_REASON
    )


def problems_with_talk(*, held_on: date, asked_on: date, today: date) -> Iterator[Problem]:
    """The first talk was held after the company asked, and not tomorrow."""
    if held_on > today:
        yield Problem(
            code="talk_lies_ahead",
            message=N_("That day lies ahead."),
            cure=N_("Enter the talk once it was held."),
            field="first_talk_on",
        )
    elif held_on < asked_on:
        yield Problem(
            code="talk_before_question",
            message=N_("The company asked on %(day)s only."),
            cure=N_("Give the day of the talk about this case."),
            field="first_talk_on",
            params={"day": asked_on},
        )


def problems_with_analysis(
    *, challenges: str, has_facts: bool, checked_against: str, hours: int
) -> Iterator[Problem]:
    """Challenges are named, facts of the firm say against what they were checked, the hours are sensible."""
    if not challenges.strip():
        yield _missing("challenges")
    if has_facts and not checked_against.strip():
        yield Problem(
            code="facts_unchecked",
            message=N_("Facts of the firm count once somebody has checked them."),
            cure=N_("Say against what: a register, the accounts, the website."),
            field="facts_checked_against",
        )
    if not 1 <= hours <= MOST_HOURS:
        yield Problem(
            code="hours_out_of_range",
            message=N_("A case has between 1 and %(most)s hours of coaching."),
            cure=N_("Choose a number in between."),
            field="hours_at_most",
            params={"most": MOST_HOURS},
        )


def problems_with_coach(*, name: str, competences: int, languages: int, most_cases: int) -> Iterator[Problem]:
    """A coach has a name, at least one competence and one language, and takes a sensible number of cases."""
    if not name.strip():
        yield _missing("name")
    if not competences:
        yield Problem(
            code="no_competence",
            message=N_("No competence is chosen."),
            cure=N_("Coaches are proposed by competence; choose at least one."),
            field="competences",
        )
    if not languages:
        yield Problem(
            code="no_language",
            message=N_("No language is chosen."),
            cure=N_("Tick the languages in which you coach."),
            field="languages",
        )
    if not 1 <= most_cases <= MOST_CASES:
        yield Problem(
            code="cases_out_of_range",
            message=N_("A coach takes between 1 and %(most)s cases at a time."),
            cure=N_("Choose a number in between."),
            field="most_cases",
            params={"most": MOST_CASES},
        )


def _missing(field: str) -> Problem:
    return Problem(code=f"no_{field}", message=N_("This is missing."), cure=N_("Fill it in."), field=field)
