"""Reading across tables: facts, frozen copies, lists, and whom to write to."""

from __future__ import annotations

from landbridge.applications.queries.access import (
    access_request_named,
    access_request_of,
    filled_from,
    offers_open,
)
from landbridge.applications.queries.facts import asked_by, facts_of, questions_of, with_its_parts
from landbridge.applications.queries.findings import findings
from landbridge.applications.queries.frozen import for_letters, frozen, receipt_data
from landbridge.applications.queries.lists import COLUMNS, as_table, choices_for, listed, providers_for
from landbridge.applications.queries.meetings import filled_from_meeting, seat_named, seat_of
from landbridge.applications.queries.people import (
    applicants_people,
    brokers,
    desks_of,
    everyone_involved,
    has_people,
    organisations_of_person,
    providers_people,
)

__all__ = [
    "COLUMNS",
    "access_request_named",
    "access_request_of",
    "applicants_people",
    "as_table",
    "asked_by",
    "brokers",
    "choices_for",
    "desks_of",
    "everyone_involved",
    "facts_of",
    "filled_from",
    "filled_from_meeting",
    "findings",
    "for_letters",
    "frozen",
    "has_people",
    "listed",
    "offers_open",
    "organisations_of_person",
    "providers_for",
    "providers_people",
    "questions_of",
    "receipt_data",
    "seat_named",
    "seat_of",
    "with_its_parts",
]
