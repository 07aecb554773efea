"""The rules of the catalogue: what a record may say, how complete and how fresh it is."""

from __future__ import annotations

from landbridge.catalogue.rules.content import (
    FIVE_FIELDS,
    LONGEST,
    LONGEST_REASON,
    Facts,
    problems_with_publication,
    problems_with_values,
    remarks_before_publication,
)
from landbridge.catalogue.rules.freshness import (
    MONTHS_UNTIL_HIDDEN,
    PRICE_MONTHS,
    RECORD_MONTHS,
    due_after,
    freshness,
    hidden_after,
    is_to_be_hidden,
    prices_due_after,
    reminder_due,
)
from landbridge.catalogue.rules.grade import Grade, Missing, grade
from landbridge.catalogue.rules.merging import Merge, merge
from landbridge.catalogue.rules.offers import (
    ACCESS_MODES,
    CERTIFICATES,
    CUSTOMERS,
    IDENTIFIERS,
    LANGUAGES,
    AccessMode,
)

__all__ = [
    "ACCESS_MODES",
    "CERTIFICATES",
    "CUSTOMERS",
    "FIVE_FIELDS",
    "IDENTIFIERS",
    "LANGUAGES",
    "LONGEST",
    "LONGEST_REASON",
    "MONTHS_UNTIL_HIDDEN",
    "PRICE_MONTHS",
    "RECORD_MONTHS",
    "AccessMode",
    "Facts",
    "Grade",
    "Merge",
    "Missing",
    "due_after",
    "freshness",
    "grade",
    "hidden_after",
    "is_to_be_hidden",
    "merge",
    "prices_due_after",
    "problems_with_publication",
    "problems_with_values",
    "remarks_before_publication",
    "reminder_due",
]
