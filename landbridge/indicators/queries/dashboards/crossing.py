"""What went from region to region: introductions, vouchers, collaborations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet

from landbridge.collaborations.models import Collaboration
from landbridge.foundation.problems import N_
from landbridge.indicators.queries.facts import Facts, within
from landbridge.indicators.queries.scopes import Scope, in_phase, in_regions
from landbridge.introductions.models import Introduction
from landbridge.programmes.models import Region
from landbridge.vouchers.models import Voucher


@dataclass(frozen=True, slots=True)
class Way:
    """One kind of link: its key and name, the heading of its table, its rows within a scope, and the paths to the two regions."""

    key: str
    name: str
    heading: str
    rows: Callable[[Scope], QuerySet[Any]]
    origin: str
    target: str


def ways(way: Way, scope: Scope) -> list[tuple[str, str, int]]:
    """From which region to which, and how many; the most first. Where a side has no region it does not count.

    One query.
    """
    rows = (
        way.rows(scope)
        .filter(**{f"{way.origin}__isnull": False, f"{way.target}__isnull": False})
        .order_by()
        .values_list(F(f"{way.origin}__name"), F(f"{way.target}__name"))
        .annotate(number=Count("pk"))
    )
    return sorted(rows, key=lambda row: (-row[2], row[0], row[1]))


def ways_with_regions(found: list[tuple[str, str, int]]) -> list[Region]:
    """The regions between which something went, and all active ones. One query."""
    named = {name for origin, target, _ in found for name in (origin, target)}
    return [one for one in Region.objects.order_by("name", "pk") if one.is_active or one.name in named]


def _introductions(scope: Scope) -> QuerySet[Introduction]:
    rows = Introduction.objects.filter(in_regions(scope, "region"))
    return within(Facts(rows, on="made_at", name="number", is_timed=True), scope)


def _vouchers(scope: Scope) -> QuerySet[Voucher]:
    place = in_phase(
        scope, phase="application__call__phase", partner="application__partner",
        region="application__applicant__region",
    )  # fmt: skip
    return within(Facts(Voucher.objects.filter(place), on="awarded_at", name="number"), scope)


def _collaborations(scope: Scope) -> QuerySet[Collaboration]:
    rows = Collaboration.objects.filter(in_regions(scope, "company__region"))
    return within(Facts(rows, on="since", name="number", is_moment=False, is_timed=True), scope)


WAYS = (
    Way("introductions", N_("Introductions made"), N_("Introductions from region to region"), _introductions, "region", "provider_region"),
    Way("vouchers", N_("Vouchers granted"), N_("Vouchers from region to region"), _vouchers, "application__applicant__region", "application__provider__region"),
    Way("collaborations", N_("Collaborations begun"), N_("Collaborations from region to region"), _collaborations, "company__region", "provider__region"),
)  # fmt: skip
