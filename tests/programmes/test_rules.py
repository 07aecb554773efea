from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from landbridge.foundation.money import Money, euro
from landbridge.programmes.rules.facts import FigureFacts, TargetFacts
from landbridge.programmes.rules.incentives import (
    problems_with_figure,
    problems_with_incentive,
    problems_with_target,
)
from landbridge.programmes.rules.partners import problems_with_partner
from landbridge.programmes.rules.programmes import (
    problems_with_following,
    problems_with_phase,
    problems_with_programme,
)
from landbridge.programmes.rules.regions import beginnings, problems_with_closed_day, problems_with_region
from tests.factories import programmes as make

COUNTRIES = frozenset({"BE", "DE", "GB"})


def found(problems):
    return [(problem.code, problem.field) for problem in problems]


class TestProgrammesAndPhases:
    def test_a_plain_programme_has_no_problem(self):
        assert found(problems_with_programme(make.programme_facts())) == []

    @pytest.mark.parametrize(
        ("changes", "problem"),
        [
            ({"key": "In2 Life"}, ("no_key", "key")),
            ({"key": "-a"}, ("no_key", "key")),
            ({"key": "taken"}, ("key_taken", "key")),
            ({"name": "  "}, ("missing", "name")),
            ({"accent": "lagoon"}, ("unknown_accent", "accent")),
        ],
    )
    def test_what_is_wrong_with_a_programme(self, changes, problem):
        assert found(problems_with_programme(make.programme_facts(**changes), taken={"taken"})) == [problem]

    def test_a_phase_of_one_day_is_a_phase(self):
        day = date(2026, 5, 4)

        assert found(problems_with_phase(make.phase_facts(starts_on=day, ends_on=day))) == []

    @pytest.mark.parametrize(
        ("changes", "problem"),
        [
            ({"name": ""}, ("missing", "name")),
            ({"ends_on": date(2011, 12, 31)}, ("ends_before_start", "ends_on")),
            ({"starts_on": date(1989, 12, 31)}, ("day_out_of_bounds", "starts_on")),
            ({"ends_on": date(2061, 1, 1)}, ("day_out_of_bounds", "ends_on")),
        ],
    )
    def test_what_is_wrong_with_a_phase(self, changes, problem):
        assert found(problems_with_phase(make.phase_facts(**changes))) == [problem]

    def test_phases_in_a_row_do_not_overlap(self):
        phase = make.phase_facts()
        before = make.phase_facts(starts_on=date(2010, 1, 1), ends_on=phase.starts_on)
        later = make.phase_facts(starts_on=phase.ends_on, ends_on=date(2016, 1, 1))

        assert found(problems_with_phase(phase, after=before, before=later)) == [
            ("overlaps_previous", "starts_on"),
            ("overlaps_next", "ends_on"),
        ]

    def test_phases_in_a_row_may_touch(self):
        phase, day = make.phase_facts(), timedelta(days=1)
        before = make.phase_facts(starts_on=date(2010, 1, 1), ends_on=phase.starts_on - day)
        later = make.phase_facts(starts_on=phase.ends_on + day, ends_on=date(2016, 1, 1))

        assert found(problems_with_phase(phase, after=before, before=later)) == []

    def test_only_what_has_begun_is_followed_and_once(self):
        assert found(problems_with_following(is_planned=False, has_follower=False)) == []
        assert found(problems_with_following(is_planned=True, has_follower=True)) == [
            ("not_begun", ""),
            ("has_follower", ""),
        ]


class TestRegions:
    def test_a_plain_region_has_no_problem(self):
        assert found(problems_with_region(make.region_facts(), countries=COUNTRIES)) == []

    @pytest.mark.parametrize(
        ("changes", "problems"),
        [
            ({"key": ""}, [("no_key", "key")]),
            ({"name": ""}, [("missing", "name")]),
            ({"country": "UK"}, [("unknown_country", "country")]),
            ({"subdivision": "BW"}, [("unknown_subdivision", "subdivision")]),
            ({"languages": ()}, [("no_language", "languages")]),
            ({"languages": ("fr", "tlh")}, [("unknown_language", "languages")]),
            ({"time_zone": "Europe/Liège"}, [("unknown_time_zone", "time_zone")]),
            ({"latitude": 90.1}, [("off_the_map", "latitude")]),
            ({"longitude": -180.1}, [("off_the_map", "longitude")]),
            ({"latitude": float("nan")}, [("off_the_map", "latitude")]),
            ({"postcode_prefixes": ("4", "b-5")}, [("no_prefix", "postcode_prefixes")]),
            (
                {"postcode_prefixes": tuple(str(number) for number in range(401))},
                [("too_many_prefixes", "postcode_prefixes")],
            ),
        ],
    )
    def test_what_is_wrong_with_a_region(self, changes, problems):
        assert found(problems_with_region(make.region_facts(**changes), countries=COUNTRIES)) == problems

    def test_what_is_wrong_with_a_closed_day(self):
        day = date(2026, 12, 24)

        assert found(problems_with_closed_day(day, reason="Holy Eve")) == []
        assert found(problems_with_closed_day(day, reason=" ", taken={day})) == [
            ("missing", "reason"),
            ("closed_already", "day"),
        ]

    @pytest.mark.parametrize(
        ("country", "postcode", "claimed_by"),
        [
            ("BE", "4000", ("4000", "400", "40", "4", "")),
            ("BE", "B-4000", ("4000", "400", "40", "4", "")),
            ("NL", "5611 az", ("5611AZ", "5611A", "5611", "561", "56", "5", "")),
            ("GB", "tn23 1aa", ("TN231AA", "TN23", "TN", "")),
            ("GB", "TN2 3AA", ("TN23AA", "TN2", "TN", "")),
            ("GB", "EC1A 1BB", ("EC1A1BB", "EC1A", "EC", "")),
            ("GB", "TN23", ("TN23", "TN23", "TN", "")),
            ("GB", "nonsense", ("",)),
            ("IE", "D02 AF30", ("D02AF30", "D02", "")),
            ("DE", "", ("",)),
        ],
    )
    def test_who_may_claim_a_postcode(self, country, postcode, claimed_by):
        assert beginnings(country, postcode) == claimed_by


