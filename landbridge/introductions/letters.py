"""What a letter will say, drawn before it is sent: the very text, with the very values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from landbridge.foundation.outbox import texts
from landbridge.introductions import queries, rules
from landbridge.introductions.models import Introduction
from landbridge.introductions.states import Side


@dataclass(frozen=True, slots=True)
class Preview:
    """One side's letter as it will be sent; links and the reader's name are the only places left."""

    side: Side
    subject: str
    body: str
    people: int


def previews(introduction: Introduction, *, at: datetime, language: str) -> list[Preview]:
    """What each side will read if both are asked now."""
    zone = queries.zone_of(introduction)
    last_moment = rules.lapse_of(at, zone=zone) - timedelta(seconds=1)
    found = []
    for side in Side:
        text = introduction.shown_to_company if side is Side.COMPANY else introduction.shown_to_provider
        values = {
            "title": introduction.title,
            "text": text,
            "side": side.value,
            "until": last_moment.astimezone(ZoneInfo(zone)).date(),
            "from_profile": introduction.enquiry_id is None,
            "recipient": _("[name of the reader]"),
            "answer_link": _("[link of the reader's own]"),
            "link": _("[link to this introduction]"),
            "about": introduction.number,
            "programme": "",
        }
        subject, body = texts.ours("introductions/asked", values, language=language)
        people = len(queries.people_of(introduction, side))
        found.append(Preview(side=side, subject=subject, body=body, people=people))
    return found
