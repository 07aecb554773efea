"""The desk's work list: every open case of a desk with its clock, its broker and who has the ball."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    F,
    FilteredRelation,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from landbridge.algorithms.working_days import end_of
from landbridge.clocks import queries as clocks
from landbridge.clocks.models import Clock
from landbridge.clocks.queries import Shown
from landbridge.enquiries.models import Enquiry, Lead, Summary
from landbridge.enquiries.states import OPEN, LeadState, S
from landbridge.programmes.models import Region

TABLE = "enquiries.enquiry"


@dataclass(frozen=True, slots=True)
class Case:
    """One row: the enquiry, the clock that is due first, who works on it, and whether the company has the ball."""

    enquiry: Enquiry
    clock: Shown | None
    broker: str
    waits_for_company: bool


@dataclass(frozen=True, slots=True)
class Load:
    """What one broker has on the table; `membership_id` None is what nobody has taken yet."""

    membership_id: int | None
    name: str
    cases: int
    overdue: int
    oldest: datetime | None
    is_away: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk as its supervisor sees it."""

    region: Region
    cases: int
    untaken: int
    overdue: int
    asked: int
    oldest: datetime | None


def cases_of(region: Region) -> QuerySet[Any]:
    """The cases that a desk leads and that have not ended, with broker, nearest deadline and who has the ball."""
    nearest = Clock.objects.running().filter(about_table=TABLE, about_id=OuterRef("pk")).order_by("due_at")
    newer = Summary.objects.filter(enquiry=OuterRef("enquiry"), version__gt=OuterRef("version"))
    pending = Summary.objects.filter(
        ~Exists(newer), enquiry=OuterRef("pk"), approved_at__isnull=True, refused_at__isnull=True
    )
    rows: QuerySet[Any] = Enquiry.objects.annotate(
        lead=FilteredRelation("leads", condition=Q(leads__state=LeadState.ACCEPTED)),
        broker_id=F("lead__membership_id"),
        broker_name=F("lead__person_name"),
        next_due_at=Subquery(nearest.values("due_at")[:1], output_field=DateTimeField()),
        is_pending=Exists(pending),
    )
    return rows.filter(lead__region=region).exclude(state__in=[S.CLOSED, S.DECLINED])


def shows(region: Region, *, at: datetime) -> dict[str, Q]:
    """The views of a work list by key: which cases each holds."""
    today = end_of(clocks.today_at(region, at=at), time_zone=region.time_zone)
    return {
        "": Q(state__in=OPEN),
        "late": Q(next_due_at__lt=at),
        "today": Q(next_due_at__gte=at, next_due_at__lte=today),
        "untaken": Q(state__in=OPEN, broker_id__isnull=True),
        "company": Q(state=S.SHORTLISTED) | Q(state__in=OPEN, is_pending=True),
        "hold": Q(state=S.ON_HOLD),
    }


def counts(region: Region, *, at: datetime) -> dict[str, int]:
    """How many cases each view holds. One query."""
    wanted = {f"n_{key}": Count("pk", filter=which) for key, which in shows(region, at=at).items()}
    found = cases_of(region).aggregate(**wanted)
    return {key.removeprefix("n_"): number for key, number in found.items()}


def work_of(
    region: Region,
    *,
    at: datetime,
    show: str = "",
    state: str = "",
    broker: str = "",
    due: str = "",
    text: str = "",
) -> QuerySet[Enquiry]:
    """The cases of one view, filtered, the most pressing first; those without a clock at the end."""
    rows = cases_of(region).filter(shows(region, at=at)[show]).select_related("company")
    if state:
        rows = rows.filter(state=state)
    if broker:
        rows = rows.filter(broker_id=None if broker == "nobody" else int(broker))
    if due:
        rows = rows.filter(next_due_at__lte=at + timedelta(days=int(due)))
    if text:
        words = Q(title__icontains=text) | Q(company__name__icontains=text)
        rows = rows.filter(words | Q(number__icontains=text.replace("-", " ")))
    return rows.order_by(F("next_due_at").asc(nulls_last=True), "asked_at", "pk")


def rows_of(enquiries: Iterable[Any], *, at: datetime) -> list[Case]:
    """A page of cases with their clocks; three queries, however many rows."""
    found = list(enquiries)
    nearest = clocks.due_of(TABLE, [one.pk for one in found])
    shown = clocks.shown(nearest.values(), at=at)
    return [
        Case(
            enquiry=one,
            clock=shown[nearest[one.pk].pk] if one.pk in nearest else None,
            broker=one.broker_name,
            waits_for_company=one.state == S.SHORTLISTED or (one.state in OPEN and one.is_pending),
        )
        for one in found
    ]


def load_of(region: Region, *, brokers: dict[int, str], away: Collection[int], at: datetime) -> list[Load]:
    """What each broker of a desk has on the table, those with most first; what nobody has stands at the end. One query.

    `brokers` by membership; `away` are the memberships of those who are away today.
    """
    held: dict[int | None, Any] = {
        row["broker_id"]: row
        for row in cases_of(region)
        .filter(state__in=OPEN)
        .values("broker_id")
        .annotate(
            cases=Count("pk"), overdue=Count("pk", filter=Q(next_due_at__lt=at)), oldest=Min("asked_at")
        )
        .order_by("broker_id")
    }
    known: dict[int | None, str] = {pk: name for pk, name in brokers.items()}  # noqa: C416 - None joins the keys
    names = dict.fromkeys(held, "") | known
    loads = [
        Load(
            membership_id=pk,
            name=name,
            cases=held[pk]["cases"] if pk in held else 0,
            overdue=held[pk]["overdue"] if pk in held else 0,
            oldest=held[pk]["oldest"] if pk in held else None,
            is_away=pk in away,
        )
        for pk, name in names.items()
    ]
    return sorted(loads, key=lambda load: (load.membership_id is None, -load.cases, load.name))


def desks(*, at: datetime) -> list[Desk]:
    """Every desk that leads something or was asked to, those with most overdue cases first. Four queries."""
    leads = Lead.objects.accepted().filter(enquiry__state__in=[*OPEN, S.ON_HOLD])
    led: dict[int, Any] = {
        row["region_id"]: row
        for row in leads.values("region_id")
        .annotate(
            cases=Count("pk"),
            untaken=Count("pk", filter=Q(membership_id__isnull=True)),
            oldest=Min("enquiry__asked_at"),
        )
        .order_by("region_id")
    }
    late = _by_region(clocks.overdue(Clock.objects.filter(about_table=TABLE), at=at), "about_id")
    asked = _by_region(Lead.objects.offered(), "pk")
    regions = Region.objects.filter(pk__in={*led, *late, *asked}).order_by("name", "pk")
    found = [
        Desk(
            region=region,
            cases=led.get(region.pk, {}).get("cases", 0),
            untaken=led.get(region.pk, {}).get("untaken", 0),
            overdue=late.get(region.pk, 0),
            asked=asked.get(region.pk, 0),
            oldest=led.get(region.pk, {}).get("oldest"),
        )
        for region in regions
    ]
    return sorted(found, key=lambda desk: (-desk.overdue, desk.region.name))


def _by_region(rows: QuerySet[Any], what: str) -> dict[int, int]:
    counted = rows.values("region_id").annotate(number=Count(what, distinct=True)).order_by("region_id")
    return dict(counted.values_list("region_id", "number"))
