"""Reading vouchers: lists and holdings, what the award letter says, what is off."""

from __future__ import annotations

from landbridge.vouchers.queries.findings import findings
from landbridge.vouchers.queries.letter import letter_data
from landbridge.vouchers.queries.reading import (
    Chance,
    Holdings,
    chance_of,
    claimable_until,
    ending_by,
    ending_soon,
    extension_of,
    for_letters,
    holdings,
    listed,
    people_of,
    people_of_provider,
    today_for,
)

__all__ = [
    "Chance",
    "Holdings",
    "chance_of",
    "claimable_until",
    "ending_by",
    "ending_soon",
    "extension_of",
    "findings",
    "for_letters",
    "holdings",
    "letter_data",
    "listed",
    "people_of",
    "people_of_provider",
    "today_for",
]
