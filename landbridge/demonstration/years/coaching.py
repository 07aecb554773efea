"""Coachings of the simulated years: the coach, the plan, the sessions, the report and what each side thought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from landbridge.coaching.models import (
    Analysis,
    Case,
    Coach,
    Feedback,
    Objective,
    Offer,
    Partnership,
    Plan,
    Report,
    Session,
)
from landbridge.coaching.rules import STATEMENTS
from landbridge.coaching.states import Offered, Party, Reached, S, SessionState
from landbridge.demonstration.years.chance import moment, moments
from landbridge.demonstration.years.ground import ABOUT, Ground, home_of
from landbridge.demonstration.years.writing import put
from landbridge.foundation.people.models import Person

CASES, COACHES = 150, 12
SESSIONS, HOURS = 4, Decimal(3)
ENDS_EARLY = 0.12
# Days that each step takes: until the first talk, the plan, the sessions, the report, the approval
STEPS = (6, 24, 30, 75, 14, 9)


@dataclass(slots=True)
class Coached:
    """One case with its coach, and the moments of its way."""

    case: Case
    coach: Coach
    begins: datetime
    reports: datetime


def coached(ground: Ground) -> list[Case]:
    """The cases; those that were closed have everything that a closed case has."""
    coaches = _coaches(ground)
    asked = moments(ground.chance, ground.span, ground.number(CASES, least=5))
    found = [_drawn(ground, number, at, coaches) for number, at in enumerate(asked, start=1)]
    put(one.case for one in found)
    begun = [one for one in found if one.case.begun_at]
    put(_analysis(one) for one in begun)
    put(_offer(one) for one in begun)
    plans = put(_plan(one) for one in begun)
    put(objective for plan in plans for objective in _objectives(plan))
    put(_sessions(ground, begun))
    closed = [one for one in begun if one.case.state == S.CLOSED]
    reports = put(_report(one) for one in closed)
    put(_partnership(ground, report) for report in reports if _is_long_ago(ground, report))
    put(feedback for one in closed for feedback in _feedback(ground, one))
    return [one.case for one in found]


def _coaches(ground: Ground) -> list[Coach]:
    """Invented people who nobody signs in as."""
    at = moment(ground.span.first)
    number = ground.number(COACHES, least=2)
    people = put(
        Person(
            name=ground.chance.person(),
            email=f"coach-{place}@demonstration.example",
            password="!",  # noqa: S106 - nobody signs in with it
            created_at=at,
            is_demonstration=True,
        )
        for place in range(number)
    )
    return put(
        Coach(
            person=person,
            name=person.name,
            headline="Invented for the demonstration",
            calendar_key=ground.chance.key(40),
            activated_at=at,
            activated_by_name="The office",
            created_at=at,
            is_demonstration=True,
        )
        for person in people
    )


def _drawn(ground: Ground, number: int, at: datetime, coaches: list[Coach]) -> Coached:
    chance, until = ground.chance, ground.span.until
    company = chance.one_of(ground.companies)
    days = [chance.lasting(step, 0.4) for step in STEPS]
    begins = at + days[0] + days[1] + days[2]
    reports = begins + days[3] + days[4]
    ends = reports + days[5]
    case = Case(
        number=f"CO-{at.year}-Y{number:03d}",
        company=company,
        region_id=home_of(company),
        title=f"Selling abroad: {chance.question().lower()}"[:150],
        wish=ABOUT,
        languages=["en"],
        adviser_name="The desk",
        asked_by_name=ground.person_of(company),
        asked_at=at,
        calendar_key=chance.key(40),
        is_demonstration=True,
    )
    case.first_talk_on = (at + days[0]).date()
    if chance.happens(ENDS_EARLY) or ends > until:
        case.state, case.reason = S.ENDED, "The company had no time for it."
        case.ended_at = min(at + days[0] + days[1], until)
    else:
        case.state, case.begun_at, case.reported_at, case.ended_at = S.CLOSED, begins, reports, ends
    return Coached(case, coaches[number % len(coaches)], begins, reports)


def _analysis(one: Coached) -> Analysis:
    return Analysis(
        case=one.case,
        challenges=ABOUT,
        context_now=ABOUT,
        context_next=ABOUT,
        written_by_name="The desk",
        written_at=one.begins - timedelta(days=20),
    )


def _offer(one: Coached) -> Offer:
    at = one.begins - timedelta(days=18)
    return Offer(
        case=one.case,
        coach=one.coach,
        state=Offered.ACCEPTED,
        has_no_conflict_at=at,
        proposed_by_name="The desk",
        proposed_at=at - timedelta(days=3),
        chosen_at=at - timedelta(days=1),
        answered_at=at,
    )


def _plan(one: Coached) -> Plan:
    return Plan(
        case=one.case,
        version=1,
        summary=ABOUT,
        written_by_name=one.coach.name,
        written_at=one.begins - timedelta(days=6),
        accepted_at=one.begins,
        accepted_by_name=one.case.asked_by_name,
    )


def _objectives(plan: Plan) -> Iterator[Objective]:
    for number, title in enumerate(("An offer on one page", "Ten talks with buyers"), start=1):
        hours = HOURS * SESSIONS / 2
        yield Objective(plan=plan, number=number, title=title, hours=hours, reached=Reached.YES)


def _sessions(ground: Ground, begun: list[Coached]) -> Iterator[Session]:
    """Two-hour talks on days on which the coach has no other."""
    taken: set[tuple[int, object]] = set()
    for one in begun:
        step = (one.reports - one.begins) / (SESSIONS + 1)
        for number in range(1, SESSIONS + 1):
            day = (one.begins + step * number).date()
            while (one.coach.pk, day) in taken:
                day += timedelta(days=1)
            taken.add((one.coach.pk, day))
            starts = moment(day, hour=9)
            yield Session(
                case=one.case,
                coach=one.coach,
                code=ground.chance.key(11),
                starts_at=starts,
                ends_at=starts + timedelta(hours=3),
                topic=f"Session {number}",
                hours=HOURS,
                state=SessionState.APPROVED,
                booked_by_name=one.case.asked_by_name,
                booked_at=one.begins,
                changed_at=one.begins,
                approved_by_name=one.case.asked_by_name,
                approved_at=starts + timedelta(days=1),
            )


def _report(one: Coached) -> Report:
    return Report(
        case=one.case,
        text=ABOUT,
        continuation="The company goes on with the talks that it began.",
        written_by_name=one.coach.name,
        written_at=one.reports,
        checked_by_name="The desk",
        checked_at=one.reports + timedelta(hours=8),
        approved_by_name="The office",
        approved_at=one.case.ended_at,
    )


def _is_long_ago(ground: Ground, report: Report) -> bool:
    return report.written_at < ground.span.until - timedelta(days=400) and ground.chance.happens(0.5)


def _partnership(ground: Ground, report: Report) -> Partnership:
    provider = ground.chance.one_of(ground.providers)
    return Partnership(report=report, name=provider.name, country=provider.country, role="Laboratory")


def _feedback(ground: Ground, one: Coached) -> Iterator[Feedback]:
    for party in Party:
        if ground.chance.happens(0.75):
            marks = ground.chance.draw.choices((2, 3, 4, 5), (4, 12, 46, 38), k=len(STATEMENTS[party]))
            yield Feedback(
                case=one.case,
                party=party,
                marks=dict(zip(STATEMENTS[party], marks, strict=True)),
                person_name="Invented",
                given_at=one.case.ended_at or one.reports,
            )
