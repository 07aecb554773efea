"""Reading events: what is coming, what is kept, the programme, slots and tables, people to write to, facts for the rules."""

from __future__ import annotations

from landbridge.events.queries.coming import (
    agenda_sessions,
    completeness,
    free_slots,
    is_held_online,
    own_registration,
    own_zone,
    programme_for,
    sessions_of,
    slots_to_tick,
)
from landbridge.events.queries.places import Places, limits_of, places_of, taken_of, waiting_of

__all__ = [
    "Places",
    "agenda_sessions",
    "completeness",
    "free_slots",
    "is_held_online",
    "limits_of",
    "own_registration",
    "own_zone",
    "places_of",
    "programme_for",
    "sessions_of",
    "slots_to_tick",
    "taken_of",
    "waiting_of",
]
