"""Events, what happens when and where in them, and who comes."""

from __future__ import annotations

from landbridge.events.models.coming import (
    ChallengeAnswer,
    CheckIn,
    MeetingTable,
    Registration,
    RegistrationRows,
    SessionPlace,
)
from landbridge.events.models.event import Challenge, Event, EventRows, Notice, Quota
from landbridge.events.models.grid import Room, Session, Slot

__all__ = [
    "Challenge",
    "ChallengeAnswer",
    "CheckIn",
    "Event",
    "EventRows",
    "MeetingTable",
    "Notice",
    "Quota",
    "Registration",
    "RegistrationRows",
    "Room",
    "Session",
    "SessionPlace",
    "Slot",
]
