"""Figures of coaching: cases by state and region, hours, days per step against the clocks, marks, partnerships."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, Sum

from landbridge.clocks.models import Clock
from landbridge.clocks.states import Ending
from landbridge.coaching.models import Case, CaseRows, Feedback, Objective, Partnership, Session
from landbridge.coaching.rules import STATEMENTS
from landbridge.coaching.states import CHOSEN, SPENT, Offered, Party, S, SessionState
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role

OF_CASES = Case._meta.label_lower


@dataclass(frozen=True, slots=True)
class OfRegion:
    """The cases of one region."""

    name: str
    running: int
    closed: int
    ended: int

    @property
    def total(self) -> int:
        return self.running + self.closed + self.ended


@dataclass(frozen=True, slots=True)
class OfStep:
    """One duty: how often it was done, how many days it took on average and may take, how often in time."""

    name: str
    done: int
    days: float
    working_days: int
    in_time: int

    @property
    def share(self) -> float:
        return self.in_time / self.done


@dataclass(frozen=True, slots=True)
class OfStatement:
    """One statement of one side, and its mean mark."""

    party: Party
    text: str
    mean: float
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that the page of figures shows."""

    states: list[tuple[S, int]]
    regions: list[OfRegion]
    planned: Decimal
    approved: Decimal
    entered: Decimal
    missed: int
    cancelled_late: int
    steps: list[OfStep]
    statements: list[OfStatement]
    partnerships: list[tuple[str, int]]


def figures(cases: CaseRows, *, actor: Actor) -> Figures:
    """The figures of these cases. A fixed number of queries."""
    ids = cases.values("pk")
    states = dict(cases.values_list("state").annotate(count=Count("pk")).order_by())
    sessions = Session.objects.filter(case__in=ids).aggregate(
        approved=Sum("hours", filter=Q(state=SessionState.APPROVED)),
        entered=Sum("hours", filter=Q(state__in=SPENT)),
        missed=Count("pk", filter=Q(state=SessionState.MISSED)),
        late=Count("pk", filter=Q(cancelled_late=True)),
    )
    goals = Objective.objects.filter(plan__case__in=ids, plan__accepted_at__isnull=False)
    countries = Partnership.objects.filter(report__case__in=ids).values_list("country")
    return Figures(
        states=[(state, states[state]) for state in S if state in states],
        regions=_regions(cases),
        planned=goals.aggregate(sum=Sum("hours"))["sum"] or Decimal(0),
        approved=sessions["approved"] or Decimal(0),
        entered=sessions["entered"] or Decimal(0),
        missed=sessions["missed"],
        cancelled_late=sessions["late"],
        steps=_steps(cases),
        statements=_statements(_open_feedback(cases, actor=actor)),
        partnerships=list(countries.annotate(count=Count("pk")).order_by("-count", "country")),
    )


def table(cases: CaseRows, *, actor: Actor) -> Iterator[list[object]]:
    """One row for each case, the oldest first, with its dates, hours, partnerships and mean marks."""
    marks: dict[tuple[int, str], float] = {
        (one.case_id, one.party): sum(one.marks.values()) / len(one.marks)
        for one in _open_feedback(cases, actor=actor)
        if one.marks
    }
    planned = dict(
        Objective.objects.filter(plan__case__in=cases.values("pk"), plan__accepted_at__isnull=False)
        .values_list("plan__case")
        .annotate(sum=Sum("hours"))
        .order_by()
    )
    partners = dict(
        Partnership.objects.filter(report__case__in=cases.values("pk"))
        .values_list("report__case")
        .annotate(count=Count("pk"))
        .order_by()
    )
    coaches = dict(
        cases.filter(offers__state=Offered.ACCEPTED).values_list("pk", "offers__coach__name").order_by()
    )
    approved = dict(
        Session.objects.filter(case__in=cases.values("pk"), state=SessionState.APPROVED)
        .values_list("case")
        .annotate(sum=Sum("hours"))
        .order_by()
    )
    rows = cases.select_related("company", "region").order_by("asked_at", "pk")
    for case in rows.iterator(chunk_size=1000):
        yield [
            case.number, case.company.name, case.region.name, case.title, str(case.state), case.adviser_name,
            coaches.get(case.pk, ""), case.asked_at.date(), case.begun_at.date() if case.begun_at else "",
            case.reported_at.date() if case.reported_at else "", case.ended_at.date() if case.ended_at else "",
            case.hours_at_most, planned.get(case.pk, ""), approved.get(case.pk, ""), partners.get(case.pk, 0),
            *(_rounded(marks.get((case.pk, party))) for party in Party),
        ]  # fmt: skip


def open_cases_of(coach_id: int) -> int:
    """How many cases a coach has now."""
    running = Case.objects.exclude(state__in=[S.CLOSED, S.ENDED])
    return running.filter(offers__coach_id=coach_id, offers__state__in=CHOSEN).distinct().count()


def _regions(cases: CaseRows) -> list[OfRegion]:
    rows = cases.values("region__name").annotate(
        running=Count("pk", filter=~Q(state__in=[S.CLOSED, S.ENDED])),
        closed=Count("pk", filter=Q(state=S.CLOSED)),
        ended=Count("pk", filter=Q(state=S.ENDED)),
    )
    return [
        OfRegion(row["region__name"], row["running"], row["closed"], row["ended"])
        for row in rows.order_by("region__name")
    ]


def _steps(cases: CaseRows) -> list[OfStep]:
    took = ExpressionWrapper(F("ended_at") - F("started_at"), output_field=DurationField())
    rows = (
        Clock.objects.filter(about_table=OF_CASES, about_id__in=cases.values("pk"), ending=Ending.MET)
        .values("duty__name", "duty__working_days")
        .annotate(done=Count("pk"), took=Avg(took), in_time=Count("pk", filter=Q(ended_at__lte=F("due_at"))))
        .order_by("duty__pk")
    )
    return [
        OfStep(
            row["duty__name"],
            row["done"],
            row["took"] / timedelta(days=1),
            row["duty__working_days"],
            row["in_time"],
        )
        for row in rows
    ]


def _open_feedback(cases: CaseRows, *, actor: Actor) -> list[Feedback]:
    """What may be counted for this reader: a desk counts a case once it has spoken itself."""
    rows = Feedback.objects.filter(case__in=cases.values("pk"))
    if actor.role is Role.BROKER:
        spoken = Feedback.objects.filter(party=Party.BROKER).values("case")
        rows = rows.filter(case__in=spoken)
    return list(rows.order_by("pk"))


def _statements(feedback: list[Feedback]) -> list[OfStatement]:
    marks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in feedback:
        for key, mark in one.marks.items():
            marks[one.party, key].append(int(mark))
    return [
        OfStatement(party, text, sum(found) / len(found), len(found))
        for party in Party
        for key, text in STATEMENTS[party].items()
        if (found := marks.get((party, key)))
    ]


def _rounded(mark: float | None) -> object:
    return "" if mark is None else round(mark, 2)
