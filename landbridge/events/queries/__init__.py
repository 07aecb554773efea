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
from landbridge.events.queries.grid import (
    dates_of,
    facts_of,
    phase_of,
    planned_of,
    programme_of,
    rooms_of,
    slots_in_use,
    slots_of,
    stretches,
    tables_in_use,
    tables_of,
)
from landbridge.events.queries.people import (
    for_event_letters,
    recipients_of_event,
    recipients_of_session,
)
from landbridge.events.queries.places import Places, limits_of, places_of, taken_of, waiting_of

__all__ = [
    "Places",
    "agenda_sessions",
    "completeness",
    "dates_of",
    "facts_of",
    "for_event_letters",
    "free_slots",
    "is_held_online",
    "limits_of",
    "own_registration",
    "own_zone",
    "phase_of",
    "places_of",
    "planned_of",
    "programme_for",
    "programme_of",
    "recipients_of_event",
    "recipients_of_session",
    "rooms_of",
    "sessions_of",
    "slots_in_use",
    "slots_of",
    "slots_to_tick",
    "stretches",
    "tables_in_use",
    "tables_of",
    "taken_of",
    "waiting_of",
]
