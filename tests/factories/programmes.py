"""Programmes, regions and what they offer, as situations: `a_region(country="BE")`, `a_phase(state=S.RUNNING)`."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from landbridge.foundation.money import euro
from landbridge.programmes.models import (
    ClosedDay,
    Incentive,
    Partner,
    Phase,
    Programme,
    PublishedFigure,
    Region,
    Target,
)
from landbridge.programmes.rules.facts import (
    IncentiveFacts,
    PartnerFacts,
    PhaseFacts,
    ProgrammeFacts,
    RegionFacts,
)
from landbridge.programmes.states import S

_numbers = count(1)

STUTTGART = {
    "name": "Stuttgart and Neckar-Alb",
    "country": "DE",
    "subdivision": "BW",
    "languages": ["de", "en"],
    "time_zone": "Europe/Berlin",
    "latitude": 48.7758,
    "longitude": 9.1829,
    "postcode_prefixes": ["70", "71", "72", "73"],
}
LIEGE = {
    "name": "Liège",
    "country": "BE",
    "subdivision": "",
    "languages": ["fr", "de", "en"],
    "time_zone": "Europe/Brussels",
    "latitude": 50.6326,
    "longitude": 5.5797,
    "postcode_prefixes": ["4"],
}
COPENHAGEN = {
    "name": "Copenhagen and Zealand",
    "country": "DK",
    "subdivision": "",
    "languages": ["da", "en"],
    "time_zone": "Europe/Copenhagen",
    "latitude": 55.6761,
    "longitude": 12.5683,
    "postcode_prefixes": ["1", "2", "3", "4"],
}


# ── Rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def a_region(**changes: Any) -> Region:
    """Stuttgart and Neckar-Alb under a key of its own, unless told otherwise."""
    number = next(_numbers)
    return Region.objects.create(
        **{**STUTTGART, "key": f"region-{number}", "desk_email": f"desk{number}@example.org", **changes}
    )


def stuttgart(**changes: Any) -> Region:
    return a_region(**{"key": "stuttgart-neckar-alb", **STUTTGART, **changes})


def liege(**changes: Any) -> Region:
    return a_region(**{"key": "liege", **LIEGE, **changes})


def copenhagen(**changes: Any) -> Region:
    return a_region(**{"key": "copenhagen-zealand", **COPENHAGEN, **changes})


def a_closed_day(**changes: Any) -> ClosedDay:
    """The desk's outing, on a Wednesday without a holiday."""
    if "region" not in changes:
        changes["region"] = a_region()
    return ClosedDay.objects.create(**{"day": date(2026, 7, 8), "reason": "Outing of the desk", **changes})


def a_programme(**changes: Any) -> Programme:
    number = next(_numbers)
    return Programme.objects.create(
        **{
            "key": f"programme-{number}",
            "name": f"Programme {number}",
            "funder": "Interreg North-West Europe",
            "aim": "Help companies to work with a laboratory in another region.",
            "contact_email": f"office{number}@example.org",
            **changes,
        }
    )


def a_phase(**changes: Any) -> Phase:
    """A running phase of four years around 2026, of a programme of its own."""
    if "programme" not in changes:
        changes["programme"] = a_programme()
    return Phase.objects.create(
        **{
            "number": 1,
            "name": "Phase 1",
            "starts_on": date(2024, 1, 1),
            "ends_on": date(2027, 12, 31),
            "state": S.RUNNING,
            **changes,
        }
    )


def a_planned_phase(**changes: Any) -> Phase:
    return a_phase(**{"state": S.PLANNED, **changes})


def a_hibernating_phase(**changes: Any) -> Phase:
    return a_phase(**{"state": S.HIBERNATING, **changes})


