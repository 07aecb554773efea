"""Questions about the catalogue."""

from __future__ import annotations

from landbridge.catalogue.queries.facts import facts_of, keepers_of, today_for
from landbridge.catalogue.queries.keeping import (
    due_soon,
    listed,
    open_suggestions,
    organisations_for,
    to_be_hidden,
    to_be_reminded,
    waiting,
    with_websites,
    worked_on,
)
from landbridge.catalogue.queries.owning import (
    claim_facts,
    claims_waiting,
    is_confirmed,
    listed_address,
    website_of,
)
from landbridge.catalogue.queries.values import values_of
from landbridge.catalogue.queries.vocabulary import (
    free_key,
    names_merged_into,
    names_of_terms,
    term_called,
    terms_called,
    terms_waiting,
)

__all__ = [
    "claim_facts",
    "claims_waiting",
    "due_soon",
    "facts_of",
    "free_key",
    "is_confirmed",
    "keepers_of",
    "listed",
    "listed_address",
    "names_merged_into",
    "names_of_terms",
    "open_suggestions",
    "organisations_for",
    "term_called",
    "terms_called",
    "terms_waiting",
    "to_be_hidden",
    "to_be_reminded",
    "today_for",
    "values_of",
    "waiting",
    "website_of",
    "with_websites",
    "worked_on",
]
