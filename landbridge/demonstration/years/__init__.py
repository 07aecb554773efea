"""Five simulated years of a programme before today's: everything that figures and dashboards are made of.

All of it is invented, marked as demonstration data, and always the same for the same seed, scale and moment.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from landbridge.demonstration.years import (
    applying,
    asking,
    coaching,
    gathering,
    granting,
    introducing,
    lasting,
    paying,
    surveying,
    viewing,
)
from landbridge.demonstration.years.ground import KEY, laid
from landbridge.demonstration.years.writing import note
from landbridge.programmes.models import Programme

SEED = 1
# Of the five years at full scale: enough to fill every page, quick enough to begin with.
IN_DEMONSTRATION = 0.15


@dataclass(frozen=True, slots=True)
class Simulated:
    """How many of each were written."""

    companies: int
    enquiries: int
    introductions: int
    requests: int
    applications: int
    vouchers: int
    claims: int
    entries: int
    events: int
    guests: int
    webinars: int
    cases: int
    collaborations: int
    next_steps: int
    baselines: int
    sheets: int


def is_there() -> bool:
    """Whether the years were simulated before."""
    return Programme.objects.filter(key=KEY).exists()


def play(*, at: datetime) -> None:
    """The years of the demonstration, before this moment."""
    simulate(seed=SEED, scale=IN_DEMONSTRATION, at=at)
    viewing.add_people(at=at)


@transaction.atomic
def simulate(*, seed: int = SEED, scale: float = 1.0, at: datetime) -> Simulated:
    """Write five years that ended days before `at`; at scale 1 with 5,000 enquiries and 1,000 vouchers."""
    ground = laid(seed=seed, scale=scale, at=at)
    enquiries = asking.asked(ground)
    introductions = introducing.met(ground, enquiries)
    applications = applying.applied(ground, introductions)
    vouchers = granting.granted(ground, applications)
    claims = paying.paid(ground, vouchers)
    entries = granting.book(ground, vouchers)
    events, guests = gathering.gathered(ground)
    webinars = gathering.listened(ground)
    cases = coaching.coached(ground)
    collaborations = lasting.lasted(ground, introductions, vouchers)
    next_steps = lasting.planned(ground, introductions, vouchers, cases)
    baselines = surveying.baselines(ground, applications)
    sheets = surveying.surveyed(ground, baselines, vouchers, applications, guests)
    viewing.look_for(ground)
    found = Simulated(
        companies=len(ground.companies),
        enquiries=len(enquiries),
        introductions=len(introductions),
        requests=sum(one.request is not None for one in introductions),
        applications=len(applications),
        vouchers=len(vouchers),
        claims=len(claims),
        entries=entries,
        events=len(events),
        guests=len(guests),
        webinars=len(webinars),
        cases=len(cases),
        collaborations=len(collaborations),
        next_steps=len(next_steps),
        baselines=len(baselines),
        sheets=len(sheets),
    )
    note(ground.programme, at=at, **asdict(found))
    return found
