"""What the desks do: enquiries, introductions, access, coaching. None of it names a programme."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Q

from landbridge.access.models import Request
from landbridge.coaching.models import Case
from landbridge.enquiries.models import Enquiry
from landbridge.enquiries.states import Closing
from landbridge.foundation.problems import N_
from landbridge.indicators.queries.facts import DaysBetween, Facts
from landbridge.indicators.queries.scopes import Scope, in_regions
from landbridge.indicators.queries.sources.shape import Source
from landbridge.indicators.rules import Made
from landbridge.indicators.states import Kind
from landbridge.introductions.models import Introduction


def _enquiries(scope: Scope) -> Sequence[Facts]:
    rows = Enquiry.objects.filter(in_regions(scope, "region")).exclude(closing=Closing.DUPLICATE)
    return (Facts(rows, on="asked_at", name="number", is_timed=True),)


def _introductions(scope: Scope) -> Sequence[Facts]:
    rows = Introduction.objects.filter(in_regions(scope, "region"))
    return (Facts(rows, on="made_at", name="number", is_timed=True),)


def _days_to_introduction(scope: Scope) -> Sequence[Facts]:
    earlier = Introduction.objects.filter(
        in_regions(scope, "region"), enquiry__isnull=False, made_at__gte=F("enquiry__asked_at")
    )
    days = DaysBetween(F("made_at"), F("enquiry__asked_at"))
    return (Facts(earlier, on="made_at", name="number", share=days, is_timed=True),)


def _delivered(scope: Scope) -> Sequence[Facts]:
    rows = Request.objects.filter(in_regions(scope, "company__region"))
    return (Facts(rows, on="delivered_at", name="number", is_timed=True),)


def _coached(scope: Scope) -> Sequence[Facts]:
    rows = Case.objects.filter(Q(begun_at__isnull=False), in_regions(scope, "region"))
    return (Facts(rows, on="begun_at", name="company__name", once="company", is_timed=True),)


SOURCES = (
    Source(
        "enquiries-received", N_("Enquiries received"),
        N_("Every question that a company brought to a desk, from the moment it was asked; asked twice, it counts "
           "once. One row is one enquiry, in the region of its desk."),
        Made.COUNT, facts=_enquiries, kind=Kind.PROCESS,
    ),
    Source(
        "introductions-made", N_("Introductions made"),
        N_("Company and provider were named to each other, both having said yes. One row is one introduction, in the "
           "region of the desk that made it."),
        Made.COUNT, facts=_introductions,
    ),
    Source(
        "days-to-introduction", N_("Days from question to introduction"),
        N_("The middle of the days from a company's question to each introduction made for it. One row is one "
           "introduction."),
        Made.MEDIAN, facts=_days_to_introduction, kind=Kind.PROCESS,
    ),
    Source(
        "access-delivered", N_("Access delivered"),
        N_("The facility has done what was agreed. One row is one request, in the region of the company."),
        Made.COUNT, facts=_delivered,
    ),
    Source(
        "companies-coached", N_("Companies coached"),
        N_("Companies whose coaching began; each counts once. One row is one company."),
        Made.COUNT, facts=_coached,
    ),
)  # fmt: skip
