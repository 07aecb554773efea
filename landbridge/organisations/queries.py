"""What stands around an organisation: the nearest desk, what runs for it, accounts that look alike, what is missing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Count, Q

from landbridge.organisations.models import BankAccount, CompanyNumber, Organisation
from landbridge.organisations.states import S
from landbridge.programmes.models import Region

# The middle of a country, roughly: only to say which desk is nearest to a place outside the network.
CENTRES = {
    "AT": (47.6, 14.1), "BE": (50.6, 4.7), "BG": (42.8, 25.2), "CH": (46.8, 8.2), "CY": (35.0, 33.2), "CZ": (49.7, 15.3),
    "DE": (51.1, 10.4), "DK": (56.0, 9.3), "EE": (58.7, 25.5), "ES": (40.2, -3.6), "FI": (64.5, 26.3), "FR": (46.6, 2.5),
    "GB": (54.1, -2.9), "GR": (39.1, 22.9), "HR": (45.1, 16.4), "HU": (47.2, 19.4), "IE": (53.2, -8.1), "IS": (65.0, -18.6),
    "IT": (42.8, 12.1), "LI": (47.1, 9.5), "LT": (55.3, 23.9), "LU": (49.8, 6.1), "LV": (56.9, 24.9), "MT": (35.9, 14.4),
    "NL": (52.2, 5.6), "NO": (64.6, 12.8), "PL": (52.1, 19.4), "PT": (39.6, -8.5), "RO": (45.9, 25.0), "SE": (62.8, 16.7),
    "SI": (46.1, 14.8), "SK": (48.7, 19.5),
}  # fmt: skip


def nearest_desk(country: str) -> Region | None:
    """The desk to ask from outside the network: one in the same country, else the one nearest to its middle."""
    regions = list(Region.objects.filter(is_active=True).order_by("name"))
    at_home = [region for region in regions if region.country == country]
    centre = CENTRES.get(country)
    if centre is None or not regions:
        return next(iter(at_home), None)
    return min(at_home or regions, key=lambda region: _distance(centre, region))


def countries_of_network() -> list[str]:
    """The countries in which the network has a region."""
    return list(
        Region.objects.filter(is_active=True).values_list("country", flat=True).distinct().order_by("country")
    )


def _distance(place: tuple[float, float], region: Region) -> float:
    """How far apart on a sphere, in radians."""
    north, east = math.radians(place[0]), math.radians(place[1])
    other_north, other_east = math.radians(float(region.latitude)), math.radians(float(region.longitude))
    cosine = math.sin(north) * math.sin(other_north)
    cosine += math.cos(north) * math.cos(other_north) * math.cos(east - other_east)
    return math.acos(max(-1.0, min(1.0, cosine)))


def running_matters(organisation_id: int) -> int:
    """How many matters are under way for the organisation, in all words above.

    A word that keeps such matters names them by a method `running_for(organisation_id)` of its rows; this word need
    not know it.
    """
    rows: list[Any] = [model._default_manager.all() for model in apps.get_models()]
    return sum(one.running_for(organisation_id).count() for one in rows if hasattr(one, "running_for"))


def numbers_of(organisation: Organisation) -> dict[str, str]:
    """The organisation's number in each register."""
    return dict(
        CompanyNumber.objects.filter(organisation_id=organisation.pk or 0)
        .order_by("scheme")
        .values_list("scheme", "number")
    )


def numbers_held_elsewhere(numbers: Mapping[str, str], *, besides: int | None) -> list[str]:
    """The schemes of those numbers under which another organisation stands already."""
    taken = Q(pk__in=())
    for scheme, number in numbers.items():
        taken |= Q(scheme=scheme, number=number)
    return list(
        CompanyNumber.objects.filter(taken)
        .exclude(organisation=besides or 0)
        .values_list("scheme", flat=True)
    )


def lookalikes(account: BankAccount) -> int:
    """At how many other organisations the same IBAN waits or is in use: a reason to ask before approving."""
    same = BankAccount.objects.filter(iban=account.iban, state__in=[S.PROPOSED, S.APPROVED])
    return same.exclude(organisation=account.organisation_id).values("organisation").distinct().count()


@dataclass(frozen=True, slots=True)
class Readiness:
    """What the organisation still lacks to apply and to be paid."""

    has_region: bool
    has_number: bool
    has_address: bool
    has_account: bool
    account_waits: bool

    @property
    def can_apply(self) -> bool:
        return self.has_region and self.has_number

    @property
    def can_be_paid(self) -> bool:
        return self.has_account and self.has_address


def readiness_of(organisation: Organisation) -> Readiness:
    """Read in one query what the page's way and next step are drawn from."""
    found = Organisation.objects.filter(pk=organisation.pk).aggregate(
        numbers=Count("company_numbers", distinct=True),
        in_use=Count("bank_accounts", filter=Q(bank_accounts__state=S.APPROVED), distinct=True),
        waiting=Count("bank_accounts", filter=Q(bank_accounts__state=S.PROPOSED), distinct=True),
    )
    address = (organisation.street, organisation.postcode, organisation.town)
    return Readiness(
        has_region=organisation.region_id is not None,
        has_number=found["numbers"] > 0,
        has_address=all(address),
        has_account=found["in_use"] > 0,
        account_waits=found["waiting"] > 0,
    )


# How the record's events are told on the pages of this word.
