"""Pages of meetings: people to meet, requests, the agenda, outcomes; the organiser's timetable."""

from __future__ import annotations

from landbridge.meetings.views.agenda import agenda, calendar_, meeting
from landbridge.meetings.views.asking import acceptance, priority, refusal, request_, requests, withdrawal
from landbridge.meetings.views.outcomes import (
    contacts,
    contacts_csv,
    contacts_vcf,
    introduction,
    outcome,
    step,
    word,
)
from landbridge.meetings.views.people import block, people, person, unblock

__all__ = [
    "acceptance",
    "agenda",
    "block",
    "calendar_",
    "contacts",
    "contacts_csv",
    "contacts_vcf",
    "introduction",
    "meeting",
    "outcome",
    "people",
    "person",
    "priority",
    "refusal",
    "request_",
    "requests",
    "step",
    "unblock",
    "withdrawal",
    "word",
]