class TestPartners:
    def check(self, *, taken=(), lead="", **changes):
        facts = make.partner_facts(**changes)
        return found(problems_with_partner(facts, countries=COUNTRIES, regions={7}, taken=taken, lead=lead))

    def test_a_plain_partner_has_no_problem(self):
        assert self.check(region_id=7, is_lead=True, bic="GEBABEBB") == []

    def test_a_partner_may_come_without_account_and_address(self):
        assert self.check(iban="", postcode="", town="") == []

    @pytest.mark.parametrize(
        ("changes", "problem"),
        [
            ({"name": ""}, ("missing", "name")),
            ({"short_name": ""}, ("missing", "short_name")),
            ({"country": "UK"}, ("unknown_country", "country")),
            ({"region_id": 8}, ("unknown_region", "region_id")),
            ({"iban": "BE68539007547035"}, ("no_iban", "iban")),
            ({"iban": "BE6853900754703"}, ("no_iban", "iban")),
            ({"bic": "BANK"}, ("no_bic", "bic")),
            ({"town": ""}, ("address_incomplete", "town")),
            ({"postcode": ""}, ("address_incomplete", "postcode")),
        ],
    )
    def test_what_is_wrong_with_a_partner(self, changes, problem):
        assert self.check(**changes) == [problem]

    def test_a_partner_stands_once_however_it_is_written(self):
        assert self.check(taken=["UNIVERSITY of Liège"]) == [("partner_stands_already", "name")]

    def test_one_partner_leads(self):
        assert self.check(is_lead=True, lead="BioRegio STERN") == [("has_lead", "is_lead")]


class TestIncentivesTargetsAndFigures:
    def check(self, **changes):
        facts = make.incentive_facts(**changes)
        return found(
            problems_with_incentive(
                facts, bases=("real_cost", "fixed"), legal_bases=("de_minimis",), taken={"taken"}
            )
        )

    def test_a_plain_incentive_has_no_problem(self):
        assert self.check(on_offer=82, extension_months=0) == []

    @pytest.mark.parametrize(
        ("changes", "problem"),
        [
            ({"key": "taken"}, ("key_taken", "key")),
            ({"name": ""}, ("missing", "name")),
            ({"purpose": ""}, ("missing", "purpose")),
            ({"cap_eur": euro(0)}, ("cap_out_of_bounds", "cap_eur")),
            ({"cap_eur": euro(-1)}, ("cap_out_of_bounds", "cap_eur")),
            ({"cap_eur": euro("10000000.01")}, ("cap_out_of_bounds", "cap_eur")),
            ({"cap_eur": Money(4000, "GBP")}, ("cap_out_of_bounds", "cap_eur")),
            ({"basis": "gift"}, ("unknown_basis", "basis")),
            ({"legal_basis": "goodwill"}, ("unknown_legal_basis", "legal_basis")),
            ({"validity_months": 0}, ("months_out_of_bounds", "validity_months")),
            ({"extension_months": 37}, ("months_out_of_bounds", "extension_months")),
            ({"evidence": ("x" * 201,)}, ("evidence_out_of_bounds", "evidence")),
            ({"evidence": ("x",) * 21}, ("evidence_out_of_bounds", "evidence")),
            ({"on_offer": 0}, ("on_offer_out_of_bounds", "on_offer")),
        ],
    )
    def test_what_is_wrong_with_an_incentive(self, changes, problem):
        assert self.check(**changes) == [problem]

    def test_a_target_is_a_whole_number_of_something(self):
        facts = TargetFacts(code="jobs", name="Jobs created", unit="jobs", value=100)

        assert found(problems_with_target(facts)) == []
        assert found(problems_with_target(replace(facts, value=-1))) == [("value_out_of_bounds", "value")]
        assert found(problems_with_target(replace(facts, unit="", name="", code=""))) == [
            ("no_key", "code"),
            ("missing", "name"),
            ("missing", "unit"),
        ]

    def test_a_figure_is_from_the_past(self):
        today = date(2026, 11, 21)
        facts = FigureFacts(code="vouchers", name="Vouchers", value="169", as_of=today)

        assert found(problems_with_figure(facts, on=today)) == []
        assert found(problems_with_figure(replace(facts, as_of=None), on=today)) == []
        assert found(problems_with_figure(facts, on=today - timedelta(days=1), taken={"vouchers"})) == [
            ("key_taken", "code"),
            ("not_yet", "as_of"),
        ]
        assert found(problems_with_figure(replace(facts, value=""), on=today)) == [("missing", "value")]
