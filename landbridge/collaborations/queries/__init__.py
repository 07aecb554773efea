"""Collaborations as pages, letters and figures need them."""

from __future__ import annotations

from landbridge.collaborations.queries.closings import Closing, Line, closed_one, closings, how_many_closed
from landbridge.collaborations.queries.findings import findings
from landbridge.collaborations.queries.heard import (
    Heard,
    heard_of,
    known_of_meeting,
    known_of_partnership,
    meetings_seen_by,
    partnerships_seen_by,
)
from landbridge.collaborations.queries.life import (
    Told,
    follow_ons_of,
    last_day_of,
    side_of,
    turns_of,
)
from landbridge.collaborations.queries.reading import (
    LINKS,
    SIDES,
    Known,
    how_many,
    known_of,
    listed,
    organisation_named,
    origins_of,
    recorded_for,
    waiting,
)
from landbridge.collaborations.queries.steps import (
    COLUMN_OF,
    about_of,
    for_letters,
    ours,
    owner_recipients,
    steps_listed,
    steps_of,
    to_remind,
)

__all__ = [
    "COLUMN_OF",
    "LINKS",
    "SIDES",
    "Closing",
    "Heard",
    "Known",
    "Line",
    "Told",
    "about_of",
    "closed_one",
    "closings",
    "findings",
    "follow_ons_of",
    "for_letters",
    "heard_of",
    "how_many",
    "how_many_closed",
    "known_of",
    "known_of_meeting",
    "known_of_partnership",
    "last_day_of",
    "listed",
    "meetings_seen_by",
    "organisation_named",
    "origins_of",
    "ours",
    "owner_recipients",
    "partnerships_seen_by",
    "recorded_for",
    "side_of",
    "steps_listed",
    "steps_of",
    "to_remind",
    "turns_of",
    "waiting",
]
