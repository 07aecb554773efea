"""A case as its page shows it, and lists of cases and coaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from landbridge.clocks.models import Clock
from landbridge.clocks.queries import due_of
from landbridge.coaching.models import (
    Analysis,
    Case,
    Coach,
    CoachRows,
    Feedback,
    Objective,
    Offer,
    Partnership,
    Plan,
    Report,
    Session,
)
from landbridge.coaching.queries.hours import Hours, hours_of_case
from landbridge.coaching.queries.matching import in_words, names_of_terms
from landbridge.coaching.queries.people import party_of
from landbridge.coaching.rules import STATEMENTS
from landbridge.coaching.states import CHOSEN, OVER, Offered, Party, S
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role


@dataclass(frozen=True, slots=True)
class Proposed:
    """An offer as its reader sees it: why this coach, in words."""

    offer: Offer
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Said:
    """What one side thought: each statement with its mark, and words."""

    feedback: Feedback
    party: Party
    marks: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that belongs to a case, as far as its reader may see it."""

    party: Party | None
    coach: Coach | None
    offer: Offer | None
    analysis: Analysis | None
    proposed: list[Proposed]
    plans: list[Plan]
    sessions: list[Session]
    hours: Hours
    report: Report | None
    partnerships: list[Partnership]
    objectives: list[Objective]
    feedback: list[Said]
    has_spoken: bool
    clock: Clock | None

    @property
    def plan(self) -> Plan | None:
        """The newest version."""
        return self.plans[0] if self.plans else None


def parts_of(case: Case, *, actor: Actor) -> Parts:
    """The parts of a case. A fixed number of queries."""
    offers = list(
        Offer.objects.filter(case=case)
        .select_related("coach__person", "coach__organisation")
        .order_by("proposed_at", "pk")
    )
    offer = next((one for one in offers if one.state in CHOSEN), None)
    coach = offer.coach if offer else None
    party = party_of(case, actor, coach=coach)
    sessions = list(Session.objects.filter(case=case).select_related("coach").order_by("starts_at", "pk"))
    plans = list(
        Plan.objects.filter(case=case)
        .prefetch_related(Prefetch("objectives", queryset=Objective.objects.order_by("number")))
        .order_by("-version")
    )
    accepted = next((plan for plan in plans if plan.accepted_at), None)
    spoken = list(Feedback.objects.filter(case=case).order_by("given_at", "pk"))
    has_spoken = any(one.party == party for one in spoken)
    report = Report.objects.filter(case=case).prefetch_related("partnerships").first()
    return Parts(
        party=party,
        coach=coach,
        offer=offer,
        analysis=Analysis.objects.filter(case=case).first(),
        proposed=_proposed(offers, actor=actor),
        plans=plans,
        sessions=sessions,
        hours=hours_of_case(case, sessions),
        report=report,
        partnerships=sorted(report.partnerships.all(), key=lambda one: one.pk) if report else [],
        objectives=list(accepted.objectives.all()) if accepted else [],
        feedback=[_said(one) for one in spoken]
        if reads_feedback(party, has_spoken=has_spoken, actor=actor)
        else [],
        has_spoken=has_spoken,
        clock=due_of(Case._meta.label_lower, [case.pk]).get(case.pk),
    )


def reads_feedback(party: Party | None, *, has_spoken: bool, actor: Actor) -> bool:
    """Each side reads the others' words only after its own; office and auditor read all."""
    if party is not None:
        return has_spoken
    return actor.role in (Role.OFFICE, Role.AUDITOR, Role.SYSTEM)


def listed(
    cases: QuerySet[Case], *, state: str = "", region: int | None = None, turn: str = "", text: str = ""
) -> QuerySet[Case]:
    """Cases, the newest first; `turn`: whose step is next."""
    if state:
        cases = cases.filter(state=state)
    if region:
        cases = cases.filter(region_id=region)
    if turn == "over":
        cases = cases.filter(state__in=OVER)
    elif turn:
        cases = cases.filter(state__in=TURN_OF[turn])
    if text:
        cases = cases.filter(
            Q(number__icontains=text) | Q(title__icontains=text) | Q(company__name__icontains=text)
        )
    coaches = Prefetch(
        "offers",
        queryset=Offer.objects.filter(state=Offered.ACCEPTED).select_related("coach"),
        to_attr="accepted",
    )
    return cases.select_related("company", "region").prefetch_related(coaches).order_by("-asked_at", "-pk")


def coaches_listed(
    coaches: CoachRows, *, which: str = "", competence: int | None = None, text: str = ""
) -> CoachRows:
    """Coaches by name; `which`: those who take cases, wait for a look, or rest."""
    if which == "active":
        coaches = coaches.filter(is_active=True)
    elif which == "waiting":
        coaches = coaches.filter(activated_at__isnull=True)
    elif which == "resting":
        coaches = coaches.filter(is_active=False, activated_at__isnull=False)
    if competence:
        coaches = coaches.filter(competences=competence)
    if text:
        coaches = coaches.filter(Q(name__icontains=text) | Q(headline__icontains=text))
    return coaches.select_related("organisation").prefetch_related("competences").order_by("name", "pk")


def coach_of_person(person_id: int | None) -> Coach | None:
    """The person's own row, where they have offered to coach."""
    rows = Coach.objects.filter(person_id=person_id or 0).select_related("organisation__region", "person")
    return rows.prefetch_related("competences").first()


def open_sessions(case: Case, *, at: datetime) -> list[Session]:
    """Booked sessions of a case that have not begun."""
    rows = Session.objects.filter(case=case, state="booked", starts_at__gt=at).select_related("coach__person")
    return list(rows.order_by("starts_at"))


TURN_OF: dict[str, tuple[S, ...]] = {
    "company": (S.PLANNED,),
    "desk": (S.ASKED, S.ASSIGNED, S.CONTACTED, S.ANALYSED, S.REPORTED),
    "coach": (S.MATCHED, S.COACHING),
    "office": (S.CHECKED,),
}


def _proposed(offers: list[Offer], *, actor: Actor) -> list[Proposed]:
    if actor.role is Role.PROVIDER:
        offers = [one for one in offers if one.coach.person_id == actor.person_id and one.state in CHOSEN]
    elif actor.role is Role.SME:
        offers = [one for one in offers if one.state != Offered.WITHDRAWN]
    names = names_of_terms() if offers else {}
    return [
        Proposed(one, [in_words(str(why["code"]), why["values"], names) for why in one.reasons])
        for one in offers
    ]


def _said(feedback: Feedback) -> Said:
    party = Party(feedback.party)
    marks = [(text, int(feedback.marks.get(key, 0))) for key, text in STATEMENTS[party].items()]
    return Said(feedback, party, marks)
