"""Reading profiles: what the public sees, lists for desks, the interest in them, what is off."""

from __future__ import annotations

from landbridge.profiles.queries.findings import findings
from landbridge.profiles.queries.reading import (
    InterestLine,
    PublicView,
    competences,
    countries,
    interests,
    is_own_desk,
    knows_owner,
    line_of,
    listed,
    of_desk,
    problems_of,
    public_view,
    published,
    shown,
    texts_of,
    to_check,
    today_for,
    waiting_for,
)

__all__ = [
    "InterestLine",
    "PublicView",
    "competences",
    "countries",
    "findings",
    "interests",
    "is_own_desk",
    "knows_owner",
    "line_of",
    "listed",
    "of_desk",
    "problems_of",
    "public_view",
    "published",
    "shown",
    "texts_of",
    "to_check",
    "today_for",
    "waiting_for",
]
