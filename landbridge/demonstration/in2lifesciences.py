"""The plan of the IN2LifeSciences replay: which company gets which incentive from which partner in which call.

Published are the sums (53 Collaboration, 29 Insight, 82 Meet & Greet after three calls), eight partners with
EUR 100,000 each, and four cases. Who paid which voucher was not published: a seed distributes them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from landbridge.demonstration import past
from landbridge.foundation.money import Money, euro

ZONE = "Europe/Berlin"
CALLS_BEFORE = 3
# The windows of the first three calls were not published; these are the replay's own. The fourth is published.
WINDOWS = {
    1: ((2012, 9, 1), (2012, 11, 30)),
    2: ((2013, 2, 1), (2013, 4, 30)),
    3: ((2013, 7, 1), (2013, 9, 30)),
    4: ((2014, 2, 1), (2014, 5, 4)),
}
# The eight partners' seats. The first four are the countries of the four cases; the others are the replay's
# assumption. The regions within the countries were not published: none is named, so none appears on the map.
SEATS = {
    "DK": "Denmark",
    "BE": "Belgium",
    "NL": "Netherlands",
    "DE": "Germany",
    "GB": "United Kingdom",
    "FR": "France",
    "ES": "Spain",
    "IE": "Ireland",
}
UNPUBLISHED_INCENTIVE = "Collaboration"


@dataclass(frozen=True, slots=True)
class Side:
    """A company or provider: its name, country, and the number of the partner in whose region it sits (0 to 7)."""

    name: str
    country: str
    seat: int
    town: str = "not published"
    is_real: bool = False


@dataclass(frozen=True, slots=True)
class Grant:
    """One incentive granted: by which partner (the company's seat), in which call, for what."""

    call: int
    incentive: str
    amount: Money
    company: Side
    provider: Side
    about: str


def window(number: int) -> tuple[datetime, datetime]:
    """When a call opens and closes: from the first second of its first day to the last of its last."""
    zone = ZoneInfo(ZONE)
    first, last = WINDOWS[number]
    return datetime(*first, tzinfo=zone), datetime(*last, 23, 59, 59, tzinfo=zone)


def plan(seed: int) -> list[Grant]:
    """All grants of the first three calls, the published cases among them; the same for the same seed.

    No partner is planned beyond its EUR 100,000: each grant goes to a partner that still has the money.
    """
    countries = tuple(SEATS)
    chance = random.Random(seed)  # noqa: S311 - a published seed, no secret
    programme = past.programmes()["in2lifesciences"]
    caps = {incentive["name"]: euro(incentive["cap"]) for incentive in programme["incentives"]}
    left = [euro(programme["voucher_budget_per_partner"])] * programme["partners"]
    missing = dict(programme["outcomes"]["by_incentive"])
    grants = []
    for case in programme["cases"]:
        incentive = case["incentive"] or UNPUBLISHED_INCENTIVE
        grants.append(_of_case(case, incentive, caps[incentive], call=chance.randint(1, CALLS_BEFORE)))
        missing[incentive] -= 1
        left[grants[-1].company.seat] -= caps[incentive]
    # The dearest first, so that the last ones find room.
    for incentive in sorted(missing, key=lambda name: -caps[name].cents):
        for _ in range(missing[incentive]):
            seat = chance.choice([seat for seat, money in enumerate(left) if money >= caps[incentive]])
            left[seat] -= caps[incentive]
            other = chance.choice([another for another in range(len(left)) if another != seat])
            number = len(grants) + 1
            grants.append(
                Grant(
                    call=chance.randint(1, CALLS_BEFORE),
                    incentive=incentive,
                    amount=caps[incentive],
                    company=Side(f"Company {number:03d} (name not published)", countries[seat], seat),
                    provider=Side(
                        f"Facility in region {other + 1} (name not published)", countries[other], other
                    ),
                    about="Purpose not published",
                )
            )
    return sorted(grants, key=lambda grant: grant.call)


def _of_case(case: dict[str, str], incentive: str, amount: Money, *, call: int) -> Grant:
    seat_of = {code: number for number, code in enumerate(SEATS)}
    return Grant(
        call=call,
        incentive=incentive,
        amount=amount,
        company=Side(
            case["sme"],
            case["sme_country"],
            seat_of[case["sme_country"]],
            town=case.get("sme_town", "not published"),
            is_real=True,
        ),
        provider=Side(
            case["partner"], case["partner_country"], seat_of[case["partner_country"]], is_real=True
        ),
        about=case["about"],
    )
