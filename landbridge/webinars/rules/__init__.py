"""When a webinar may be announced, who may listen, and how long somebody was there."""

from __future__ import annotations

from landbridge.webinars.rules.announcing import (
    LONGEST_REASON,
    Announced,
    Dates,
    problems_with_announcing,
    problems_with_dates,
    problems_with_reason,
    problems_with_recording,
    slug_for,
)
from landbridge.webinars.rules.attending import (
    Stretch,
    has_room,
    is_certified,
    minutes_of,
    problems_with_opinion,
    problems_with_question,
    problems_with_sign_up,
)
from landbridge.webinars.rules.telling import (
    MOST_ROWS,
    Told,
    Unread,
    is_of_that_day,
    is_signed_by,
    read_table,
    signature_of,
)

__all__ = [
    "LONGEST_REASON",
    "MOST_ROWS",
    "Announced",
    "Dates",
    "Stretch",
    "Told",
    "Unread",
    "has_room",
    "is_certified",
    "is_of_that_day",
    "is_signed_by",
    "minutes_of",
    "problems_with_announcing",
    "problems_with_dates",
    "problems_with_opinion",
    "problems_with_question",
    "problems_with_reason",
    "problems_with_recording",
    "problems_with_sign_up",
    "read_table",
    "signature_of",
    "slug_for",
]
