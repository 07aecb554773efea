"""What waits and for how long: open enquiries, applications and claims by age; and what was looked for in vain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from landbridge.applications.models import Application
from landbridge.applications.states import S as ApplicationState
from landbridge.catalogue.models import UnmetDemand
from landbridge.claims.models import Claim
from landbridge.claims.states import S as ClaimState
from landbridge.enquiries.models import Enquiry
from landbridge.foundation.problems import N_
from landbridge.indicators.queries.scopes import Scope, beginning_of, end_of, in_phase, in_regions

# Ages in days: from, and before (None: no end).
AGES: tuple[tuple[int, int | None], ...] = ((0, 8), (8, 31), (31, 91), (91, 181), (181, None))
MOST_WISHES = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of open thing: its rows as of a day, the moment it has waited since, and where its list is."""

    key: str
    name: str
    rows: Callable[[Scope], QuerySet[Any]]
    since: str
    page: str


@dataclass(frozen=True, slots=True)
class Wish:
    """Words that found nothing, and how often."""

    text: str
    times: int


def waiting(one: Waiting, scope: Scope) -> list[int]:
    """How many wait in each of the `AGES` at the end of the day. One query."""
    counts = {}
    for number, (first, end) in enumerate(AGES):
        old = Q(**{f"{one.since}__lt": beginning_of(scope.as_of - timedelta(days=first - 1))})
        young = (
            Q(**{f"{one.since}__gte": beginning_of(scope.as_of - timedelta(days=end - 1))}) if end else Q()
        )
        counts[f"age_{number}"] = Count("pk", filter=old & young)
    found = one.rows(scope).aggregate(**counts)
    return [found[f"age_{number}"] for number in range(len(AGES))]


def unmet(scope: Scope) -> Sequence[Wish]:
    """What was looked for most often and not found by the day, in the whole network. One query."""
    rows = UnmetDemand.objects.filter(first_at__lt=end_of(scope.as_of)).order_by("-times", "text", "pk")
    return [Wish(text, times) for text, times in rows.values_list("text", "times")[:MOST_WISHES]]


def _enquiries(scope: Scope) -> QuerySet[Enquiry]:
    end = end_of(scope.as_of)
    open_then = Q(ended_at__isnull=True) | Q(ended_at__gte=end)
    rows = Enquiry.objects.filter(in_regions(scope, "region"), open_then, asked_at__lt=end)
    if scope.begins_on and scope.ends_on:
        rows = rows.filter(asked_at__gte=beginning_of(scope.begins_on), asked_at__lt=end_of(scope.ends_on))
    return rows


def _applications(scope: Scope) -> QuerySet[Application]:
    """Handed in and not decided by the day. When one was withdrawn is not kept with it: it never waits."""
    end = end_of(scope.as_of)
    place = in_phase(scope, phase="call__phase", partner="partner", region="applicant__region")
    undecided = Q(decision__isnull=True, state=ApplicationState.SUBMITTED) | Q(decision__at__gte=end)
    return Application.objects.filter(place, undecided, first_submitted_at__lt=end)


def _claims(scope: Scope) -> QuerySet[Claim]:
    """Handed in and not paid by the day; refused ones never wait."""
    place = in_phase(
        scope, phase="voucher__application__call__phase", partner="voucher__application__partner",
        region="voucher__application__applicant__region",
    )  # fmt: skip
    unpaid = Q(paid_on__isnull=True) | Q(paid_on__gt=scope.as_of)
    rows = Claim.objects.filter(place, unpaid, first_submitted_at__lt=end_of(scope.as_of))
    return rows.exclude(state__in=[ClaimState.REFUSED, ClaimState.DRAFT])


WAITING = (
    Waiting("enquiries", N_("Open enquiries by age"), _enquiries, "asked_at", "enquiries:enquiries"),
    Waiting("applications", N_("Undecided applications by age"), _applications, "first_submitted_at", "applications:applications"),
    Waiting("claims", N_("Unpaid claims by age"), _claims, "first_submitted_at", "claims:claims"),
)  # fmt: skip
