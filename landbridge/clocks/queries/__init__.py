"""Reading clocks: what is due, what was met, who holds it and who is away."""

from __future__ import annotations

from landbridge.clocks.queries.absences import (
    absences_of,
    away_on,
    brokers_of,
    desks_seen_by,
    has_begun,
    is_away,
    today_at,
)
from landbridge.clocks.queries.due import (
    Shown,
    due_for_clients,
    due_of,
    due_today,
    listed,
    overdue,
    shown,
    to_watch,
)
from landbridge.clocks.queries.figures import Met, met_on_time
from landbridge.clocks.queries.findings import findings
from landbridge.clocks.queries.people import holders_of, office_of

__all__ = [
    "Met",
    "Shown",
    "absences_of",
    "away_on",
    "brokers_of",
    "desks_seen_by",
    "due_for_clients",
    "due_of",
    "due_today",
    "findings",
    "has_begun",
    "holders_of",
    "is_away",
    "listed",
    "met_on_time",
    "office_of",
    "overdue",
    "shown",
    "to_watch",
    "today_at",
]
