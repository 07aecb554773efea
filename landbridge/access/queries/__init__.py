"""Reading access: rule sets and signatories, requests and their parts, facts for the rules, people to write to."""

from __future__ import annotations

from landbridge.access.queries.agreement import agreement_data
from landbridge.access.queries.findings import findings
from landbridge.access.queries.origins import Filled, filled_from, offers_of
from landbridge.access.queries.people import (
    desk_of_company,
    for_letters,
    office_for,
    people_of_company,
    people_of_provider,
    signatories_of,
)
from landbridge.access.queries.reading import (
    Parts,
    asked_of,
    facts_of,
    feedback_for,
    held_days,
    is_signed,
    latest_quote,
    listed,
    parts_of,
    side_of,
    slots_of,
    slots_open,
    to_close,
    today_for,
    zone_of,
    zone_of_offer,
)
from landbridge.access.queries.versions import (
    Section,
    in_force,
    latest_start,
    sections_of,
    signature_for,
    signed_by,
    starting_text,
    versions,
)

__all__ = [
    "Filled",
    "Parts",
    "Section",
    "agreement_data",
    "asked_of",
    "desk_of_company",
    "facts_of",
    "feedback_for",
    "filled_from",
    "findings",
    "for_letters",
    "held_days",
    "in_force",
    "is_signed",
    "latest_quote",
    "latest_start",
    "listed",
    "offers_of",
    "office_for",
    "parts_of",
    "people_of_company",
    "people_of_provider",
    "sections_of",
    "side_of",
    "signatories_of",
    "signature_for",
    "signed_by",
    "slots_of",
    "slots_open",
    "starting_text",
    "to_close",
    "today_for",
    "versions",
    "zone_of",
    "zone_of_offer",
]
