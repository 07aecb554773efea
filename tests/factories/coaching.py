"""Coaching in the situations that tests need, brought about by the word's own actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from landbridge.catalogue.models import Competence
from landbridge.coaching import actions
from landbridge.coaching.actions import Described, Needs
from landbridge.coaching.models import Case, Coach, FreeTime, Offer, Plan, Session
from landbridge.coaching.rules import STATEMENTS, Goal, Partner
from landbridge.coaching.states import Party, S, SessionState
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.memberships.queries import desk_of
from landbridge.organisations.models import Organisation
from tests.cast import Cast

AT = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)  # a Monday
FREE_FROM = datetime(2026, 6, 8, 7, 0, tzinfo=UTC)  # 9 o'clock in Copenhagen and Stuttgart
NEEDS = Needs(
    challenges="Hospitals abroad do not know us.",
    context_now="Nine people, one market.",
    context_next="Three markets in two years.",
    jobs=Decimal("9.5"),
    turnover_eur=1_200_000,
    markets="Denmark",
    facts_checked_against="Accounts of 2025",
)
GOALS = (
    Goal("A list of ten hospitals", "Research together, then call.", Decimal(4)),
    Goal("A price for abroad", "Reckon three models.", Decimal("3.5")),
)
PARTNERS = (
    Partner(name="Klinikum Nord", country="DE", region="Hamburg", role="First customer"),
    Partner(name="Rhône Distribution", country="FR", region="Lyon", role="Distributor"),
)


def a_competence(
    key: str = "market-entry", name: str = "", *, broader: Competence | None = None
) -> Competence:
    """A term of the vocabulary."""
    shown = name or key.replace("-", " ").capitalize()
    return Competence.objects.get_or_create(key=key, defaults={"name": shown, "broader": broader})[0]


def a_coach(
    cast: Cast,
    *,
    person: Person | None = None,
    organisation: Organisation | None = None,
    active: bool = True,
    at: datetime = AT,
    **changes: Any,
) -> Coach:
    """The German institute's coach, who takes cases; another person's where one is named."""
    person = person or cast.german_provider
    standing = Coach.objects.filter(person=person).first()
    if standing is not None:
        return standing
    described: dict[str, Any] = {
        "name": person.name,
        "competence_ids": [a_competence().pk],
        "languages": ["en", "de"],
        "country": "DE",
        "time_zone": "Europe/Berlin",
        **changes,
    }
    coach = actions.become(
        described=Described(**described),
        person_id=person.pk,
        organisation_id=(organisation or cast.german_institute).pk,
        by=SYSTEM,
        at=at,
    )
    return actions.activate(coach_id=coach.pk, by=SYSTEM, at=at) if active else coach


def free_time(
    coach: Coach, *, starts_at: datetime = FREE_FROM, hours: float = 4, at: datetime = AT
) -> FreeTime:
    """A stretch in which the coach can be booked."""
    ends_at = starts_at + timedelta(hours=hours)
    return actions.lay_time(coach_id=coach.pk, starts_at=starts_at, ends_at=ends_at, by=SYSTEM, at=at)


def a_case(
    cast: Cast, state: str = S.ASKED, *, at: datetime = AT, coach: Coach | None = None, **changes: Any
) -> Case:
    """A case of the Danish company that has come as far as this state."""
    given: dict[str, Any] = {
        "title": "Selling abroad",
        "wish": "We want to sell to hospitals abroad.",
        "competence_ids": [a_competence().pk],
        "languages": ["en", "da"],
        "company_id": cast.danish_company.pk,
        **changes,
    }
    case = actions.ask(**given, by=SYSTEM, at=at)
    coach = coach or a_coach(cast, at=at)
    for step in WAY[: WAY.index(S(state))]:
        case = STEPS[step](cast, case, coach, at)
    return case


def a_session(
    case: Case,
    state: str = SessionState.BOOKED,
    *,
    starts_at: datetime | None = None,
    minutes: int = 120,
    hours: Decimal = Decimal(2),
    at: datetime = AT,
) -> Session:
    """A session in the coach's free time, which is laid for it."""
    coach = Coach.objects.get(offers__case=case, offers__state="accepted")
    taken = Session.objects.filter(coach=coach).count()
    begins = starts_at or FREE_FROM + timedelta(days=taken)
    laid = free_time(coach, starts_at=begins, hours=minutes / 60, at=at)
    session = actions.book(
        case_id=case.pk,
        free_time_id=laid.pk,
        starts_at=begins,
        ends_at=begins + timedelta(minutes=minutes),
        topic="The first list",
        by=SYSTEM,
        at=at,
    )
    given: dict[str, Any] = {"session_id": session.pk, "by": SYSTEM, "at": begins + timedelta(hours=3)}
    if state == SessionState.CANCELLED:
        return actions.cancel(reason="Ill", **{**given, "at": at})
    if state == SessionState.MISSED:
        return actions.miss(**given)
    if state in (SessionState.HELD, SessionState.APPROVED, SessionState.DISPUTED):
        session = actions.hold(hours=hours, notes="We wrote the list.", **given)
    if state == SessionState.APPROVED:
        return actions.approve_hours(**given)
    if state == SessionState.DISPUTED:
        return actions.dispute(reason="It was one hour.", **given)
    return session


