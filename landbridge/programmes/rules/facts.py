"""The facts that the rules judge: what somebody says a programme, a region or an incentive is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from landbridge.foundation.money import Money


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """A programme as the office describes it."""

    key: str
    name: str
    funder: str = ""
    aim: str = ""
    accent: str = "sea"
    contact_email: str = ""
    is_demonstration: bool = False


@dataclass(frozen=True, slots=True)
class PhaseFacts:
    """One funding period; both days belong to it."""

    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """A region of the network. `subdivision` is the code of its public holidays (ISO 3166-2 without the country)."""

    key: str
    name: str
    country: str
    languages: tuple[str, ...]
    time_zone: str
    latitude: float
    longitude: float
    subdivision: str = ""
    postcode_prefixes: tuple[str, ...] = ()
    desk_email: str = ""
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """An organisation that runs a programme for its region, and how it is addressed in payment files."""

    name: str
    short_name: str
    country: str
    region_id: int | None = None
    is_lead: bool = False
    street: str = ""
    building_number: str = ""
    postcode: str = ""
    town: str = ""
    iban: str = ""
    bic: str = ""


@dataclass(frozen=True, slots=True)
class IncentiveFacts:
    """What a phase offers a company. `on_offer` is the number of vouchers announced, None where none was."""

    key: str
    name: str
    purpose: str
    cap_eur: Money
    basis: str = "real_cost"
    legal_basis: str = "de_minimis"
    evidence: tuple[str, ...] = ()
    validity_months: int = 12
    extension_months: int = 6
    on_offer: int | None = None


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """A figure to reach, in a unit such as "companies"."""

    code: str
    name: str
    unit: str
    value: int


@dataclass(frozen=True, slots=True)
class FigureFacts:
    """A result in the words of who published it; `as_of` is None where the source gives no day."""

    code: str
    name: str
    value: str
    as_of: date | None = None
    source: str = ""


def fingerprint(facts: object) -> str:
    """A mark of these very facts: a form carries the one it was opened with, so that a stale form is noticed."""
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]
