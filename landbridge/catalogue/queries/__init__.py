"""Questions about the catalogue."""

from __future__ import annotations

from landbridge.catalogue.queries.facts import facts_of, keepers_of, today_for
from landbridge.catalogue.queries.owning import (
    claim_facts,
    claims_waiting,
    is_confirmed,
    listed_address,
    website_of,
)
from landbridge.catalogue.queries.values import values_of
from landbridge.catalogue.queries.vocabulary import free_key, names_merged_into, term_called, terms_waiting

__all__ = [
    "claim_facts",
    "claims_waiting",
    "facts_of",
    "free_key",
    "is_confirmed",
    "keepers_of",
    "listed_address",
    "names_merged_into",
    "term_called",
    "terms_waiting",
    "today_for",
    "values_of",
    "website_of",
]
