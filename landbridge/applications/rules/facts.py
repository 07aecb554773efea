"""What the rules look at, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from landbridge.foundation.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question of the call's form. `longest` counts characters, or is the largest number."""

    key: str
    kind: str
    label: str
    is_required: bool = True
    longest: int = 2000
    choices: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        return f"answer_{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """What is known of the applicant or the provider, as far as the rules look at it."""

    organisation_id: int
    name: str
    kind: str = "company"
    region_id: int | None = None
    street: str = ""
    postcode: str = ""
    town: str = ""
    is_closed: bool = False
    offers_access: bool = True
    has_company_number: bool = True
    numbers: frozenset[tuple[str, str]] = frozenset()
    ibans: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything the rules look at, read at one moment.

    `confirmed` are the hashes of the texts to which the provider said yes, `content_hash` is that of the text
    as it stands. `is_played_back` marks records from before Landbridge, whose addresses nobody published.
    """

    call_is_published: bool
    call_opens_at: datetime
    call_closes_at: datetime
    call_time_zone: str
    cap_eur: Money
    applicant: Party
    partner_region_id: int | None
    provider: Party | None = None
    title: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    questions: tuple[Asked, ...] = ()
    requested_eur: Money | None = None
    content_hash: str = ""
    confirmed: frozenset[str] = frozenset()
    is_asked_already: bool = False
    is_played_back: bool = False
    asks_for_event: str = ""  # the title of an event at which somebody of the applicant must have been
    has_attended: bool = False
