from __future__ import annotations

from datetime import UTC, datetime

import pytest

from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.programmes import queries
from landbridge.programmes.actions import regions
from landbridge.programmes.models import Region
from tests.factories import programmes as make

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


class TestRegionOfPlace:
    @pytest.mark.parametrize(
        ("country", "postcode", "key"),
        [
            ("DE", "70174", "stuttgart-neckar-alb"),
            ("DE", "72070", "stuttgart-neckar-alb"),
            ("DE", "73728", "stuttgart-neckar-alb"),
            ("DE", "71229", "stuttgart-neckar-alb"),
            ("DE", "73430", None),  # Aalen
            ("DE", "72458", "stuttgart-neckar-alb"),
            ("DE", "72488", None),  # Sigmaringen
            ("DE", "37176", None),  # Nörten-Hardenberg
            ("BE", "4000", "liege"),
            ("BE", "B-4431", "liege"),
            ("BE", "1000", None),
            ("DK", "2100", "copenhagen-zealand"),
            ("DK", "DK-4000", "copenhagen-zealand"),
            ("DK", "8000", None),  # Aarhus
            ("NL", "5611 AZ", "north-brabant"),
            ("NL", "5038AA", "north-brabant"),
            ("NL", "6511 AB", "east-netherlands"),
            ("NL", "7511 AA", "east-netherlands"),
            ("NL", "5301 AA", "east-netherlands"),  # Zaltbommel
            ("NL", "1012 AB", None),
            ("GB", "ME14 1XQ", "kent"),
            ("GB", "CT1 2AB", "kent"),
            ("GB", "TN1 1AA", "kent"),
            ("GB", "TN22 1AA", None),  # Uckfield, East Sussex
            ("GB", "DA14 4AA", None),  # Sidcup, London
            ("GB", "OX1 3AZ", "oxford"),
            ("GB", "M1 1AE", None),
            ("ES", "08001", "catalonia"),
            ("ES", "28001", None),
            ("FR", "35000", "brittany"),
            ("FR", "59000", "hauts-de-france"),
            ("FR", "44000", "pays-de-la-loire"),
            ("FR", "75001", None),
            ("IE", "D02 AF30", None),
            ("XX", "", None),
        ],
    )
    def test_a_place_lies_in_the_region_that_claims_it(self, country, postcode, key):
        regions.add_known(by=SYSTEM, at=AT)

        region = queries.region_of_place(country, postcode)

        assert (region.key if region else None) == key

    def test_the_most_exact_claim_wins_and_the_whole_country_is_the_least(self):
        country = make.liege(key="whole", postcode_prefixes=[])
        province = make.liege(key="province", postcode_prefixes=["4"])
        town = make.liege(key="town", postcode_prefixes=["4000", "4020"])

        assert queries.region_of_place("BE", "4000") == town
        assert queries.region_of_place("BE", "4500") == province
        assert queries.region_of_place("BE", "9000") == country

    def test_of_two_equal_claims_the_older_region_wins(self):
        older, _younger = make.liege(key="older"), make.liege(key="younger")

        assert queries.region_of_place("BE", "4000") == older

    def test_a_resting_region_claims_nothing(self):
        make.liege(is_active=False)

        assert queries.region_of_place("BE", "4000") is None


def test_the_known_regions_claim_no_postcode_twice():
    regions.add_known(by=SYSTEM, at=AT)

    claims = [
        (region.country, prefix) for region in Region.objects.all() for prefix in region.postcode_prefixes
    ]

    assert len(claims) == len(set(claims))


def test_the_terms_of_an_incentive_are_the_columns_of_an_offer():
    incentive = make.insight()

    terms = queries.terms_of(incentive)

    offered = {field.name for field in type(incentive).offers.field.model._meta.fields}
    assert set(terms) == offered - {"id", "call", "incentive"}
    assert terms["cap_eur"] == incentive.cap_eur
    assert terms["evidence"] is not incentive.evidence