def a_partner(**changes: Any) -> Partner:
    """A partner with a complete address and account, in a region and programme of its own."""
    number = next(_numbers)
    if "programme" not in changes:
        changes["programme"] = a_programme()
    if "region" not in changes:
        changes["region"] = a_region()
    return Partner.objects.create(
        **{
            "name": f"Partner {number} GmbH",
            "short_name": f"Partner {number}",
            "country": changes["region"].country if changes["region"] else "DE",
            "street": "Friedrichstraße",
            "building_number": "10",
            "postcode": "70174",
            "town": "Stuttgart",
            "iban": "DE89370400440532013000",
            "bic": "COBADEFFXXX",
            **changes,
        }
    )


def a_lead_partner(**changes: Any) -> Partner:
    return a_partner(**{"is_lead": True, **changes})


def an_incentive(**changes: Any) -> Incentive:
    """A Collaboration voucher of at most EUR 7,000 in a phase of its own."""
    if "phase" not in changes:
        changes["phase"] = a_phase()
    return Incentive.objects.create(
        **{
            "key": f"collaboration-{next(_numbers)}",
            "name": "Collaboration",
            "purpose": "An actual collaboration on an innovative new product or service.",
            "cap_eur": euro(7000),
            "evidence": ["The provider's invoice", "A report of what was done"],
            **changes,
        }
    )


def meet_and_greet(**changes: Any) -> Incentive:
    """Up to EUR 500 of real travel cost."""
    return an_incentive(
        **{
            "key": "meet-and-greet",
            "name": "Meet & Greet",
            "purpose": "Travel and meet organisations in other regions.",
            "cap_eur": euro(500),
            **changes,
        }
    )


def insight(**changes: Any) -> Incentive:
    """Up to EUR 4,000 for staff exchange, training or experts."""
    return an_incentive(
        **{
            "key": "insight",
            "name": "Insight",
            "purpose": "Exchange staff, receive training or contract experts to gather insight.",
            "cap_eur": euro(4000),
            **changes,
        }
    )


def collaboration(**changes: Any) -> Incentive:
    return an_incentive(**{"key": "collaboration", **changes})


def a_target(**changes: Any) -> Target:
    if "phase" not in changes:
        changes["phase"] = a_phase()
    values = {
        "code": f"target-{next(_numbers)}",
        "name": "Companies supported",
        "unit": "companies",
        "value": 330,
    }
    return Target.objects.create(**{**values, **changes})


def a_published_figure(**changes: Any) -> PublishedFigure:
    if "programme" not in changes:
        changes["programme"] = a_programme()
    return PublishedFigure.objects.create(
        **{
            "code": f"figure-{next(_numbers)}",
            "name": "Incentives granted",
            "value": "164",
            "as_of": date(2014, 3, 26),
            "source": "Press release of the programme",
            **changes,
        }
    )


# ── Facts, as a form would bring them ────────────────────────────────────────────────────────────────────────────────
def programme_facts(**changes: Any) -> ProgrammeFacts:
    return ProgrammeFacts(**{"key": "in2lifesciences", "name": "IN2LifeSciences", **changes})


def phase_facts(**changes: Any) -> PhaseFacts:
    values = {"name": "Phase 1", "starts_on": date(2012, 1, 1), "ends_on": date(2014, 12, 31)}
    return PhaseFacts(**{**values, **changes})


def region_facts(**changes: Any) -> RegionFacts:
    values = {**LIEGE, "key": "liege"} | changes
    return RegionFacts(
        **values
        | {
            "languages": tuple(values["languages"]),
            "postcode_prefixes": tuple(values["postcode_prefixes"]),
        }
    )


def partner_facts(**changes: Any) -> PartnerFacts:
    values = {
        "name": "University of Liège",
        "short_name": "ULiège",
        "country": "BE",
        "street": "Place du Vingt Août",
        "building_number": "7",
        "postcode": "4000",
        "town": "Liège",
        "iban": "BE68539007547034",
        "bic": "",
    }
    return PartnerFacts(**{**values, **changes})


def incentive_facts(**changes: Any) -> IncentiveFacts:
    values = {
        "key": "insight",
        "name": "Insight",
        "purpose": "Exchange staff, receive training or contract experts.",
        "cap_eur": euro(4000),
        "evidence": ("The provider's invoice",),
    }
    return IncentiveFacts(**{**values, **changes})
