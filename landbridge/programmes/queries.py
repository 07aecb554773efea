"""Reads of this word that join, count or search."""

from __future__ import annotations

from typing import TypedDict

from django_countries import countries as all_countries

from landbridge.foundation.money import Money
from landbridge.programmes.models import Incentive, Region
from landbridge.programmes.rules.regions import beginnings


class Terms(TypedDict):
    """The terms of an incentive as a call freezes them: the columns that its offer copies."""

    name: str
    purpose: str
    cap_eur: Money
    basis: str
    legal_basis: str
    evidence: list[str]
    validity_months: int
    extension_months: int


def terms_of(incentive: Incentive) -> Terms:
    """The incentive's terms as they stand now: `Offer.objects.create(call=…, incentive=…, **terms_of(incentive))`."""
    return Terms(
        name=incentive.name,
        purpose=incentive.purpose,
        cap_eur=incentive.cap_eur,
        basis=incentive.basis,
        legal_basis=incentive.legal_basis,
        evidence=list(incentive.evidence),
        validity_months=incentive.validity_months,
        extension_months=incentive.extension_months,
    )


def countries() -> frozenset[str]:
    """The two-letter codes of ISO 3166-1."""
    return frozenset(code for code, _name in all_countries)


def region_of_place(country: str, postcode: str) -> Region | None:
    """The active region with the most exact claim on this postcode; None where the network has no region.

    A region without beginnings of postcodes claims its whole country. Of two equal claims the older region wins.
    """
    claims: dict[str, Region] = {}
    for region in Region.objects.active().filter(country=country).order_by("pk"):
        for prefix in region.postcode_prefixes or [""]:
            claims.setdefault(prefix, region)
    return next((claims[part] for part in beginnings(country, postcode) if part in claims), None)
