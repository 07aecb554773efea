"""The desk's part: naming an adviser, the first talk, the needs analysis, ending a case early."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction

from landbridge.catalogue.models import Competence
from landbridge.clocks import actions as clocks
from landbridge.clocks.models import Clock
from landbridge.coaching import queries, rules
from landbridge.coaching.actions._parts import (
    ANALYSIS,
    ASSIGN,
    FIRST_CONTACT,
    MATCH,
    _end,
    _locked,
    _next_duty,
    _person_of,
    _require,
    _tell,
)
from landbridge.coaching.models import Analysis, Case
from landbridge.coaching.states import OVER, WORKFLOW, M
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import desk_of


@dataclass(frozen=True, slots=True)
class Needs:
    """The needs analysis as it is written."""

    challenges: str
    context_now: str
    context_next: str
    jobs: Decimal | None = None
    turnover_eur: int | None = None
    markets: str = ""
    facts_checked_against: str = ""

    @property
    def has_facts(self) -> bool:
        return self.jobs is not None or self.turnover_eur is not None or bool(self.markets.strip())


@transaction.atomic
def assign(*, case_id: int, membership_id: int, by: Actor, at: datetime) -> Case:
    """Somebody at the desk answers for the case from now on; the company learns who."""
    case = _locked(case_id, by=by)
    target = WORKFLOW.target(M.ASSIGN, of=case, by=by)
    hat = _hat(case, membership_id)
    case.state, case.adviser_id, case.adviser_name = target, hat.person_id, hat.person.name
    case.save(update_fields=["state", "adviser_id", "adviser_name"])
    _next_duty(ASSIGN, FIRST_CONTACT, case, by=by, at=at)
    record("coaching_case.assigned", case, by=by, at=at, adviser=case.adviser_name)
    _tell("assigned", case, to=queries.people_of_company(case), at=at)
    if hat.person_id != by.person_id:
        _tell("given", case, to=queries.desk_for(case), at=at)
    return case


@transaction.atomic
def hand_on(*, case_id: int, membership_id: int, by: Actor, at: datetime) -> Case:
    """A colleague at the desk answers for the case instead; both they and the company are told."""
    _require(P.COACHING_WORK, by=by)
    case = _locked(case_id, by=by)
    if case.adviser_id is None or case.state in OVER:
        refuse(
            "no_adviser",
            N_("There is nothing to hand on: the case has no adviser yet, or is over."),
            cure=N_("Name an adviser first."),
        )
    hat = _hat(case, membership_id)
    if hat.person_id == case.adviser_id:
        return case
    case.adviser_id, case.adviser_name = hat.person_id, hat.person.name
    case.save(update_fields=["adviser_id", "adviser_name"])
    clocks.assign(about=case, membership_id=hat.pk, by=by, at=at)
    record("coaching_case.handed_on", case, by=by, at=at, adviser=case.adviser_name)
    _tell("assigned", case, to=queries.people_of_company(case), at=at)
    if hat.person_id != by.person_id:
        _tell("given", case, to=queries.desk_for(case), at=at)
    return case


@transaction.atomic
def contact(*, case_id: int, first_talk_on: date, first_talk: str, by: Actor, at: datetime) -> Case:
    """The adviser has spoken with the company; the notes stay with the desk and the office."""
    case = _locked(case_id, by=by)
    target = WORKFLOW.target(M.CONTACT, of=case, by=by)
    zone = ZoneInfo(queries.zone_of(case))
    refuse_if(
        rules.problems_with_talk(
            held_on=first_talk_on,
            asked_on=case.asked_at.astimezone(zone).date(),
            today=at.astimezone(zone).date(),
        )
    )
    case.state, case.first_talk_on, case.first_talk = target, first_talk_on, first_talk.strip()
    case.save(update_fields=["state", "first_talk_on", "first_talk"])
    _next_duty(FIRST_CONTACT, ANALYSIS, case, by=by, at=at)
    record("coaching_case.contacted", case, by=by, at=at, held_on=first_talk_on)
    return case


@transaction.atomic
def analyse(
    *,
    case_id: int,
    needs: Needs,
    hours_at_most: int,
    competence_ids: Sequence[int],
    languages: Sequence[str],
    by: Actor,
    at: datetime,
) -> Case:
    """The needs are known; with them, which competences and languages a coach needs, and how many hours there are."""
    case = _locked(case_id, by=by)
    target = WORKFLOW.target(M.ANALYSE, of=case, by=by)
    refuse_if(
        rules.problems_with_analysis(
            challenges=needs.challenges,
            has_facts=needs.has_facts,
            checked_against=needs.facts_checked_against,
            hours=hours_at_most,
        )
    )
    said = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(needs).items()}
    checker = by.name if needs.has_facts else ""
    Analysis.objects.update_or_create(
        case=case,
        defaults={**said, "facts_checked_by_name": checker, "written_by_name": by.name, "written_at": at},
    )
    case.state, case.hours_at_most, case.languages = target, hours_at_most, sorted(set(languages))
    case.save(update_fields=["state", "hours_at_most", "languages"])
    case.competences.set(Competence.objects.accepted().filter(pk__in=competence_ids))
    _next_duty(ANALYSIS, MATCH, case, by=by, at=at)
    record("coaching_case.analysed", case, by=by, at=at, hours=hours_at_most)
    _tell("analysed", case, to=queries.people_of_company(case), at=at, hours=hours_at_most)
    return case


@transaction.atomic
def end(*, case_id: int, reason: str, by: Actor, at: datetime) -> Case:
    """The desk ends a case early; sessions that lie ahead are cancelled."""
    case = _locked(case_id, by=by)
    target = WORKFLOW.target(M.END, of=case, by=by)
    refuse_if(rules.problems_with_reason(reason))
    offer = queries.offer_of(case)
    _end(case, target, event="ended", reason=reason, by=by, at=at)
    coach = _person_of(offer.coach if offer else None)
    _tell("ended", case, to=[*queries.people_of_company(case), *coach], at=at)
    return case


@transaction.atomic
def tell_whom_to_call(*, clock_id: int, by: Actor, at: datetime) -> Clock:
    """Tell the company that nobody has taken its case yet, and how it reaches the desk; once.

    Source: rules of the field, section 2 (coaching): on day 5 without an adviser the company is told as well.
    """
    clock = Clock.objects.for_update().get(pk=clock_id)
    if clock.client_told_at is not None or clock.ended_at is not None:
        return clock
    case = Case.objects.select_related("company", "region").get(pk=clock.about_id)
    clock = clocks.mark_client_told(clock_id=clock_id, by=by, at=at)
    record("coaching_case.told_whom_to_call", case, by=by, at=at)
    _tell("whom_to_call", case, to=queries.people_of_company(case), at=at, days=clock.tells_client_after)
    return clock


def _hat(case: Case, membership_id: int) -> Membership:
    found = desk_of(case.region_id).filter(pk=membership_id).select_related("person").first()
    if found is None:
        refuse(
            "not_at_this_desk",
            N_("An adviser works at the desk of the company's region."),
            cure=N_("Choose one of the desk's brokers."),
            field="membership_id",
        )
    return found
