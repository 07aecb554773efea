"""Webinars as pages, letters and figures need them."""

from __future__ import annotations

from landbridge.webinars.queries.findings import findings
from landbridge.webinars.queries.links import consent_link, speaker_of, token_for
from landbridge.webinars.queries.listing import (
    Line,
    coming,
    joined_lately,
    kept,
    lines,
    listed,
    over,
    to_end,
    to_remind,
    to_thank,
)
from landbridge.webinars.queries.page import (
    Parts,
    announced_facts,
    has_room_for_one,
    is_over,
    own_sign_up,
    parts_of,
    taken_places,
    unwilling,
)
from landbridge.webinars.queries.people import (
    certificate_data,
    entries_of,
    for_letters,
    organiser_contact,
    recipient_of,
    recipients_of,
    speaker_recipient,
    strangers,
)
from landbridge.webinars.queries.statistics import Figures, attendance_rows, figures_of, presence

__all__ = [
    "Figures",
    "Line",
    "Parts",
    "announced_facts",
    "attendance_rows",
    "certificate_data",
    "coming",
    "consent_link",
    "entries_of",
    "figures_of",
    "findings",
    "for_letters",
    "has_room_for_one",
    "is_over",
    "joined_lately",
    "kept",
    "lines",
    "listed",
    "organiser_contact",
    "over",
    "own_sign_up",
    "parts_of",
    "presence",
    "recipient_of",
    "recipients_of",
    "speaker_of",
    "speaker_recipient",
    "strangers",
    "taken_places",
    "to_end",
    "to_remind",
    "to_thank",
    "token_for",
    "unwilling",
]
