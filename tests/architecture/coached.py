"""A side's coaching: a case at each step, a coach with free time, one who waits; `world.fill` calls it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from landbridge.catalogue.models import Competence
from landbridge.coaching import actions
from landbridge.coaching.actions import Described, Needs
from landbridge.coaching.models import Case, Coach, FreeTime, Offer, Plan, Session
from landbridge.coaching.rules import STATEMENTS, Goal, Partner
from landbridge.coaching.states import Party, S
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from tests.factories.memberships import a_hat

WAY = [
    S.ASKED, S.ASSIGNED, S.CONTACTED, S.ANALYSED, S.MATCHED, S.PLANNED, S.COACHING, S.REPORTED, S.CHECKED, S.CLOSED,
]  # fmt: skip


def hold_coaching(side: Any) -> None:
    """Everything that the pages of coaching show. Called again, it puts in as much again."""
    things, at = side.things, side.at
    coach = _coach(side, _provider(side), at=at)
    things["coach"] = coach
    things["coach_waiting"] = _coach(side, _newcomer(side), active=False, at=at)
    broker = _broker(side)
    for state in WAY:
        things[f"coaching_{state}"] = _brought_to(state, _asked(side, at=at), coach, broker, at=at)
    proposed = things["coaching_analysed"]
    actions.propose(case_id=proposed.pk, coach_ids=[coach.pk], by=SYSTEM, at=at)
    things["coaching_proposal"] = Offer.objects.get(case=proposed)
    things["coaching_chosen"] = _brought_to(S.ANALYSED, _asked(side, at=at), coach, broker, at=at)
    _chosen(things["coaching_chosen"], coach, at=at)
    things["coaching_plan"] = Plan.objects.get(case=things["coaching_planned"])
    things["free_time"] = _free(coach, at=at)
    things["coaching_session"] = _session(things["coaching_coaching"], coach, at=at)
    held = _session(things["coaching_coaching"], coach, at=at)
    later = held.ends_at + timedelta(hours=1)
    actions.hold(session_id=held.pk, hours=Decimal(1), notes="Well.", by=SYSTEM, at=later)
    for party in Party:
        actions.give_feedback(
            case_id=things["coaching_closed"].pk, marks=dict.fromkeys(STATEMENTS[party], 4), text="Good.",
            party=party, by=SYSTEM, at=at,
        )  # fmt: skip


def _provider(side: Any) -> Person:
    hats = Membership.objects.filter(organisation=side.provider, role=Role.PROVIDER, ended_at=None)
    return hats.order_by("pk")[0].person


def _newcomer(side: Any) -> Person:
    number = Person.objects.count()
    person = Person.objects.create(name=f"Newcomer {number}", email=f"newcomer.{number}@{side.name}.example")
    a_hat(Role.PROVIDER, of=person, organisation=side.provider)
    return person


def _broker(side: Any) -> Membership:
    desk = (
        Membership.objects.filter(role=Role.BROKER, region=side.region, ended_at=None).order_by("pk").first()
    )
    if desk is not None:
        return desk
    number = Person.objects.count()
    person = Person.objects.create(name=f"Broker {number}", email=f"broker.{number}@{side.name}.example")
    return a_hat(Role.BROKER, of=person, region=side.region)


def _coach(side: Any, person: Person, *, active: bool = True, at: datetime) -> Coach:
    standing = Coach.objects.filter(person=person).first()
    if standing is not None:
        return standing
    term, _is_new = Competence.objects.get_or_create(key="market-entry", defaults={"name": "Market entry"})
    described = Described(
        name=person.name, competence_ids=[term.pk], languages=["en"], country="NL", time_zone="Europe/Berlin",
        most_cases=20,
    )  # fmt: skip
    coach = actions.become(
        described=described, person_id=person.pk, organisation_id=side.provider.pk, by=SYSTEM, at=at
    )
    return actions.activate(coach_id=coach.pk, by=SYSTEM, at=at) if active else coach


def _asked(side: Any, *, at: datetime) -> Case:
    terms = list(Competence.objects.filter(key="market-entry").values_list("pk", flat=True))
    return actions.ask(
        title="Selling abroad", wish="To sell abroad.", competence_ids=terms, languages=["en"],
        company_id=side.applicant.pk, by=SYSTEM, at=at,
    )  # fmt: skip


def _brought_to(state: str, case: Case, coach: Coach, broker: Membership, *, at: datetime) -> Case:
    for step in WAY[1 : WAY.index(S(state)) + 1]:
        case = _step(step, case, coach, broker, at=at)
    return case


def _step(step: str, case: Case, coach: Coach, broker: Membership, *, at: datetime) -> Case:
    given: dict[str, Any] = {"case_id": case.pk, "by": SYSTEM, "at": at}
    needs = Needs(challenges="No customers.", context_now="Here.", context_next="There.")
    named = list(case.competences.values_list("pk", flat=True))
    steps: dict[str, Callable[[], Case]] = {
        S.ASSIGNED: lambda: actions.assign(membership_id=broker.pk, **given),
        S.CONTACTED: lambda: actions.contact(first_talk_on=at.date(), first_talk="Eager.", **given),
        S.ANALYSED: lambda: actions.analyse(
            needs=needs, hours_at_most=24, competence_ids=named, languages=["en"], **given
        ),
        S.MATCHED: lambda: actions.accept(
            offer_id=_chosen(case, coach, at=at).pk, has_no_conflict=True, by=SYSTEM, at=at
        ),
        S.PLANNED: lambda: actions.plan(
            summary="Ready.", goals=[Goal("Ten names", "Call.", Decimal(8))], **given
        ),
        S.COACHING: lambda: actions.accept_plan(plan_id=Plan.objects.get(case=case).pk, **given),
        S.REPORTED: lambda: actions.report(
            text="Done.",
            continuation="",
            reached=dict.fromkeys(Plan.objects.get(case=case).objectives.values_list("pk", flat=True), "yes"),
            partners=[Partner("Klinikum Nord", "DE", "Hamburg", "Customer")],
            **given,
        ),
        S.CHECKED: lambda: actions.check(**given),
        S.CLOSED: lambda: actions.approve(**given),
    }
    return steps[step]()


def _chosen(case: Case, coach: Coach, *, at: datetime) -> Offer:
    actions.propose(case_id=case.pk, coach_ids=[coach.pk], by=SYSTEM, at=at)
    offer = Offer.objects.get(case=case)
    actions.choose(offer_id=offer.pk, by=SYSTEM, at=at)
    return offer


def _free(coach: Coach, *, at: datetime) -> FreeTime:
    begins = at.replace(minute=0, second=0, microsecond=0) + timedelta(days=5 + FreeTime.objects.count())
    return actions.lay_time(
        coach_id=coach.pk, starts_at=begins, ends_at=begins + timedelta(hours=2), by=SYSTEM, at=at
    )


def _session(case: Case, coach: Coach, *, at: datetime) -> Session:
    free = _free(coach, at=at)
    return actions.book(
        case_id=case.pk, free_time_id=free.pk, starts_at=free.starts_at,
        ends_at=free.starts_at + timedelta(hours=1), topic="First steps", by=SYSTEM, at=at,
    )  # fmt: skip
