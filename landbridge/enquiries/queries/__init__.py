"""What is asked about enquiries; reads only."""

from __future__ import annotations

from landbridge.enquiries.queries.people import (
    company_can_sign_in,
    company_people,
    desk_people,
    lead_of,
    leads,
)
from landbridge.enquiries.queries.reading import asker_of, for_letters, today_for, twin_of
from landbridge.enquiries.queries.summaries import approved_summary, newest_summary, summaries_of

__all__ = [
    "approved_summary",
    "asker_of",
    "company_can_sign_in",
    "company_people",
    "desk_people",
    "for_letters",
    "lead_of",
    "leads",
    "newest_summary",
    "summaries_of",
    "today_for",
    "twin_of",
]