def marks_of(party: Party, mark: int = 4) -> dict[str, int]:
    """The same mark for each statement of a side."""
    return dict.fromkeys(STATEMENTS[party], mark)


def reached_all(case: Case, value: str = "yes") -> dict[int, str]:
    """Each objective of the accepted plan, judged alike."""
    plan = Plan.objects.get(case=case, accepted_at__isnull=False)
    return {goal.pk: value for goal in plan.objectives.all()}


def _assign(_cast: Cast, case: Case, _coach: Coach, at: datetime) -> Case:
    hat = desk_of(case.region_id).order_by("pk")[0]
    return actions.assign(case_id=case.pk, membership_id=hat.pk, by=SYSTEM, at=at)


def _contact(_cast: Cast, case: Case, _coach: Coach, at: datetime) -> Case:
    return actions.contact(case_id=case.pk, first_talk_on=at.date(), first_talk="Eager.", by=SYSTEM, at=at)


def _analyse(_cast: Cast, case: Case, _coach: Coach, at: datetime) -> Case:
    named = list(case.competences.values_list("pk", flat=True))
    return actions.analyse(
        case_id=case.pk,
        needs=NEEDS,
        hours_at_most=24,
        competence_ids=named,
        languages=case.languages,
        by=SYSTEM,
        at=at,
    )


def _match(_cast: Cast, case: Case, coach: Coach, at: datetime) -> Case:
    actions.propose(case_id=case.pk, coach_ids=[coach.pk], by=SYSTEM, at=at)
    offer = Offer.objects.get(case=case, coach=coach, state="proposed")
    actions.choose(offer_id=offer.pk, by=SYSTEM, at=at)
    return actions.accept(offer_id=offer.pk, has_no_conflict=True, by=SYSTEM, at=at)


def _plan(_cast: Cast, case: Case, _coach: Coach, at: datetime) -> Case:
    return actions.plan(case_id=case.pk, summary="Ready for abroad.", goals=GOALS, by=SYSTEM, at=at)


def _begin(_cast: Cast, case: Case, _coach: Coach, at: datetime) -> Case:
    plan = Plan.objects.filter(case=case).latest("version")
    return actions.accept_plan(case_id=case.pk, plan_id=plan.pk, by=SYSTEM, at=at)


def _report(_cast: Cast, case: Case, _coach: Coach, at: datetime) -> Case:
    return actions.report(
        case_id=case.pk,
        text="We did it.",
        continuation="They go on alone.",
        reached=reached_all(case),
        partners=PARTNERS,
        by=SYSTEM,
        at=at,
    )


def _check(_cast: Cast, case: Case, _coach: Coach, at: datetime) -> Case:
    return actions.check(case_id=case.pk, by=SYSTEM, at=at)


def _approve(_cast: Cast, case: Case, _coach: Coach, at: datetime) -> Case:
    return actions.approve(case_id=case.pk, by=SYSTEM, at=at)


STEPS: dict[str, Callable[[Cast, Case, Coach, datetime], Case]] = {
    S.ASKED: _assign,
    S.ASSIGNED: _contact,
    S.CONTACTED: _analyse,
    S.ANALYSED: _match,
    S.MATCHED: _plan,
    S.PLANNED: _begin,
    S.COACHING: _report,
    S.REPORTED: _check,
    S.CHECKED: _approve,
}
WAY = [*STEPS, S.CLOSED]
